import * as z from 'zod'
import { Amount, Currency, Day, id, Limit, PageQuery, page } from './primitives.ts'
import { thresholdReaches } from './thresholdReaches.ts'

/** Both days included, in the organization's time zone; by default the last 90 days. At most five years. */
const period = { from: Day.optional(), to: Day.optional() }

export const FunnelQuery = z
  .strictObject({ ...period, campaignId: id('campaign').optional(), currency: Currency.optional() })
  .refine((query) => !query.from || !query.to || query.from <= query.to, {
    message: 'The last day must not come before the first.',
    path: ['to'],
  })
export type FunnelQuery = z.infer<typeof FunnelQuery>

/** Each step counts on its own day: a referral from May that converts in June counts in both months. */
const figures = {
  visits: z.int(),
  referrals: z.int(),
  /** Converted and not reversed. */
  converted: z.int(),
  /**
   * Job values and rewards of the conversions, and of further jobs that earned, each on the day it did; in minor units of
   * the report's currency.
   */
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
    /** Currencies of other campaigns, which these amounts exclude. */
    otherCurrencies: z.array(Currency),
    unit: z.enum(['day', 'week', 'month']),
    /** Oldest first; the first and last may be partial weeks or months. */
    steps: z.array(z.strictObject({ start: Day, end: Day, ...figures })),
    totals: FunnelFigures,
    /** The same number of days just before. */
    before: FunnelFigures,
    campaigns: z.array(z.strictObject({ id: id('campaign'), name: z.string(), ...figures })),
  })
  .meta({ id: 'FunnelReport' })
export type FunnelReport = z.infer<typeof FunnelReport>

export const OutstandingQuery = PageQuery.extend({
  /** The end of this day; by default now. */
  asOf: Day.optional(),
  currency: Currency.optional(),
})
/** The totals of all contacts. */
export const OutstandingExportQuery = OutstandingQuery.omit({ limit: true, cursor: true, last: true })
export type OutstandingExportQuery = z.infer<typeof OutstandingExportQuery>

export type OutstandingQuery = z.infer<typeof OutstandingQuery>

const credit = {
  /** Available credit. */
  available: Amount,
  /** Credit on hold or awaiting approval. */
  held: Amount,
  /** The contact's debt. */
  owed: Amount,
}

/** What is owed to each contact at the end of a day: the program's liability for the books. */
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
    limit: Limit,
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
  /** Of these conversions, and of further jobs that earned in the period. */
  revenue: Amount,
  /** What this advocate earned by them. */
  rewards: Amount,
})
export type TopAdvocate = z.infer<typeof TopAdvocate>

/** Sorted by conversions, revenue and referrals; only advocates active in the period. */
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

const cashRewardsOf = {
  /** A calendar year in the organization's time zone; this year if absent. */
  year: z.coerce.number<string>().int().min(2000).max(2100).optional(),
  currency: Currency.optional(),
}
export const CashRewardsQuery = PageQuery.extend(cashRewardsOf)
export type CashRewardsQuery = z.infer<typeof CashRewardsQuery>
/** The totals of everyone. */
export const CashRewardsExportQuery = z.strictObject(cashRewardsOf)
export type CashRewardsExportQuery = z.infer<typeof CashRewardsExportQuery>

const cash = {
  /** Gift cards they got, for rewards that stand. */
  giftCards: Amount,
  /** Credit that was paid out to them. */
  payouts: Amount,
  total: Amount,
}

/** What is as good as cash to one person in a year. */
export const CashReward = z.strictObject({
  contactId: id('contact'),
  name: z.string(),
  ...cash,
  /** `over` from the organization's threshold on, `near` from 80% of it. */
  reach: z.enum(thresholdReaches),
})
export type CashReward = z.infer<typeof CashReward>

/** Gift cards and payouts of each person in a calendar year, the largest totals first. */
export const CashRewardsReport = page(CashReward)
  .extend({
    year: z.int(),
    currency: Currency,
    otherCurrencies: z.array(Currency),
    /** The organization's; null without one, or for another currency than the organization's. */
    threshold: Amount.nullable(),
    people: z.int(),
    near: z.int(),
    over: z.int(),
    totals: z.strictObject(cash),
  })
  .meta({ id: 'CashRewardsReport' })
export type CashRewardsReport = z.infer<typeof CashRewardsReport>
