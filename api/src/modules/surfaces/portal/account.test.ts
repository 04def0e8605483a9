import { type PortalAccount, PortalExport } from '@goodword/contracts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anotherWorld, createTestServices, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { advocateAt, codeOf, mailbox, portalOver, read } from '../../../../test/portal.ts'
import { createApp } from '../../../app.ts'
import { transaction } from '../../../shared/context.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { addressesOf } from '../../people/contacts/contacts.ts'
import { messages } from '../../platform/messages/messages.table.ts'
import { convertReferral } from '../console/referrals.ts'
import { newAddressToken } from './account.ts'
import { createPortalLink } from './portal.ts'

let test: TestServices
let app: ReturnType<typeof createApp>
let harbor: World
let bayside: World

beforeAll(async () => {
  test = await createTestServices()
  app = createApp(test.services)
})
beforeEach(async () => {
  harbor = await anotherWorld(test.services)
  bayside = await anotherWorld(test.services, 'Bayside')
})
afterAll(() => test.close())

const { ask, signIn, homeOf } = portalOver(() => app)

describe('account settings of an advocate', () => {
  async function anna() {
    const advocate = await advocateAt(harbor, { name: 'Anna Kowalski', email: mailbox('anna') })
    return { ...advocate, cookie: await signIn(harbor, advocate.contactId) }
  }
  const here = () => ({ organizationId: harbor.organization.id })
  const accountOf = (cookie: string) => read<PortalAccount>(ask('GET', '/account', cookie))

  it('include their name, whether friends see it, and which messages they get', async () => {
    const { cookie } = await anna()
    const changes = { name: 'Anna Nowak', sharesName: false, notify: 'rewards' }
    expect((await ask('PATCH', '/account', cookie, { ...here(), ...changes })).status).toBe(200)
    expect(await accountOf(cookie)).toMatchObject(changes)
    expect((await homeOf(cookie)).initials).toBe('AN')
  })

  it('include the language of their portal and messages', async () => {
    const { cookie } = await anna()
    expect(await accountOf(cookie)).toMatchObject({ language: 'en' })
    const changed = await ask('PATCH', '/account', cookie, { ...here(), language: 'de' })
    expect(await read<PortalAccount>(Promise.resolve(changed))).toMatchObject({ language: 'de' })
    const home = await homeOf(cookie)
    expect(home.language).toBe('de')
    expect(home.programs[0]?.howItWorks[0]).toBe('Schicken Sie Ihren Link weiter, oder nennen Sie Ihren Code.')
    const email = mailbox('anna-neu')
    expect((await ask('POST', '/account/addresses', cookie, { ...here(), email })).status).toBe(202)
    const [message] = await test.services.database.read.select().from(messages).where(eq(messages.to, email))
    expect(message).toMatchObject({
      language: 'de',
      subject: `Bestätigen Sie Ihre Adresse für ${harbor.organization.name}`,
    })
    expect((await ask('PATCH', '/account', cookie, { ...here(), language: 'xx' })).status).toBe(400)
  })

  it("can't be changed through a view link from a message", async () => {
    const { contactId } = await anna()
    const cookie = await signIn(harbor, contactId, 'view')
    for (const [method, path] of [
      ['GET', '/account'],
      ['GET', '/export'],
    ] as const)
      expect((await ask(method, path, cookie)).status).toBe(403)
    expect((await ask('PATCH', '/account', cookie, { ...here(), name: 'Nobody' })).status).toBe(403)
    expect((await ask('POST', '/full-link', cookie)).status).toBe(202)
  })

  it("a new address counts only once its link is opened in the advocate's own session", async () => {
    const { cookie, contactId } = await anna()
    const email = mailbox('new')
    expect((await ask('POST', '/account/addresses', cookie, { ...here(), email })).status).toBe(202)
    expect((await accountOf(cookie)).addresses).toHaveLength(1)
    const [message] = await test.services.database.read.select().from(messages).where(eq(messages.to, email))
    expect(message).toMatchObject({ template: 'portal_address', link: 'portal_address' })

    const token = newAddressToken(test.services, { ...here(), contactId, kind: 'email', value: email })
    const thief = await advocateAt(harbor, { name: 'Thea Thief', email: mailbox('thea') })
    const theirs = await signIn(harbor, thief.contactId)
    expect(await codeOf(await ask('POST', '/account/addresses/confirm', theirs, { token }))).toBe('link_invalid')
    expect(await codeOf(await ask('POST', '/account/addresses/confirm', cookie, { token: `${token}x` }))).toBe(
      'link_invalid',
    )
    for (let times = 0; times < 2; times++)
      expect((await ask('POST', '/account/addresses/confirm', cookie, { token })).status).toBe(200)
    expect((await accountOf(cookie)).addresses.map(({ value }) => value)).toContain(email)
    expect(await addressesOf(harbor.ctx, contactId)).toMatchObject([
      { proof: 'owner' },
      { proof: 'owner', value: email },
    ])
  })

  it('a link to a new address expires after an hour', async () => {
    const { cookie, contactId } = await anna()
    const claim = { ...here(), contactId, kind: 'email', value: mailbox('late') } as const
    const token = newAddressToken(test.services, claim)
    test.clock.advance(60 * 60_000)
    expect(await codeOf(await ask('POST', '/account/addresses/confirm', cookie, { token }))).toBe('link_invalid')
  })

  it("an address of somebody else isn't added", async () => {
    const { cookie, contactId } = await anna()
    const taken = mailbox('carla')
    await advocateAt(harbor, { name: 'Carla Diaz', email: taken })
    expect((await ask('POST', '/account/addresses', cookie, { ...here(), email: taken })).status).toBe(202)
    const token = newAddressToken(test.services, { ...here(), contactId, kind: 'email', value: taken })
    expect(await codeOf(await ask('POST', '/account/addresses/confirm', cookie, { token }))).toBe('address_taken')
  })

  it('removing an address ends the sessions opened from it, except the current one', async () => {
    const { cookie, contactId } = await anna()
    const email = mailbox('second')
    const token = newAddressToken(test.services, { ...here(), contactId, kind: 'email', value: email })
    await ask('POST', '/account/addresses/confirm', cookie, { token })
    const [first, second] = (await accountOf(cookie)).addresses
    const link = { contactId, addressId: second?.id ?? '', scope: 'view' } as const
    const viewToken = await transaction(harbor.ctx, (tx) => createPortalLink(tx, link))
    const elsewhere = await ask('POST', '/session', '', { token: viewToken })
    const other = elsewhere.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect(await codeOf(await ask('DELETE', `/account/addresses/${first?.id}`, cookie))).toBe('address_in_use')
    expect((await ask('DELETE', `/account/addresses/${second?.id}`, cookie)).status).toBe(200)
    expect((await ask('GET', '/home', other)).status).toBe(401)
    expect((await ask('POST', '/session', '', { token: viewToken })).status).toBe(410)
    expect((await ask('DELETE', `/account/addresses/${second?.id}`, cookie)).status).toBe(404)
  })

  it("the export is complete, with friends masked and no one else's rows", async () => {
    const { cookie, id } = await anna()
    const priya = await harbor.referral(id, stranger('Priya Shah'))
    await convertReferral(harbor.ctx, priya.id, { jobValue: 100_000, notify: true })
    await harbor.referral((await advocateAt(harbor, stranger('Bob Marsh'))).id, stranger('Zoe Zimmer'))
    const data = await read<PortalExport>(ask('GET', '/export', cookie))
    expect(data).toMatchObject({
      person: { name: 'Anna Kowalski' },
      friendsReferred: [{ friend: 'Priya S.', status: 'converted' }],
      rewards: [{ amount: 5_000, status: 'issued' }], // 5 % of $1,000.00
      credit: [{ what: 'reward_issued', from: 'rewards', to: 'available', amount: 5_000 }],
    })
    expect(data.messages.length).toBeGreaterThan(0)
    expect(JSON.stringify(data)).not.toMatch(/Shah|Zoe|Bob/)
    expect(PortalExport.parse(data)).toEqual(data)
  })

  it('the export has every row once, however many there are', async () => {
    const { cookie, id, contactId } = await anna()
    const priya = await harbor.referral(id, stranger('Priya Shah'))
    await convertReferral(harbor.ctx, priya.id, { jobValue: 100_000, notify: true })
    const { database } = test.services
    const [known] = await database.read.select().from(messages).where(eq(messages.contactId, contactId))
    if (!known) throw new Error('Anna was not told.')
    const subjects = Array.from({ length: 1_100 }, (_, n) => `Letter ${n}`)
    await database.write(async (tx) => {
      for (const subject of subjects)
        await tx
          .insert(messages)
          .values({ ...known, id: test.services.newId('message'), idempotencyKey: subject, subject })
    })
    const data = await read<PortalExport>(ask('GET', '/export', cookie))
    const letters = data.messages.map(({ subject }) => String(subject)).filter((subject) => /^Letter /.test(subject))
    expect(letters).toEqual(subjects)
  })
})

