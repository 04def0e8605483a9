import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anotherWorld, createTestServices, type TestServices, type World } from '../../../../test/harness.ts'
import { createApp } from '../../../app.ts'
import { transaction } from '../../../shared/context.ts'
import { addressFor, verifiedContactsOf } from '../../people/contacts/contacts.ts'
import { listMessages } from '../../platform/messages/messages.queries.ts'
import { createPortalLink } from './portal.ts'

let test: TestServices
let world: World
let app: ReturnType<typeof createApp>
let people = 0

beforeAll(async () => {
  test = await createTestServices()
  app = createApp(test.services)
})
beforeEach(async () => {
  world = await anotherWorld(test.services)
})
afterAll(() => test.close())

function mailbox(name: string): string {
  people += 1
  return `${name}${people}@mail.example`
}
const post = (path: string, body: object) =>
  app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const open = (token: string) => post('/portal/api/session', { token })
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code
const messagesTo = async (to: string) =>
  (await listMessages(world.ctx, { limit: 100 })).items.filter((message) => message.to === to)
const signInsTo = async (to: string) => (await messagesTo(to)).filter(({ template }) => template === 'portal_sign_in')

describe('addresses typed by a stranger', () => {
  const submit = async (code: string, friend: { name: string; email?: string; phone?: string }) => {
    const key = `key=${world.publishableKey}`
    const form = await app.request(`/embed/form?${key}&code=${code}`)
    const { formToken } = (await form.json()) as { formToken: string }
    test.clock.advance(3_000)
    return post(`/embed/referrals?${key}`, { code, ...friend, formToken })
  }
  const phoneOf = (index: number) => `+1415555${3000 + index}`

  it("a form with an advocate's phone and the attacker's email gives no access to the advocate's portal", async () => {
    const campaign = await world.campaign()
    const bob = await world.advocate(campaign.id, { name: 'Bob Marsh', email: mailbox('bob') })
    await world.advocate((await world.campaign({}, { name: 'Another' })).id, {
      name: 'Anna Kowalski',
      phone: phoneOf(1),
    })
    const thief = mailbox('thief')
    expect((await submit(bob.code, { name: 'Anna Kowalski', phone: phoneOf(1), email: thief })).status).toBe(201)
    await post('/portal/api/links', { email: thief })
    expect(await messagesTo(thief)).toEqual([])
  })

  it('an email added beside a phone is dropped as soon as staff verify the phone', async () => {
    const campaign = await world.campaign()
    const bob = await world.advocate(campaign.id, { name: 'Bob Marsh', email: mailbox('bob') })
    const thief = mailbox('thief')
    await submit(bob.code, { name: 'Anna Kowalski', phone: phoneOf(2), email: thief })
    const second = await world.campaign({}, { name: 'Another' })
    const invited = await world.advocate(second.id, { name: 'Anna Kowalski', phone: phoneOf(2) })
    await post('/portal/api/links', { email: thief })
    expect(await signInsTo(thief)).toEqual([])
    expect(await addressFor(world.ctx, invited.contactId)).toMatchObject({ to: phoneOf(2) })
  })

  it('opening a link verifies the address it was sent to, and no other', async () => {
    const campaign = await world.campaign()
    const bob = await world.advocate(campaign.id, { name: 'Bob Marsh', email: mailbox('bob') })
    const thief = mailbox('thief')
    await submit(bob.code, { name: 'Anna Kowalski', phone: phoneOf(3), email: thief })
    await post('/portal/api/links', { email: thief })
    expect(await signInsTo(thief)).toHaveLength(1)
    const thiefs = await linkOfAddress(thief)
    expect((await open(thiefs.token)).status).toBe(201)
    await post('/portal/api/links', { phone: phoneOf(3) })
    expect(await messagesTo(phoneOf(3))).toEqual([])
    const invited = await world.advocate((await world.campaign({}, { name: 'Third' })).id, {
      name: 'Anna Kowalski',
      phone: phoneOf(3),
    })
    expect(invited.contactId).not.toBe(thiefs.contactId)
  })

  it('a link sent to an address the contact no longer has opens nothing', async () => {
    const campaign = await world.campaign()
    const bob = await world.advocate(campaign.id, { name: 'Bob Marsh', email: mailbox('bob') })
    const thief = mailbox('thief')
    await submit(bob.code, { name: 'Anna Kowalski', phone: phoneOf(4), email: thief })
    const { token } = await linkOfAddress(thief)
    await world.advocate((await world.campaign({}, { name: 'Another' })).id, {
      name: 'Anna Kowalski',
      phone: phoneOf(4),
    })
    expect(await codeOf(await open(token))).toBe('link_invalid')
  })

  async function linkOfAddress(email: string) {
    const [found] = await verifiedContactsOf(test.services, { kind: 'email', value: email })
    if (!found) throw new Error(`nobody has ${email}`)
    const { contactId, addressId } = found
    const token = await transaction(world.ctx, (tx) => createPortalLink(tx, { contactId, addressId, scope: 'full' }))
    return { token, contactId }
  }
})
