import type { CampaignForm } from '@goodword/contracts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { friendForm } from '../../../../test/friendForm.ts'
import { createTestServices, createWorld, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { transaction } from '../../../shared/context.ts'
import { confirmAddress } from '../../people/contacts/addresses.ts'
import { addressesOf, findOrCreateContact } from '../../people/contacts/contacts.ts'
import { reachabilityOf } from '../../people/contacts/reachability.ts'
import { textConsentsOf } from '../../people/contacts/textConsents.ts'
import { changeCode } from '../../program/advocates/settings.ts'
import { campaigns } from '../../program/campaigns/campaigns.table.ts'
import { referrals } from '../../program/referrals/referrals.table.ts'
import { listReferrals } from '../console/referrals.queries.ts'
import { loadForm } from './form.ts'
import { loadShare } from './share.ts'
import { submitReferral } from './submit.ts'

let test: TestServices
let world: World
let ctx: ReturnType<typeof friendForm>['ctx']
let drawn: ReturnType<typeof friendForm>['drawn']
beforeAll(async () => {
  test = await createTestServices()
})
beforeEach(async () => {
  world = await createWorld(test.services)
  ;({ ctx, drawn } = friendForm(test, world))
})
afterAll(() => test.close())

let visitors = 0
const send = (input: object, lang?: string) => {
  visitors += 1
  const given = { ...stranger('Priya Shah'), formToken: drawn(), ...input }
  return submitReferral(ctx, given, { source: 'widget', address: `203.0.113.${visitors}`, lang })
}
const rows = () => test.services.database.read.select().from(referrals)
const mine = async () => (await rows()).filter(({ organizationId }) => organizationId === world.organization.id)

describe('a friend without a link', () => {
  it('can type the code into the name field', async () => {
    const anna = await world.advocate((await world.campaign()).id, stranger('Anna Kowalski'))
    const sent = await send({ advocateName: ` ${anna.code.toLowerCase()} ` })
    expect(sent).toMatchObject({ advocateFirstName: 'Anna', title: 'Thanks, Priya. Your $20 credit is saved.' })
    expect(await mine()).toMatchObject([{ enrollmentId: anna.id, advocateNamed: null }])
  })

  it('can paste the whole link as the name or as the code, and no word of a name is a code', async () => {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id, stranger('Anna Kowalski'))
    await changeCode(world.ctx, anna.id, 'ANNA')
    const tracked = `https://book.harborsons.example/spring?utm_source=${'x'.repeat(150)}&ref=anna`
    const links = ['https://refer.harborsons.example/r/ANNA?lang=es', 'harborsons.example/?ref=anna.', tracked]
    for (const link of links)
      for (const field of ['advocateName', 'code'])
        expect(await send({ [field]: link })).toMatchObject({ advocateFirstName: 'Anna' })
    expect((await mine()).map(({ enrollmentId }) => enrollmentId)).toEqual(Array(6).fill(anna.id))
    for (const typed of ['Anna Nobody', 'Anna / Ben', `https://elsewhere.example/anna/${'y'.repeat(150)}`])
      expect(await send({ advocateName: typed })).toMatchObject({ advocateFirstName: null })
    const named = (await mine()).slice(6).map(({ advocateNamed }) => advocateNamed?.length)
    expect(named).toEqual([11, 10, 100])
  })

  it('can type a name; staff see it, and the response is the same whether or not an advocate has that name', async () => {
    await world.advocate((await world.campaign()).id, stranger('Anna Kowalski'))
    const real = await send({ advocateName: 'Anna Kowalski' })
    const invented = await send({ advocateName: 'Zebulon Nobody' })
    expect(real).toEqual(invented)
    expect(real).toMatchObject({ title: 'Thanks, Priya.', advocateFirstName: null })
    expect(JSON.stringify(real)).not.toMatch(/Anna|\$20/)
    expect((await mine()).map(({ enrollmentId, advocateNamed }) => [enrollmentId, advocateNamed])).toEqual([
      [null, 'Anna Kowalski'],
      [null, 'Zebulon Nobody'],
    ])
  })

  it('gets one referral, however often the form arrives', async () => {
    await world.campaign()
    const input = { advocateName: 'Anna', ...stranger('Priya Shah'), formToken: drawn() }
    expect(await send(input)).toEqual(await send(input))
    expect(await mine()).toHaveLength(1)
    await expect(send({ ...input, advocateName: 'Anna', message: 'More' })).rejects.toMatchObject({
      code: 'form_token_invalid',
    })
  })

  it('needs a code while several campaigns are open, unless the page names one', async () => {
    const spring = await world.campaign({}, { name: 'Spring' })
    expect((await loadForm(ctx, undefined)).asks).toBe('code_or_name')
    const summer = await world.campaign({}, { name: 'Summer' })
    expect((await loadForm(ctx, undefined)).asks).toBe('code')
    expect((await loadForm(ctx, undefined, { campaign: summer.id })).asks).toBe('code_or_name')
    await expect(send({ advocateName: 'Anna' })).rejects.toMatchObject({
      code: 'validation_failed',
      facts: { errors: [{ path: 'advocateName', message: 'Enter the code your friend gave you.' }] },
    })
    await send({ advocateName: 'Anna', campaignId: spring.id })
    expect((await mine()).map(({ campaignId }) => campaignId)).toEqual([spring.id])
  })

  it("never ends up in another organization's campaign", async () => {
    await world.campaign()
    const other = await createWorld(test.services, 'Other Pipes')
    const elsewhere = await other.campaign()
    await expect(send({ advocateName: 'Anna', campaignId: elsewhere.id })).rejects.toMatchObject({
      code: 'validation_failed',
    })
    const theirs = await other.advocate(elsewhere.id, stranger('Ben'))
    await expect(send({ code: theirs.code })).rejects.toMatchObject({ code: 'code_unknown' })
    expect(await send({ advocateName: theirs.code })).toMatchObject({ advocateFirstName: null })
    expect((await mine()).map(({ advocateNamed }) => advocateNamed)).toEqual([theirs.code])
  })
})