describe('erasing my data', () => {
  const erase = (cookie: string, body: object = {}) =>
    ask('POST', '/erase', cookie, { organizationId: harbor.organization.id, confirm: 'ERASE', ...body })

  it('requires a new sign-in link, the typed word, and the right business', async () => {
    const anna = await advocateAt(harbor, { name: 'Anna Kowalski', email: mailbox('anna') })
    expect((await erase(await signIn(harbor, anna.contactId, 'view'))).status).toBe(403)
    const cookie = await signIn(harbor, anna.contactId)
    expect((await erase(cookie, { confirm: 'yes' })).status).toBe(400)
    expect(await codeOf(await erase(cookie, { organizationId: bayside.organization.id }))).toBe('portal_moved')
    expect((await homeOf(cookie)).firstName).toBe('Anna')
  })

  it('ends every session, erases the person here and leaves the other business alone', async () => {
    const email = mailbox('wanda')
    const anna = await advocateAt(harbor, { name: 'Wanda Zielinska', email })
    const there = await advocateAt(bayside, { name: 'Wanda Zielinska', email })
    const [cookie, other] = [await signIn(harbor, anna.contactId), await signIn(harbor, anna.contactId, 'view')]
    const elsewhere = await signIn(bayside, there.contactId)
    expect((await erase(cookie)).status).toBe(204)
    for (const one of [cookie, other]) expect((await ask('GET', '/home', one)).status).toBe(401)
    const { read: rows } = test.services.database
    const kept = await rows.select().from(contacts).where(eq(contacts.id, anna.contactId))
    expect(kept).toMatchObject([{ name: 'Erased person' }])
    expect(await addressesOf(harbor.ctx, anna.contactId)).toEqual([])
    expect((await homeOf(elsewhere)).firstName).toBe('Wanda')
    expect((await homeOf(elsewhere)).others).toEqual([])
  })
})

