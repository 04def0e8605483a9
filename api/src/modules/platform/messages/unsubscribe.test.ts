import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { deliverMessages } from '../../../../test/deliverMessages.ts'
import { createWorld, stranger, type World } from '../../../../test/harness.ts'
import { startMailSink } from '../../../../test/mail.ts'
import { transaction } from '../../../shared/context.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { resendInvitation } from '../../program/advocates/advocates.ts'
import { updateOrganization } from '../organizations/settings.ts'
import { sendTestMessage } from './customTemplates.ts'
import { createDelivery, type Delivery } from './delivery.ts'
import { getMessage } from './messages.queries.ts'
import { messages } from './messages.table.ts'
import { queueMessage } from './messages.ts'
import { DeliveryError } from './outgoing.ts'
import { suppress } from './suppressions.ts'
import { unsubscribeUrl } from './unsubscribe.ts'

let test: TestApp
let world: World
let advocateId: string
let contactId: string

beforeAll(async () => {
  test = await createTestApp()
  world = await createWorld(test.services)
  const campaign = await world.campaign()
  const advocate = await world.advocate(campaign.id, stranger('Anna Kowalski'))
  advocateId = advocate.id
  contactId = advocate.contactId
})
afterAll(() => test.close())

/** Sends Anna her invitation and returns its row. */
async function invite() {
  await resendInvitation(world.ctx, advocateId)
  const rows = await test.services.database.read.select().from(messages).where(eq(messages.contactId, contactId))
  const last = rows.sort((one, other) => (one.id < other.id ? -1 : 1)).at(-1)
  if (!last) throw new Error('No invitation was written.')
  return last
}
const rowOf = async (id: string) =>
  (await test.services.database.read.select().from(messages).where(eq(messages.id, id)))[0]
const leaving = (sent: string[] = []): Delivery => ({
  leaves: () => true,
  close: () => undefined,
  async deliver({ id }) {
    sent.push(id)
    return 'sent'
  },
})
const makeLink = async () => 'https://x.example/#token=t'
/** Delivers everything due through a server that accepts everything. Returns the ids sent. */
async function handOver(): Promise<string[]> {
  const sent: string[] = []
  while ((await deliverMessages(test.services, { delivery: leaving(sent), makeLink })) > 0);
  return sent
}
/** Queues an invitation for Anna and delivers it. */
async function inviteNow() {
  const { id } = await invite()
  await handOver()
  return rowOf(id)
}
const pathOf = (messageId: string) => new URL(unsubscribeUrl(test.services, messageId)).pathname
const open = (path: string) => test.app.request(path)
const press = (path: string, body = '') =>
  test.app.request(path, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })

