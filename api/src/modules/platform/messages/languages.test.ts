import { desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { createWorld, stranger, type World } from '../../../../test/harness.ts'
import { browser, pageOf } from '../../../../test/hosted.ts'
import { linkIn, startMailSink } from '../../../../test/mail.ts'
import { startJobs } from '../../../jobs.ts'
import { uploadCodes } from '../../program/campaigns/codePool.ts'
import { referrals } from '../../program/referrals/referrals.table.ts'
import { eraseContact, updateContact } from '../../surfaces/console/contacts.ts'
import { convertReferral, reverseConversion } from '../../surfaces/console/referrals.ts'
import { resetTemplate, saveTemplate } from './customTemplates.ts'
import { getMessage } from './messages.queries.ts'
import { messages } from './messages.table.ts'

const plain = (text: string | undefined) => (text ?? '').replace(/[\u00a0\u202f]/g, ' ')
const welcome = {
  template: 'friend_welcome',
  channel: 'email',
  subject: 'Welcome',
  body: 'Your credit: {{credit}}',
} as const

let test: TestApp
let mail: Awaited<ReturnType<typeof startMailSink>>
let jobs: ReturnType<typeof startJobs>
let world: World
let worlds = 0

beforeAll(async () => {
  mail = await startMailSink()
  test = await createTestApp({ smtpUrl: mail.url })
  jobs = startJobs(test.services)
})
afterAll(async () => {
  await jobs.stop()
  await mail.stop()
  await test.close()
})
beforeEach(async () => {
  worlds += 1
  world = await createWorld(test.services, `Harbor ${worlds}`)
})

const off = { type: 'percent', basisPoints: 2_000 } as const

/** Anna's link, in a campaign with these terms. */
async function annasCode(...terms: Parameters<World['campaign']>) {
  const campaign = await world.campaign(...terms)
  return { campaign, code: (await world.advocate(campaign.id, stranger('Anna Kowalski'))).code }
}

/** Submits a link's form in a browser set to this language. Returns the referral. */
async function friendFrom(code: string, accepted: string, person: { email?: string; phone?: string }) {
  const headers = { ...browser, 'accept-language': accepted }
  const { token } = await pageOf(await test.app.request(`/r/${code}`, { headers }))
  test.clock.advance(5_000)
  const fields = { name: 'Priya Shah', email: '', phone: '', message: '', website: '', ...person, formToken: token }
  const sent = await test.app.request(`/r/${code}`, { method: 'POST', body: new URLSearchParams(fields), headers })
  expect(sent.status).toBe(303)
  jobs.nudge()
  const [row] = await test.services.database.read
    .select({ id: referrals.id, contactId: referrals.friendContactId })
    .from(referrals)
    .where(eq(referrals.organizationId, world.organization.id))
    .orderBy(desc(referrals.createdAt), desc(referrals.id))
  return { id: row?.id ?? '', contactId: row?.contactId ?? '' }
}
const convert = async (id: string) => {
  const converted = await convertReferral(world.ctx, id, { jobValue: 100_000, notify: true })
  jobs.nudge()
  return converted
}
const written = (to: string) =>
  test.services.database.read.select().from(messages).where(eq(messages.to, to)).orderBy(desc(messages.id))

describe('a friend who sends the form', () => {
  it('in German gets a German email, with the offer formatted in German and links to German pages', async () => {
    const { code } = await annasCode()
    const { email } = stranger()
    await friendFrom(code, 'de-AT,de;q=0.9', { email })
    const got = await mail.waitFor(email)
    expect(got.subject).toBe(`Harbor ${worlds} hat Ihre Angaben`)
    expect(plain(got.text)).toContain(
      [
        'Guten Tag Priya,',
        `Vielen Dank. Ihre Angaben sind bei Harbor ${worlds} angekommen. Wir melden uns bald bei Ihnen.`,
        'Ihr Angebot (20 $ Guthaben nach dem Auftrag: your first plumbing visit) ist vorgemerkt. Empfohlen hat uns Anna.',
        'Rufen Sie lieber an? (415) 555-0100',
        'Stand ansehen oder Daten löschen:\n',
      ].join('\n\n'),
    )
    expect(got.text).toContain('Diese Mails abbestellen: http')
    expect(got.html).toContain('<html lang="de" dir="ltr">')
    expect(got.html).toContain('>Stand ansehen oder Daten löschen</a>')
    expect(got.html).toContain('Sie erhalten diese Mail wegen einer Empfehlung.')
    expect(got.html).not.toMatch(/Stop these|You get this|Thank you/)
    expect(got.headers.get('content-language')).toBe('de')
    for (const part of ['/f/', '/u/']) {
      const { pathname, search } = new URL(linkIn(got, part))
      const page = await test.app.request(pathname + search, { headers: { ...browser, 'accept-language': 'en' } })
      expect([page.status, page.headers.get('content-language')]).toEqual([200, 'de'])
    }
    const stop = new URL(/<(.+)>/.exec(got.headers.get('list-unsubscribe') ?? '')?.[1] ?? '')
    const stopped = await test.app.request(stop.pathname + stop.search, {
      method: 'POST',
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    })
    expect(stopped.status).toBe(200)
  })

  it.each([
    ['en-GB', 'en', 'has your details', 'Saved for you: $20 credit after your first plumbing visit, from Anna.'],
    ['ja', 'en', 'has your details', 'Saved for you: $20 credit after your first plumbing visit, from Anna.'],
    [
      'es-MX',
      'es',
      'tiene sus datos',
      'Su oferta (20 US$ de saldo tras el trabajo: your first plumbing visit) está reservada.',
    ],
    [
      'fr-CA',
      'fr',
      'a vos coordonnées',
      'Votre offre (20 $US d’avoir après les travaux : your first plumbing visit) vous est réservée. Vous la devez à Anna.',
    ],
    [
      'pt-BR',
      'pt',
      'recebeu seus dados',
      'Sua oferta (US$ 20 em crédito depois do serviço: your first plumbing visit) está reservada.',
    ],
  ])('in a browser that prefers %s gets an email in %s', async (accepted, language, subject, offer) => {
    const { code } = await annasCode()
    const { email } = stranger()
    await friendFrom(code, accepted, { email })
    const got = await mail.waitFor(email)
    expect(got.subject).toBe(`Harbor ${worlds} ${subject}`)
    expect(plain(got.text)).toContain(offer)
    expect(got.html).toContain(`<html lang="${language}" dir="ltr">`)
  })

  it('with only a phone number gets a text in their language', async () => {
    const { code } = await annasCode()
    const { phone } = stranger()
    await friendFrom(code, 'pt', { phone })
    const [text] = await written(phone)
    expect(text).toMatchObject({
      channel: 'sms',
      language: 'pt',
      body: `Harbor ${worlds} recebeu seus dados e entrará em contato com você em breve.`,
    })
  })
})

describe("when a friend's job is converted", () => {
  it('the friend reads about their credit and their own link in their language, the advocate in theirs', async () => {
    const { code } = await annasCode()
    const { email } = stranger()
    const { id } = await friendFrom(code, 'de', { email })
    await convert(id)
    const got = await mail.waitFor(email, /Link/)
    expect(got.subject).toBe(`Ihr eigener Link bei Harbor ${worlds}`)
    expect(plain(got.text)).toContain('Ab heute für Sie nutzbar: 20,00 $.')
    expect(plain(got.text)).toContain(
      'Jetzt haben Sie einen eigenen Link. Verschenken Sie 20 $ Guthaben, erhalten Sie 5 % zurück.',
    )
    expect(got.text).toMatch(/Ihr Link zum Weiterschicken:\nhttps?:\/\/\S+\/r\/\w+/)
    const all = await test.services.database.read
      .select()
      .from(messages)
      .where(eq(messages.organizationId, world.organization.id))
    expect(all.find(({ template }) => template === 'reward_earned')).toMatchObject({
      language: 'en',
      subject: `You earned $50.00 at Harbor ${worlds}`,
    })
  })

  it('the advocate reads about both in their own language, with its format of amounts and days', async () => {
    const campaign = await world.campaign({ holdDays: 14 })
    const { code, contactId } = await world.advocate(campaign.id, stranger('Anna Kowalski'))
    await updateContact(world.ctx, contactId, { language: 'pt' })
    const { id } = await friendFrom(code, 'de', { email: stranger().email })
    await convert(id)
    const all = await test.services.database.read.select().from(messages).where(eq(messages.contactId, contactId))
    const of = (template: string) => all.find((message) => message.template === template)
    expect(of('referral_received_advocate')).toMatchObject({
      language: 'pt',
      subject: `Alguém seguiu seu link para Harbor ${worlds}`,
    })
    const earned = of('reward_earned')
    expect(earned?.language).toBe('pt')
    expect(plain(earned?.subject)).toBe(`Você ganhou US$ 50,00 em Harbor ${worlds}`)
    expect(plain(earned?.body)).toMatch(
      /Olá, Anna,\n\n.*US\$ 50,00\.\n\nVocê poderá usar a partir de \d+ de \p{L}+\./su,
    )
  })

  it("a code assigned later is sent in the reader's language, with the share button", async () => {
    const { code, campaign } = await annasCode({ friend: { kind: 'discount_code', discount: off, source: 'pool' } })
    const { email } = stranger()
    const { id } = await friendFrom(code, 'fr', { email })
    await convert(id)
    expect(plain((await mail.waitFor(email, /propre lien/)).text)).toContain(
      'Réservé pour vous : 20 % de remise. Votre code arrive.',
    )
    await uploadCodes(world.ctx, campaign.id, { codes: ['WELCOME-20'] })
    const got = await mail.waitFor(email, /code/)
    expect(plain(got.subject)).toBe(`Votre code chez Harbor ${worlds} : 20 % de remise`)
    expect(plain(got.text)).toContain('Donnez-leur ce code : WELCOME-20')
  })

  it('so is a reversal', async () => {
    const { code } = await annasCode()
    const { email } = stranger()
    const { id } = await friendFrom(code, 'es', { email })
    await convert(id)
    await reverseConversion(world.ctx, id, 'Se devolvió el importe')
    const [last] = await written(email)
    expect(last?.template).toBe('conversion_reversed')
    expect(plain(last?.body)).toContain(`Se retiraron 20,00 US$ de su saldo en Harbor ${worlds},`)
    expect(last?.body).toContain('El motivo: Se devolvió el importe')
  })

  it("a message keeps the language it was written in, even if the contact's language changes later", async () => {
    const { code } = await annasCode()
    const { phone } = stranger()
    const { id, contactId } = await friendFrom(code, 'de', { phone })
    const [first] = await written(phone)
    await updateContact(world.ctx, contactId, { language: 'fr' })
    expect(await getMessage(world.ctx, first?.id ?? '')).toMatchObject({ body: first?.body, language: 'de' })
    await convert(id)
    expect((await written(phone)).map(({ language }) => language)).toEqual(['fr', 'de'])
  })

  it('nothing of it remains after the contact is erased', async () => {
    const { code } = await annasCode()
    const { email } = stranger()
    const { contactId } = await friendFrom(code, 'de', { email })
    const [first] = await written(email)
    await eraseContact(world.ctx, contactId, 'Priya Shah')
    expect(await getMessage(world.ctx, first?.id ?? '')).toMatchObject({ subject: 'Erased', body: 'Erased', to: '' })
  })
})

describe("an organization's own template", () => {
  async function welcomed(accepted: string) {
    const { code } = await annasCode()
    const { email } = stranger()
    const { id } = await friendFrom(code, accepted, { email })
    await convert(id)
    const [row] = await written(email)
    return { email, row }
  }

  it("for every language is sent to everyone as written; only the parts we add are in the reader's language", async () => {
    await saveTemplate(world.ctx, welcome)
    const { email, row } = await welcomed('de')
    const sent = await mail.waitFor(email, /Welcome/)
    expect(row).toMatchObject({ subject: 'Welcome', body: 'Your credit: $20.00', language: null })
    expect(sent.html).toContain('<html dir="auto">')
    expect(sent.html).toContain('<p lang="de" dir="ltr"')
    expect(sent.text).toContain('Diese Mails abbestellen: ')
    expect(sent.headers.has('content-language')).toBe(false)
  })

  it('for one language is sent only to its readers; others get the general template or the default', async () => {
    await saveTemplate(world.ctx, {
      ...welcome,
      language: 'de',
      subject: 'Willkommen',
      body: 'Ihr Guthaben: {{credit}}',
    })
    const german = await welcomed('de')
    expect([german.row?.subject, plain(german.row?.body), german.row?.language]).toEqual([
      'Willkommen',
      'Ihr Guthaben: 20,00 $',
      'de',
    ])
    expect((await welcomed('es')).row).toMatchObject({
      subject: `Su propio enlace en Harbor ${worlds}`,
      language: 'es',
    })
    await saveTemplate(world.ctx, welcome)
    expect((await welcomed('es')).row).toMatchObject({ subject: 'Welcome', language: null })
    expect((await welcomed('de')).row).toMatchObject({ subject: 'Willkommen', language: 'de' })
    await resetTemplate(world.ctx, { ...welcome, language: 'de' })
    expect((await welcomed('de')).row).toMatchObject({ subject: 'Welcome', language: null })
  })
})
