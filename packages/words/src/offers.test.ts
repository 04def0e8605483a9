import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkProperty } from '../../domain/test/checkProperty.ts'
import { anyTerms, credit, fixed, percent, termsOf } from '../../domain/test/terms.ts'
import { wordsIn } from './server.ts'

const { advocateOffer, explanation, headline, offer: friendOffer } = wordsIn('en')

const visit = 'your first plumbing visit'
const neighbor = termsOf({
  advocate: credit(percent(500)),
  friend: credit(fixed(2_000), 10_000),
  milestones: [
    { at: 5, amount: 10_000 },
    { at: 3, amount: 5_000 },
  ],
})
const offThisJob = termsOf({ ...neighbor, friendRewardUse: 'off_this_job' })
const basket = { kind: 'custom', text: 'A gift basket.' } as const

describe('the offer to a friend', () => {
  it('is "$20 credit after your first plumbing visit", on jobs of $100.00 or more', () => {
    expect(friendOffer(neighbor, 'USD', visit)).toEqual({
      kind: 'credit',
      figure: '$20',
      sentence: '$20 credit after your first plumbing visit',
      use: 'after_job',
      condition: 'On jobs of $100.00 or more',
    })
  })

  it('is "$20 off your first plumbing visit" if it comes off that same job', () => {
    expect(friendOffer(offThisJob, 'USD', visit)).toMatchObject({
      figure: '$20',
      sentence: '$20 off your first plumbing visit',
      use: 'off_this_job',
    })
  })

  it('is a percentage with its bounds', () => {
    const terms = termsOf({ friend: credit(percent(1_000, { maxAmount: 5_000 }), 10_000) })
    expect(friendOffer(terms, 'USD', visit)).toEqual({
      kind: 'credit',
      figure: '10%',
      sentence: '10% back as credit after your first plumbing visit',
      use: 'after_job',
      condition: 'On jobs of $100.00 or more, at most $50.00',
    })
    expect(friendOffer({ ...terms, friendRewardUse: 'off_this_job' }, 'USD', visit).sentence).toBe(
      '10% off your first plumbing visit',
    )
  })

  it('works without a text for what it is for', () => {
    expect(friendOffer(neighbor, 'USD', '').sentence).toBe('$20 credit after your first job')
    expect(friendOffer(offThisJob, 'USD', '').sentence).toBe('$20 off')
  })

  it('of a code is a discount, no matter what credit would be for', () => {
    const friend = { kind: 'discount_code', discount: { type: 'flat', amount: 2_000 }, source: 'pool' } as const
    for (const terms of [neighbor, offThisJob])
      expect(friendOffer({ ...terms, friend }, 'USD', visit)).toMatchObject({
        sentence: '$20 off your first plumbing visit',
        use: null,
      })
  })

  it('is the text of a custom reward, or just a recommendation', () => {
    expect(friendOffer(termsOf({ friend: basket }), 'USD', visit)).toMatchObject({
      figure: null,
      sentence: 'A gift basket.',
    })
    expect(friendOffer(termsOf({}), 'USD', visit)).toEqual({
      kind: 'none',
      figure: null,
      sentence: 'A friend recommends us',
      use: null,
      condition: null,
    })
  })
})

describe('the offer to an advocate', () => {
  it('is a percentage of the job or an amount', () => {
    expect(advocateOffer(neighbor, 'USD')).toEqual({ short: '5% back', sentence: 'You get 5% of the job as credit.' })
    expect(advocateOffer(termsOf({ advocate: credit(fixed(5_000)) }), 'USD')).toEqual({
      short: '$50',
      sentence: 'You get $50 as credit.',
    })
  })

  it("is the first friend's reward, followed by the tiers", () => {
    const tiered = termsOf({
      advocate: credit(fixed(1_000)),
      tiers: [
        { from: 3, value: fixed(5_000) },
        { from: 1, value: fixed(2_500) },
      ],
    })
    expect(advocateOffer(tiered, 'USD')).toEqual({
      short: '$25',
      sentence: 'You get $25 as credit. From your 3rd friend on you get $50.',
    })
  })

  it('lists tiers of any kind in order, even lower ones', () => {
    const tiers = [
      { from: 5, value: percent(1_000, { maxAmount: 5_000 }) },
      { from: 2, value: fixed(1_000) },
    ]
    expect(advocateOffer(termsOf({ advocate: credit(fixed(5_000)), tiers }), 'USD').sentence).toBe(
      'You get $50 as credit. From your 2nd friend on you get $10, from your 5th 10% of the job (at most $50.00).',
    )
  })

  it("is a code for a discount, which tiers and bonuses don't change", () => {
    const terms = termsOf({
      ...neighbor,
      advocate: { kind: 'discount_code', discount: { type: 'percent', basisPoints: 2_000 }, source: 'generated' },
      tiers: [{ from: 3, value: fixed(5_000) }],
    })
    expect(advocateOffer(terms, 'USD')).toEqual({ short: '20% off', sentence: 'You get a code for 20% off.' })
    expect(headline(terms, 'USD')).toBe('Give $20, get 20% off')
    expect(explanation(terms, 'USD', '')).toBe(
      'Your friend gets $20 credit after their first job. You get a code for 20% off.',
    )
  })
})

describe('the program in one line', () => {
  it.each([
    ['Give $20, get 5% back', neighbor],
    ['Get 5% back for a friend', termsOf({ advocate: neighbor.advocate })],
    ['Give $20 to a friend', termsOf({ friend: neighbor.friend })],
    ['Recommend us to a friend', termsOf({})],
    ['For your friend: $20 · For you: A gift basket', termsOf({ friend: neighbor.friend, advocate: basket })],
    ['For your friend: A gift basket', termsOf({ friend: basket })],
  ])('is "%s"', (line, terms) => {
    expect(headline(terms, 'USD')).toBe(line)
  })
})

describe('the program explained', () => {
  it('says who gets what, and lists the bonuses', () => {
    expect(explanation(neighbor, 'USD', visit)).toBe(
      'Your friend gets $20 credit after their first plumbing visit. You get 5% of the job as credit. Your 3rd friend adds a $50 bonus, your 5th $100.',
    )
    expect(explanation(offThisJob, 'USD', visit)).toMatch(/^Your friend gets \$20 off their first plumbing visit\. /)
  })

  it('says that friends are counted each year, if there is something to count for', () => {
    const yearly = 'Friends are counted anew each January.'
    expect(explanation(termsOf({ ...neighbor, countEachYear: true }), 'USD', visit)).toContain(yearly)
    expect(explanation(termsOf({ countEachYear: true }), 'USD', visit)).not.toContain(yearly)
  })

  it('has only whole sentences, for any terms', () => {
    checkProperty(
      fc.property(anyTerms, (terms) => {
        expect(explanation(terms, 'USD', visit)).toMatch(/^[A-Z].*[a-z\d%)]\.$/)
        expect(explanation(terms, 'USD', visit)).not.toMatch(/\.\.|undefined|null|\s\s/)
        expect(headline(terms, 'USD')).toMatch(/^(?:Give|Get|Recommend|For) .*[a-z\d]$/)
      }),
    )
  })
})