describe("the fields of the campaign's form", () => {
  const form: CampaignForm = {
    email: 'required',
    phone: 'hidden',
    message: 'optional',
    consent: { text: 'I agree to be called.' },
    question: { label: 'Which service?', required: true, choices: ['Leak', 'Heater'] },
  }
  async function campaignContext() {
    const campaign = await world.campaign()
    await test.services.database.write((tx) => tx.update(campaigns).set({ form }).where(eq(campaigns.id, campaign.id)))
    return world.advocate(campaign.id, stranger('Anna Kowalski'))
  }

  it('are listed for the page, and all missing ones are reported at once', async () => {
    const { code } = await campaignContext()
    expect((await loadForm(ctx, code)).fields).toEqual(form)
    const attempt = send({ code, email: undefined, answer: 'Roof' })
    await expect(attempt).rejects.toMatchObject({
      code: 'validation_failed',
      facts: {
        errors: [
          { path: 'email', message: 'Enter your email address.' },
          { path: 'answer', message: 'Choose one of the answers.' },
          { path: 'consent', message: 'Check the box to continue.' },
        ],
      },
    })
    expect(await mine()).toEqual([])
  })

  it('are stored: the answer as given, and the consent with its text', async () => {
    const { code } = await campaignContext()
    await send({ code, answer: 'Leak', consent: true })
    expect(await mine()).toMatchObject([
      { submitted: { answer: 'Leak' }, metadata: { consent: 'I agree to be called.' } },
    ])
    expect((await listReferrals(world.ctx, { limit: 10, sort: 'oldest' })).items).toHaveLength(1)
  })
})

describe('a checkbox about text messages', () => {
  const text = 'Harbor & Sons may text me about my referrals.'
  const form: CampaignForm = {
    ...{ email: 'optional', phone: 'optional', message: 'hidden', question: null },
    consent: { text, texts: true },
  }
  async function link() {
    const campaign = await world.campaign({}, { form })
    return world.advocate(campaign.id, stranger('Anna Kowalski'))
  }
  const friendOf = async () => (await mine()).at(-1)?.friendContactId ?? ''
  const agreed = async (contactId: string) => (await reachabilityOf(world.ctx, contactId)).facts.phone?.agreed ?? null

  it('need not be ticked; what a friend agreed to is kept, and counts once somebody vouches for the number', async () => {
    const { code } = await link()
    await send({ code, phone: '(415) 555-0161' })
    expect(await textConsentsOf(world.ctx, await friendOf())).toEqual([])
    await send({ code, phone: '(415) 555-0162', consent: true })
    const id = await friendOf()
    expect(await textConsentsOf(world.ctx, id)).toMatchObject([{ source: 'form', wording: text, at: test.clock.now() }])
    expect(await agreed(id)).toBeNull()
    const phone = (await addressesOf(world.ctx, id)).find(({ kind }) => kind === 'phone')
    await confirmAddress(world.ctx, id, phone?.id ?? '')
    expect(await agreed(id)).toBe(true)
  })

  it('says nothing about a number that somebody has vouched for', async () => {
    const { code } = await link()
    const person = { name: 'Rosa Medina', email: null, phone: '+14155550163' }
    const { contact } = await transaction(world.ctx, (tx) => findOrCreateContact(tx, person, 'staff'))
    await send({ code, name: 'Rosa Medina', email: undefined, phone: '(415) 555-0163', consent: true })
    expect(await friendOf()).toBe(contact.id)
    expect(await textConsentsOf(world.ctx, contact.id)).toEqual([])
    expect(await agreed(contact.id)).toBe(false)
  })
})

