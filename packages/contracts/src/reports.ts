import * as z from 'zod'
import { Amount, Currency, Day, id, PageQuery, page } from './primitives.ts'

/** Both days included, of the organization's time zone; without them the last 90 days. At most five years. */
const period = { from: Day.optional(), to: Day.optional() }

export const FunnelQuery = z
  .strictObject({ ...period, campaignId: id('campaign').optional(), currency: Currency.optional() })
  .refine((query) => !query.from || !query.to || query.from <= query.to, {
    message: 'The last day must not come before the first.',
    path: ['to'],
  })
export type FunnelQuery = z.infer<typeof FunnelQuery>

/** Each step is counted on its own day: a referral of May that converts in June counts in both. */
const figures = {
  visits: z.int(),
  referrals: z.int(),
  /** Converted and not reversed since. */
  converted: z.int(),
  /** Job values and rewards of those, in minor units of the report's currency. */
  revenue: Amount,
  advocateRewards: Amount,
  friendRewards: Amount,
}
export const FunnelFigures = z.strictObject(figures)
export type FunnelFigures = z.infer<typeof FunnelFigures>

export const FunnelReport = z
  .strictObject({
    from: Day,
    to: Day,
    currency: Currency,
    /** Currencies of other campaigns, whose money is not in these figures. */
    otherCurrencies: z.array(Currency),
    unit: z.enum(['day', 'week', 'month']),
    /** Oldest first; the first and last may be parts of a week or month. */
    steps: z.array(z.strictObject({ start: Day, end: Day, ...figures })),
    totals: FunnelFigures,
    /** The same number of days just before. */
    before: FunnelFigures,
    campaigns: z.array(z.strictObject({ id: id('campaign'), name: z.string(), ...figures })),
  })
  .meta({ id: 'FunnelReport' })
export type FunnelReport = z.infer<typeof FunnelReport>

export const OutstandingQuery = PageQuery.extend({
  /** The end of this day; without it, now. */
  asOf: Day.optional(),
  currency: Currency.optional(),
})
/** All of them at once. */
export const OutstandingExportQuery = OutstandingQuery.omit({ limit: true, cursor: true })
export type OutstandingExportQuery = z.infer<typeof OutstandingExportQuery>

export type OutstandingQuery = z.infer<typeof OutstandingQuery>

const credit = {
  /** Can be used now. */
  available: Amount,
  /** Waits for its day or for approval. */
  held: Amount,
  /** What the contact has to give back. */
  owed: Amount,
}

/** What is owed to whom at the end of a day: the liability of the program for the books. */
export const OutstandingReport = page(z.strictObject({ contactId: id('contact'), name: z.string(), ...credit }))
  .extend({
    asOf: Day,
    currency: Currency,
    otherCurrencies: z.array(Currency),
    contacts: z.int(),
    totals: z.strictObject(credit),
  })
  .meta({ id: 'OutstandingReport' })
export type OutstandingReport = z.infer<typeof OutstandingReport>

export const TopAdvocatesQuery = z
  .strictObject({
    ...period,
    campaignId: id('campaign').optional(),
    currency: Currency.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  })
  .refine((query) => !query.from || !query.to || query.from <= query.to, {
    message: 'The last day must not come before the first.',
    path: ['to'],
  })
export type TopAdvocatesQuery = z.infer<typeof TopAdvocatesQuery>

export const TopAdvocate = z.strictObject({
  id: id('enrollment'),
  contactId: id('contact'),
  name: z.string(),
  campaign: z.strictObject({ id: id('campaign'), name: z.string() }),
  visits: z.int(),
  referrals: z.int(),
  converted: z.int(),
  revenue: Amount,
  /** What this advocate earned by them. */
  rewards: Amount,
})
export type TopAdvocate = z.infer<typeof TopAdvocate>

/** Most converted first, then most revenue, then most referrals; only who did something in the period. */
export const TopAdvocatesReport = z
  .strictObject({
    from: Day,
    to: Day,
    currency: Currency,
    otherCurrencies: z.array(Currency),
    items: z.array(TopAdvocate),
  })
  .meta({ id: 'TopAdvocatesReport' })
export type TopAdvocatesReport = z.infer<typeof TopAdvocatesReport>
