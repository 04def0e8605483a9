import { languages, type ProblemCode, problemCodes, Terms } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { catalogFolder, readMessages } from '../build/catalogs.ts'
import { directionOf, languageOf } from './language.ts'
import { type FieldProblem, wordsIn } from './server.ts'

/** Every refusal that friends read; any other gets the neutral sentence. */
const friendRefusals: ProblemCode[] = [
  'referral_not_possible',
  'already_referred',
  'self_referral',
  'code_unknown',
  'campaign_ended',
  'campaign_not_active',
  'campaign_not_started',
  'submission_rejected',
  'form_token_invalid',
  'form_too_fast',
  'rate_limited',
]
const fieldProblems = Object.keys(readMessages(catalogFolder, 'en', 'friend')).flatMap((key) =>
  key.startsWith('friend.field.') ? [key.slice('friend.field.'.length) as FieldProblem] : [],
)
/** The word for a discount in each language. Every language must say discount and credit differently. */
const discountWords: { [tag: string]: RegExp } = { de: /Rabatt/, es: /descuento/, fr: /remise/, pt: /desconto/ }
const others = languages.filter((language) => language !== 'en')
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

const terms = Terms.parse({
  advocate: { kind: 'credit', value: { type: 'percent', basisPoints: 500, minAmount: 1_000, maxAmount: 15_000 } },
  friend: { kind: 'credit', value: { type: 'fixed', amount: 2_000 }, minJobValue: 12_000 },
  tiers: [
    { from: 3, value: { type: 'fixed', amount: 5_000 } },
    { from: 5, value: { type: 'fixed', amount: 10_000 } },
  ],
  milestones: [{ at: 1, amount: 2_500 }],
  countEachYear: true,
})

describe.each(others)('the texts for friends in %s', (language) => {
  const [words, english] = [wordsIn(language), wordsIn('en')]
  const differs = (mine: string, theirs: string) => {
    expect(mine.trim()).not.toBe('')
    expect(mine).not.toBe(theirs)
  }

  it('have a sentence for every refusal and every field', () => {
    const facts = { phone: '555-0100', ended: { day: Date.UTC(2026, 4, 1, 12), timeZone: 'UTC' }, seconds: 12 }
    const refusals = friendRefusals.map((code) => words.refusal(code, facts))
    expect(new Set(refusals).size).toBe(friendRefusals.length)
    for (const [index, code] of friendRefusals.entries()) {
      const theirs = english.refusal(code, facts)
      const mine = refusals[index] ?? ''
      differs(mine, theirs)
      for (const fact of ['555-0100', '12']) expect([code, mine.includes(fact)]).toEqual([code, theirs.includes(fact)])
    }
    expect(words.refusal('existing_customer', facts)).toBe(words.refusal('referral_not_possible', facts))
    expect(new Set(fieldProblems.map(words.field)).size).toBe(fieldProblems.length)
    for (const problem of fieldProblems) differs(words.field(problem), english.field(problem))
  })

  it('name the friend, the advocate, the business and the offer wherever English does', () => {
    const offer = words.offer(terms, 'USD', 'your first visit')
    expect(offer.sentence).toContain('your first visit')
    expect(offer.sentence).toContain(offer.figure)
    expect(offer.condition).toContain('120')
    const { title, steps } = words.thanks('Priya', offer)
    expect(title).toContain('Priya')
    expect(title).toContain(offer.figure)
    expect(steps.join()).toContain(offer.sentence)
    expect(words.thanksByName('Priya').title).toContain('Priya')
    expect(words.privacy('Harbor', 'Anna')).toMatch(/Harbor.*Anna/s)
    expect(words.privacy('Harbor', null)).not.toContain('Anna')
    for (const name of ['first', 'within', 'sender'] as const) differs(words.unnamed[name], english.unnamed[name])
  })

  it('say how the reward comes after the job: as a discount, a code, or what the business wrote', () => {
    const last = (friend: Terms['friend'], spoken = words) =>
      plain(spoken.thanks('Priya', spoken.offer({ ...terms, friend }, 'USD', 'your first visit')).steps.at(-1) ?? '')
    const code = { kind: 'discount_code', discount: { type: 'flat', amount: 2_000 }, source: 'generated' } as const
    const basket = { kind: 'custom', text: 'A gift basket.' } as const
    if (discountWords[language]) expect(last(code)).toMatch(/c[oó]d/i)
    expect(last(code)).not.toBe(last(terms.friend))
    expect(last(basket)).toContain('A gift basket')
    expect(last({ kind: 'none' })).not.toContain('20')
    for (const friend of [code, { kind: 'none' } as const]) differs(last(friend), last(friend, english))
  })

  it('promise credit for later jobs only if it is credit, and a discount only off this job', () => {
    const said = (use: Terms['friendRewardUse'], spoken = words) => {
      const offered = { ...terms, friendRewardUse: use }
      const offer = spoken.offer(offered, 'USD', '')
      const { title } = spoken.thanks('Priya', offer)
      return [offer.sentence, title, spoken.headline(offered, 'USD'), spoken.explanation(offered, 'USD', '')]
    }
    const off = said('off_this_job')
    const discount = discountWords[language]
    if (discount) {
      for (const text of said('after_job')) expect(text).not.toMatch(discount)
      expect(off[0]).toMatch(discount)
    }
    for (const [index, text] of off.entries())
      if (discount || said('off_this_job', english)[index] !== said('after_job', english)[index])
        expect([text, text === said('after_job')[index]]).toEqual([text, false])
    for (const use of ['after_job', 'off_this_job'] as const)
      for (const [index, text] of said(use).entries()) differs(text, said(use, english)[index] ?? '')
  })

  it('say what both sides get: amounts, bounds, tiers, bonuses, and whether they are counted each year', () => {
    const { headline, explanation, shareText: text } = words
    expect(plain(headline(terms, 'USD'))).toMatch(/20.*5/)
    const mine = plain(explanation(terms, 'USD', 'your first visit'))
    for (const figure of ['20', '5', '10', '150', '50', '100', '25'])
      expect(mine).toMatch(new RegExp(`\\b${figure}\\b`))
    expect(mine).toContain('your first visit')
    differs(mine, english.explanation(terms, 'USD', 'your first visit'))
    expect(text('Harbor', '20 off')).toMatch(/Harbor.*20 off/s)
    for (const offer of ['', '20 off']) differs(text('Harbor', offer), english.shareText('Harbor', offer))
    const nothing = Terms.parse({ advocate: { kind: 'none' }, friend: { kind: 'none' } })
    differs(headline(nothing, 'USD'), english.headline(nothing, 'USD'))
    differs(explanation(nothing, 'USD', ''), english.explanation(nothing, 'USD', ''))
  })

  it('name the call button by its label', () => {
    expect(words.say('hosted.callUsAt', { phone: '555-0100' })).toContain(words.say('hosted.callUs'))
  })
})

