import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { createWorld, stranger, type World } from '../../../test/harness.ts'
import { startMailSink } from '../../../test/mail.ts'
import { resendInvitation } from '../advocates/advocates.ts'
import { contacts } from '../contacts/contacts.table.ts'
import { updateOrganization } from '../organizations/settings.ts'
import { createDelivery, DeliveryError } from './delivery.ts'
import { deliverMessages } from './messages.jobs.ts'
import { messages } from './messages.table.ts'
import { stopLinkOf } from './stopping.ts'

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

/** Sends Anna her invitation and answers the row of it. */
async function invite() {
  await resendInvitation(world.ctx, advocateId)
  const rows = await test.services.database.read.select().from(messages).where(eq(messages.contactId, contactId))
  const last = rows.sort((one, other) => (one.id < other.id ? -1 : 1)).at(-1)
  if (!last) throw new Error('No invitation was written.')
  return last
}
const pathOf = (messageId: string) => new URL(stopLinkOf(test.services, messageId)).pathname
const open = (path: string) => test.app.request(path)
const press = (path: string, body = '') =>
  test.app.request(path, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })

describe('stopping mails', () => {
  it('takes one press: opening the link changes nothing, because scanners open links', async () => {
    const path = pathOf((await invite()).id)
    const page = await open(path)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Stop mail from Harbor &amp; Sons?')
    expect((await invite()).state).toBe('queued')
    expect(await (await press(path)).text()).toContain('You get no more mail from Harbor &amp; Sons')
    expect(await invite()).toMatchObject({
      state: 'suppressed',
      error: 'This address asked for no more mail.',
      nextAttemptAt: null,
    })
  })

  it('can be taken back on the same page', async () => {
    const path = pathOf((await invite()).id)
    await press(path, 'again=yes')
    expect((await invite()).state).toBe('queued')
  })

  it('is done by the one click of a mail program, twice as well as once', async () => {
    const path = pathOf((await invite()).id)
    for (const _ of [1, 2]) expect((await press(path, 'List-Unsubscribe=One-Click')).status).toBe(200)
    expect((await invite()).state).toBe('suppressed')
    await press(path, 'again=yes')
  })

  it('does nothing with a link that is not ours', async () => {
    const [payload] = pathOf((await invite()).id).split('.')
    for (const path of [`${payload}.forged`, '/u/msg_0', '/u/x']) {
      expect((await press(path)).status).toBe(404)
    }
    expect((await invite()).state).toBe('queued')
  })

  it('is about one organization: another one still writes', async () => {
    const other = await createWorld(test.services, 'Oak Street Dental')
    const campaign = await other.campaign()
    const [anna] = await test.services.database.read
      .select({ to: messages.to })
      .from(messages)
      .where(eq(messages.contactId, contactId))
    await press(pathOf((await invite()).id))
    const theirs = await other.advocate(campaign.id, { name: 'Anna Kowalski', email: anna?.to ?? '' })
    await resendInvitation(other.ctx, theirs.id)
    const rows = await test.services.database.read
      .select()
      .from(messages)
      .where(eq(messages.contactId, theirs.contactId))
    expect(rows.map(({ state }) => state)).toEqual(['queued'])
    await press(pathOf((await invite()).id), 'again=yes')
  })

  it('is offered by every mail of the program, in its headers and below its text', async () => {
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
    const link = stopLinkOf(test.services, id)
    expect(mail?.headers.get('list-unsubscribe')).toBe(`<${link}>`)
    expect(mail?.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    expect(mail?.text).toContain(`Stop these mails: ${link}`)
    expect(mail?.headers.get('reply-to')).toBe('hello@harbor.example')
    delivery.close()
    await sink.stop()
  })
})

describe('a mail that waits for another try', () => {
  it('is not sent once its reader has stopped them', async () => {
    const busy = {
      leaves: () => true,
      close: () => undefined,
      deliver: async () => Promise.reject(new DeliveryError('Busy', false)),
    }
    const { id } = await invite()
    const tools = { delivery: busy, makeLink: async () => 'https://x.example/#token=t' }
    await deliverMessages(test.services, tools)
    await press(pathOf(id))
    test.clock.advance(60_000)
    await deliverMessages(test.services, tools)
    const [row] = await test.services.database.read.select().from(messages).where(eq(messages.id, id))
    expect(row).toMatchObject({ state: 'failed', error: 'This address asked for no more mail.' })
    await press(pathOf(id), 'again=yes')
  })
})

describe('what a contact wants to hear', () => {
  const prefer = (notify: 'all' | 'rewards' | 'none') =>
    test.services.database.write((tx) => tx.update(contacts).set({ notify }).where(eq(contacts.id, contactId)))

  it('is kept to: only rewards means no invitations, none means none', async () => {
    await prefer('rewards')
    expect(await invite()).toMatchObject({ state: 'suppressed', error: 'This contact wants to hear of rewards only.' })
    await prefer('none')
    expect(await invite()).toMatchObject({ state: 'suppressed', error: 'This contact wants no messages.' })
    await prefer('all')
    expect((await invite()).state).toBe('queued')
  })
})