describe('unsubscribing', () => {
  it('takes one button press; opening the link changes nothing, because scanners open links', async () => {
    const path = pathOf((await invite()).id)
    const page = await open(path)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Stop emails from Harbor &amp; Sons?')
    expect((await inviteNow())?.state).toBe('sent')
    expect(await (await press(path)).text()).toContain('You won’t get any more emails from Harbor &amp; Sons')
    expect(await inviteNow()).toMatchObject({
      state: 'suppressed',
      error: 'This address asked for no more mail.',
      attempts: 0,
    })
  })

  it('can be undone on the same page', async () => {
    const path = pathOf((await invite()).id)
    await press(path, 'again=yes')
    expect((await inviteNow())?.state).toBe('sent')
  })

  it('works with one click in a mail program, and twice does no harm', async () => {
    const path = pathOf((await invite()).id)
    for (const _ of [1, 2]) expect((await press(path, 'List-Unsubscribe=One-Click')).status).toBe(200)
    expect((await inviteNow())?.state).toBe('suppressed')
    await press(path, 'again=yes')
  })

  it("does nothing with a link we didn't issue", async () => {
    const [payload] = pathOf((await invite()).id).split('.')
    for (const path of [`${payload}.forged`, '/u/msg_0', '/u/x']) {
      expect((await press(path)).status).toBe(404)
    }
    expect((await inviteNow())?.state).toBe('sent')
  })

  it('applies to one organization; another one still sends email', async () => {
    const other = await createWorld(test.services, 'Oak Street Dental')
    const campaign = await other.campaign()
    const [anna] = await test.services.database.read
      .select({ to: messages.to })
      .from(messages)
      .where(eq(messages.contactId, contactId))
    await press(pathOf((await invite()).id))
    const theirs = await other.advocate(campaign.id, { name: 'Anna Kowalski', email: anna?.to ?? '' })
    await resendInvitation(other.ctx, theirs.id)
    const ours = await invite()
    await handOver()
    expect((await rowOf(ours.id))?.state).toBe('suppressed')
    const rows = await test.services.database.read
      .select()
      .from(messages)
      .where(eq(messages.contactId, theirs.contactId))
    expect(rows.map(({ state }) => state)).toEqual(['sent'])
    await press(pathOf((await invite()).id), 'again=yes')
  })

  it('is offered by every program email, in its headers and below its text', async () => {
    const sink = await startMailSink()
    const config = { ...test.services.config, smtpUrl: sink.url }
    const delivery = createDelivery({ config })
    await updateOrganization(world.ctx, { replyTo: 'hello@harbor.example' })
    const { id } = await invite()
    while (
      (await deliverMessages(
        { ...test.services, config },
        { delivery, makeLink: async () => 'https://x.example/#token=t' },
      )) > 0
    );
    const mail = sink.mails.at(-1)
    const link = unsubscribeUrl(test.services, id)
    expect(mail?.headers.get('list-unsubscribe')).toBe(`<${link}>`)
    expect(mail?.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    expect(mail?.text).toContain(`Stop these emails: ${link}`)
    expect(mail?.headers.get('reply-to')).toBe('hello@harbor.example')
    delivery.close()
    await sink.stop()
  })
})

describe('a queued email', () => {
  it("isn't sent after its reader unsubscribes, at the first attempt or a later one", async () => {
    const first = await invite()
    await press(pathOf(first.id))
    expect(await handOver()).toEqual([])
    expect(await rowOf(first.id)).toMatchObject({ state: 'suppressed', error: 'This address asked for no more mail.' })
    await press(pathOf(first.id), 'again=yes')

    const tried = await invite()
    const busy = { ...leaving(), deliver: async () => Promise.reject(new DeliveryError('Busy', false)) }
    await deliverMessages(test.services, { delivery: busy, makeLink })
    expect(await getMessage(world.ctx, tried.id)).toMatchObject({ state: 'queued', attempts: 1 })
    await press(pathOf(tried.id))
    test.clock.advance(60_000)
    expect(await handOver()).toEqual([])
    expect(await rowOf(tried.id)).toMatchObject({
      state: 'suppressed',
      attempts: 1,
      error: 'This address asked for no more mail.',
    })
    await press(pathOf(tried.id), 'again=yes')
  })

  it("follows the reader's preference when it is sent, not when it was written", async () => {
    await prefer('all')
    const early = await invite()
    await prefer('none')
    expect(await handOver()).toEqual([])
    expect(await rowOf(early.id)).toMatchObject({ state: 'suppressed', error: 'This contact wants no messages.' })
    const late = await invite()
    await prefer('all')
    expect(await handOver()).toEqual([late.id])
  })

  it("creates no link for a reader who doesn't get it", async () => {
    const { id } = await invite()
    await press(pathOf(id))
    let made = 0
    const counting = async () => {
      made += 1
      return makeLink()
    }
    await deliverMessages(test.services, { delivery: leaving(), makeLink: counting })
    expect((await rowOf(id))?.state).toBe('suppressed')
    expect(made).toBe(0)
    await press(pathOf(id), 'again=yes')
  })
})

const prefer = (notify: 'all' | 'rewards' | 'none') =>
  test.services.database.write((tx) => tx.update(contacts).set({ notify }).where(eq(contacts.id, contactId)))

describe('the message preference of a contact', () => {
  it('is respected: "rewards" means no invitations, "none" means none', async () => {
    await prefer('rewards')
    expect(await inviteNow()).toMatchObject({
      state: 'suppressed',
      error: 'This contact wants to hear of rewards only.',
    })
    await prefer('none')
    expect(await inviteNow()).toMatchObject({ state: 'suppressed', error: 'This contact wants no messages.' })
    await prefer('all')
    expect((await inviteNow())?.state).toBe('sent')
  })

  const common = () => ({
    organizationId: world.ctx.organizationId,
    contactId,
    channel: 'email' as const,
    to: 'anna.of.all.mails@mail.example',
    name: 'Anna Kowalski',
    mentions: [],
  })
  const write = {
    sign_in: () =>
      transaction(world.ctx, (tx) =>
        queueMessage(tx, {
          ...common(),
          template: 'portal_sign_in',
          values: { organizationName: 'Harbor & Sons' },
          link: 'portal_sign_in',
        }),
      ),
    reward: () =>
      transaction(world.ctx, (tx) =>
        queueMessage(tx, {
          ...common(),
          template: 'reward_released',
          values: { organizationName: 'Harbor & Sons', firstName: 'Anna', amount: '$20.00' },
        }),
      ),
    invitation: () =>
      transaction(world.ctx, (tx) =>
        queueMessage(tx, {
          ...common(),
          template: 'advocate_invited',
          values: {
            organizationName: 'Harbor & Sons',
            advocateFirstName: 'Anna',
            headline: 'Give $20, get 5% back',
            shareLink: 'https://refer.harbor.example/r/x',
          },
        }),
      ),
  }

  // Requested messages are always sent, reward messages unless the contact wants none, and the rest only to those who
  // want all.
  it.each([
    ['all', ['sign_in', 'reward', 'invitation']],
    ['rewards', ['sign_in', 'reward']],
    ['none', ['sign_in']],
  ] as const)(
    'is checked against the purpose of an email: with %s they get %j, in one batch',
    async (notify, expected) => {
      await prefer(notify)
      const ids = { sign_in: await write.sign_in(), reward: await write.reward(), invitation: await write.invitation() }
      expect((await handOver()).sort()).toEqual(expected.map((kind) => ids[kind]).sort())
      await prefer('all')
    },
  )

  it("doesn't stop a test email that a member sends to their own mailbox, even if they unsubscribed as an advocate", async () => {
    const words = { subject: 'Come along', body: 'Hi {{advocateFirstName}}, {{link}}' }
    const which = { template: 'advocate_invited', channel: 'email' } as const
    const { to } = await sendTestMessage(world.ctx, { ...which, ...words }, world.owner)
    await transaction(world.ctx, (tx) => suppress(tx, { channel: 'email', to }, 'unsubscribed'))
    expect(await handOver()).toHaveLength(1)
  })
})