describe('money and days', () => {
  const offer = (language: string, currency: 'JPY' | 'CHF' | 'EUR') =>
    plain(wordsIn(language).offer({ ...terms, friend: fixed }, currency, '').figure ?? '')
  const fixed = { kind: 'credit', value: { type: 'fixed', amount: 2_050 } } as const

  it("follow the language's format, with the decimals of the currency", () => {
    expect(offer('de', 'EUR')).toBe('20,50 €')
    expect(offer('fr', 'CHF')).toBe('20,50 CHF')
    expect(offer('es', 'JPY')).toBe('2050 JPY')
    expect(offer('en', 'EUR')).toBe('€20.50')
    const newYear = Date.UTC(2027, 0, 1, 4)
    expect(wordsIn('de').date(newYear, 'America/Los_Angeles')).toBe('31. Dezember 2026')
    expect(wordsIn('pt').date(newYear, 'UTC')).toBe('1 de janeiro de 2027')
  })

  it('look the same in a message and on a page, and a discount is called one', () => {
    const said = (language: string) => {
      const words = wordsIn(language)
      const discount = words.discount({ type: 'percent', basisPoints: 1_250 }, 'EUR')
      return [words.money(123_450, 'EUR'), words.day(Date.UTC(2026, 5, 12), 'UTC'), discount].map(plain)
    }
    expect(said('en')).toEqual(['€1,234.50', 'Jun 12', '12.5% off'])
    expect(said('de')).toEqual(['1.234,50 €', '12. Juni', '12,5 % Rabatt'])
    expect(said('es')).toEqual(['1234,50 €', '12 de junio', '12,5 % de descuento'])
    expect(said('fr')).toEqual(['1 234,50 €', '12 juin', '12,5 % de remise'])
    expect(said('pt')).toEqual(['€ 1.234,50', '12 de junho', '12,5% de desconto'])
  })
})

it('a tag with a region selects its language, and an unsupported one selects English', () => {
  expect(['de-AT', 'PT-br', 'ja', '', undefined].map(languageOf)).toEqual(['de', 'pt', 'en', 'en', 'en'])
})

it('knows which languages are written from right to left, by their script', () => {
  for (const language of ['ar', 'he', 'fa', 'ur', 'yi', 'ps', 'dv']) expect(directionOf(language)).toBe('rtl')
  for (const language of [...languages, 'ja', 'ru', 'hi', 'tr']) expect(directionOf(language)).toBe('ltr')
})

describe('a refusal in English', () => {
  const { refusal } = wordsIn('en')
  const facts = { phone: '(415) 555-0100', ended: null }

  it('is the same sentence for everything that would reveal something about someone else', () => {
    const neutral = "Thanks. We can't add this referral; call us at (415) 555-0100 and we'll sort it out."
    for (const code of ['friend_is_advocate', 'existing_customer', 'advocate_limit_reached', 'referral_loop'] as const)
      expect(refusal(code, facts)).toBe(neutral)
    expect(refusal('existing_customer', { ...facts, phone: null })).toBe(
      "Thanks. We can't add this referral; call us and we'll sort it out.",
    )
  })

  it('names the day an offer ended, if known', () => {
    const ended = { day: Date.UTC(2026, 4, 1, 12), timeZone: 'UTC' }
    expect(refusal('campaign_ended', { ...facts, ended })).toBe(
      'This offer ended on May 1. You can still book a visit.',
    )
    expect(refusal('campaign_ended', facts)).toBe('This offer has ended. You can still book a visit.')
  })

  it('is a whole sentence for every code', () => {
    for (const code of problemCodes) expect(refusal(code, facts)).toMatch(/^[A-Z].*[^\s]$/)
  })
})
