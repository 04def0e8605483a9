import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { deliverMessages } from '../../../../test/deliverMessages.ts'
import { createTestServices, createWorld, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { queue as queueTable } from '../../../queue/queue.table.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { createDelivery } from './delivery.ts'
import { messages } from './messages.table.ts'
import { queueMessage } from './messages.ts'
import type { NewMessage } from './newMessage.ts'
import { suppress } from './suppressions.ts'

let test: TestServices
let world: World
/** The same organization on a server that isn't set up to send anything. */
let offline: Ctx

beforeAll(async () => {
  test = await createTestServices()
  world = await createWorld(test.services)
  offline = { ...world.ctx, sends: { email: false, sms: false } }
})
beforeEach(() => test.services.database.write((tx) => tx.delete(messages)))
afterAll(() => test.close())

const released = async (more: Partial<NewMessage<'reward_released'>> = {}): Promise<NewMessage<'reward_released'>> => {
  const anna = stranger('Anna Kowalski')
  const { contactId } = await world.advocate((await world.campaign()).id, anna)
  return {
    organizationId: offline.organizationId,
    contactId,
    mentions: [],
    channel: 'email',
    template: 'reward_released',
    to: anna.email,
    name: anna.name,
    values: { organizationName: 'Harbor', firstName: 'Anna', amount: '$62.50' },
    link: 'portal_view',
    ...more,
  }
}
const save = (message: NewMessage<'reward_released'>) => transaction(offline, (tx) => queueMessage(tx, message))
const rowOf = async (id: string) =>
  (await test.services.database.read.select().from(messages).where(eq(messages.id, id)))[0]
const queued = async () => (await test.services.database.read.select().from(queueTable)).length

it('a message that cannot be sent is saved with what it reports on, and nothing waits', async () => {
  const id = await save(await released())
  expect(await rowOf(id)).toMatchObject({ state: 'kept', attempts: 1, error: null, sentAt: null })
  expect(await queued()).toBe(0)
})

it('waits to be sent as soon as its channel is set up', async () => {
  const message = await released()
  const emails = { ...offline, sends: { email: true, sms: false } }
  const id = await transaction(emails, (tx) => queueMessage(tx, message))
  expect(await rowOf(id)).toMatchObject({ state: 'queued', attempts: 0 })
  const text = await save({ ...message, channel: 'sms', to: '+14155550123' })
  expect(await rowOf(text)).toMatchObject({ state: 'kept' })
})

it('says which saved messages nobody wanted, and why, whoever shared the commit', async () => {
  const [wanted, unwanted, unsubscribed] = await Promise.all([released(), released(), released()])
  await test.services.database.write((tx) =>
    tx
      .update(contacts)
      .set({ notify: 'none' })
      .where(eq(contacts.id, unwanted.contactId ?? '')),
  )
  await transaction(offline, (tx) => suppress(tx, { channel: 'email', to: unsubscribed.to }, 'unsubscribed'))
  const all = [wanted, unwanted, { ...unsubscribed, to: unsubscribed.to.toUpperCase() }]
  const failing = transaction(offline, async (tx) => {
    await queueMessage(tx, wanted)
    throw new Error('the card was declined')
  })
  const [ids] = await Promise.all([Promise.all(all.map(save)), expect(failing).rejects.toThrow('the card')])
  const rows = await Promise.all(ids.map(rowOf))
  expect(rows.map((row) => [row?.state, row?.attempts, row?.error])).toEqual([
    ['kept', 1, null],
    ['suppressed', 0, 'This contact wants no messages.'],
    ['suppressed', 0, 'This address asked for no more mail.'],
  ])
  expect(await test.services.database.read.select().from(messages)).toHaveLength(3)
})

it('a sign-in link still waits for the server to print it', async () => {
  const printed: string[] = []
  const message = { ...(await released()), template: 'portal_sign_in', link: 'portal_sign_in' } as const
  const id = await transaction(offline, (tx) =>
    queueMessage(tx, { ...message, values: { organizationName: 'Harbor' } }),
  )
  expect(await rowOf(id)).toMatchObject({ state: 'queued' })
  const delivery = createDelivery(test.services, (text) => printed.push(text))
  expect(await deliverMessages(test.services, { delivery, makeLink: async () => 'https://x.example/#token=t' })).toBe(1)
  expect(printed).toEqual([expect.stringContaining('https://x.example/#token=t')])
  expect(await rowOf(id)).toMatchObject({ state: 'kept' })
})