describe('using credit', () => {
  async function withCredit() {
    const anna = await harbor.advocate((await harbor.campaign()).id, { name: 'Anna Kowalski', email: mailbox('anna') })
    const priya = await harbor.referral(anna.id, stranger())
    await convertReferral(harbor.ctx, priya.id, { jobValue: 100_000, notify: false }) // 5% of $1,000.00 is $50.00
    return { ...anna, cookie: await signIn(harbor, anna.contactId) }
  }
  const use = (cookie: string, amount: number, extra: object = {}) =>
    ask('POST', '/credit-requests', cookie, {
      organizationId: harbor.organization.id,
      amount,
      use: 'next_invoice',
      ...extra,
    })

  it('is a request with a visible status until it is withdrawn', async () => {
    const { cookie } = await withCredit()
    const asked = await use(cookie, 3_000)
    expect(asked.status).toBe(201)
    const { id } = await read<{ id: string }>(asked)
    expect((await homeOf(cookie)).requests).toMatchObject([{ id, amount: 3_000, state: 'open' }])
    expect(await codeOf(await use(cookie, 2_001))).toBe('credit_insufficient') // $50.00 less the requested $30.00
    expect((await ask('POST', `/credit-requests/${id}/withdraw`, cookie)).status).toBe(200)
    expect((await homeOf(cookie)).requests).toMatchObject([{ id, state: 'withdrawn' }])
    expect((await use(cookie, 5_000)).status).toBe(201)
  })

  it('requires a new sign-in link, the right business, and an available choice', async () => {
    const { cookie, contactId } = await withCredit()
    expect((await use(await signIn(harbor, contactId, 'view'), 100)).status).toBe(403)
    expect(await codeOf(await use(cookie, 100, { organizationId: bayside.organization.id }))).toBe('portal_moved')
    expect(await codeOf(await use(cookie, 100, { use: 'payout' }))).toBe('validation_failed')
  })

  it('of somebody else is not found', async () => {
    const { cookie } = await withCredit()
    const { id } = await read<{ id: string }>(await use(cookie, 1_000))
    const other = await withCredit()
    expect((await ask('POST', `/credit-requests/${id}/withdraw`, other.cookie)).status).toBe(404)
  })
})