describe("friends' languages", () => {
  it.each([
    ['es', '20 US$', 'Su saldo de 20 US$ está reservado.', 'Su descuento de 20 US$ está reservado.'],
    ['de-AT', '20 $', 'Ihr Guthaben von 20 $ ist vorgemerkt.', 'Ihr Rabatt von 20 $ ist vorgemerkt.'],
    ['fr', '20 $US', 'Votre avoir de 20 $US vous est réservé.', 'Votre remise de 20 $US est réservée.'],
    ['pt-BR', 'US$ 20', 'Seu crédito de US$ 20 está reservado.', 'Seu desconto de US$ 20 está reservado.'],
    ['ja', '$20', 'Your $20 credit is saved.', 'Your $20 is saved.'],
  ])('%s: offer, confirmation and errors', async (lang, figure, saved, savedOff) => {
    const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')
    const anna = await world.advocate((await world.campaign()).id, stranger('Anna Kowalski'))
    const drawnForm = await loadForm(ctx, anna.code, { lang })
    expect(plain(drawnForm.offer?.figure ?? '')).toBe(figure)
    expect(plain((await send({ code: anna.code }, lang)).title)).toContain(saved)
    const off = await world.advocate((await world.campaign({ friendRewardUse: 'off_this_job' })).id, stranger())
    expect(plain((await send({ code: off.code }, lang)).title)).toContain(savedOff)
    const english = (await loadForm(ctx, 'NOBODY7')).closed?.sentence
    const translated = (await loadForm(ctx, 'NOBODY7', { lang })).closed?.sentence
    if (lang === 'ja') expect(translated).toBe(english)
    else expect(translated).not.toBe(english)
  })
})

describe("an advocate's own page", () => {
  it('gets the link and both rewards, and nothing about the advocate', async () => {
    const anna = await world.advocate((await world.campaign()).id, stranger('Anna Kowalski'))
    const share = await loadShare(ctx, anna.code)
    expect(share.link).toContain(`/r/${anna.code}`)
    expect(share.message).toContain(share.link)
    expect(share.headline).toMatch(/^Give \$20/)
    expect(JSON.stringify(share)).not.toMatch(/Anna|Kowalski/)
    await expect(loadShare(ctx, 'NOBODY7')).rejects.toMatchObject({ code: 'code_unknown' })
  })

  it("gets them in the advocate's language, including the message; the business's own text stays as it is", async () => {
    const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')
    const anna = await world.advocate((await world.campaign()).id, stranger('Anna Kowalski'))
    const share = await loadShare(ctx, anna.code, 'de-CH')
    expect(plain(share.headline)).toBe('Verschenken Sie 20 $ Guthaben, erhalten Sie 5 % zurück')
    expect(plain(share.explanation)).toBe(
      'Ihre Freunde erhalten 20 $ Guthaben nach dem Auftrag: your first plumbing visit. Sie erhalten 5 % des Auftragswerts als Guthaben.',
    )
    expect(plain(share.message)).toBe(
      `Ich empfehle Harbor & Sons. Mit diesem Link gibt es 20 $ Guthaben nach dem Auftrag: your first plumbing visit. ${share.link}`,
    )
    const own = await world.advocate((await world.campaign({}, { shareText: 'Try them:' })).id, stranger())
    expect((await loadShare(ctx, own.code, 'de')).message).toMatch(/^Try them: http/)
  })
})
