import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stranger } from '../../../../test/harness.ts'
import { createHostedWorld, type HostedWorld, pageOf } from '../../../../test/hosted.ts'
import { contextFor } from '../../../shared/context.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { messages } from '../../platform/messages/messages.table.ts'
import { createFriendLink } from '../../program/referrals/friendLinks.ts'
import { referrals } from '../../program/referrals/referrals.table.ts'
import { getReferral } from '../../program/referrals/referrals.ts'
import { convertReferral } from '../console/referrals.ts'

let test: HostedWorld
let people = 0
beforeAll(async () => {
  test = await createHostedWorld()
})
afterAll(() => test.close())

/** A friend submits the form of Anna's link. */
async function submitted() {
  people += 1
  const email = `friend${people}@page.example`
  const { token } = await test.open()
  test.clock.advance(5_000)
  await test.post({ name: 'Quentin Zorn', email, message: 'Call me at noon.', formToken: token })
  const [letter] = await test.services.database.read.select().from(messages).where(eq(messages.to, email))
  const ctx = contextFor(test.services, test.world.organization.id, { type: 'system' })
  const referralId = letter?.referralId ?? ''
  const link = `/f/${await createFriendLink(ctx, referralId)}`
  return { email, letter, referralId, link }
}
const look = async (path: string) => pageOf(await test.app.request(path))
const erase = (path: string, fields: Record<string, string> = { sure: 'yes' }) =>
  test.app.request(path, { method: 'POST', body: new URLSearchParams(fields) })

describe('the friend’s own page', () => {
  it('is linked in the confirmation email', async () => {
    const { letter } = await submitted()
    expect(letter).toMatchObject({ template: 'referral_received_friend', link: 'friend_page' })
    expect(letter?.body).toContain('Check the status, or delete your data:\n{{link}}')
  })

  it('shows the offer, the advocate and the status', async () => {
    const { link, referralId } = await submitted()
    const { html, headers } = await look(link)
    expect(html).toContain('Anna gave you $20 credit after your first plumbing visit')
    expect(html).toContain('We have your details and will be in touch soon.')
    expect(html).not.toMatch(/Kowalski|Zorn/)
    expect([headers.get('cache-control'), headers.get('referrer-policy')]).toEqual(['no-store', 'no-referrer'])
    await convertReferral(test.world.ctx, referralId, { jobValue: 10_000, notify: false })
    expect((await look(link)).html).toContain('Done. Thank you for choosing us.')
  })

  it('is not found with an unknown token, whatever the request', async () => {
    const unknown = `/f/${'x'.repeat(43)}`
    expect((await look(unknown)).status).toBe(404)
    expect((await erase(unknown)).status).toBe(404)
  })

  it('stores no token', async () => {
    const { link } = await submitted()
    const rows = await test.services.database.read.all('SELECT * FROM friend_links')
    expect(JSON.stringify(rows)).not.toContain(link.slice(3))
  })
})

describe('deleting my data', () => {
  it('takes a second step, and a GET deletes nothing', async () => {
    const { link, referralId } = await submitted()
    const asked = await look(`${link}?delete=ask`)
    expect(asked.html).toContain('Nothing that identifies you is kept.')
    expect((await erase(link, {})).status).toBe(404)
    expect((await getReferral(test.world.ctx, referralId)).submitted.name).toBe('Quentin Zorn')
  })

  it('leaves no trace of the friend, closes the referral, and works once', async () => {
    const { link, referralId, email } = await submitted()
    expect((await erase(link)).status).toBe(200)
    const referral = await getReferral(test.world.ctx, referralId)
    expect(referral).toMatchObject({ status: 'declined', submitted: { name: 'Erased person' } })
    const [contact] = await test.services.database.read
      .select()
      .from(contacts)
      .where(eq(contacts.id, referral.friendContactId ?? ''))
    expect(contact).toMatchObject({ name: 'Erased person' })
    expect(contact?.erasedAt).not.toBeNull()
    for (const table of ['contacts', 'contact_addresses', 'referrals', 'referral_notes', 'messages']) {
      const rows = JSON.stringify(await test.services.database.read.all(`SELECT * FROM ${table}`))
      expect(rows, table).not.toContain(email)
    }
    expect((await look(link)).status).toBe(404)
    expect((await erase(link)).status).toBe(404)
  })

  it('by two requests at once happens once, and both get the same page', async () => {
    const { link } = await submitted()
    const responses = await Promise.all([erase(link), erase(link)])
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 404])
  })

  it('of a friend who booked keeps the amounts, and their enrollment as an advocate', async () => {
    const { link, referralId } = await submitted()
    await convertReferral(test.world.ctx, referralId, { jobValue: 10_000, notify: false })
    expect((await look(`${link}?delete=ask`)).html).toContain('also has your details for other reasons')
    await erase(link)
    const referral = await getReferral(test.world.ctx, referralId)
    expect(referral).toMatchObject({ status: 'converted', submitted: { name: 'Erased person' } })
    const [contact] = await test.services.database.read
      .select()
      .from(contacts)
      .where(eq(contacts.id, referral.friendContactId ?? ''))
    expect(contact).toMatchObject({ name: 'Quentin Zorn', erasedAt: null })
  })

  it('affects nobody else', async () => {
    const { link } = await submitted()
    const other = await test.world.referral(test.anna.id, stranger('Bo Lind'))
    await erase(link)
    const rows = await test.services.database.read.select().from(referrals).where(eq(referrals.id, other.id))
    expect(rows[0]).toMatchObject({ status: 'pending', submitted: { name: 'Bo Lind' } })
  })
})
