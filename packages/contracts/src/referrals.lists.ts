import * as z from 'zod'
import { Day, ExternalId, id, PageQuery, SearchText } from './primitives.ts'
import { ReferralStatus } from './referrals.ts'

const yes = z.enum(['true', 'false']).transform((text) => text === 'true')

const filters = {
  /** Finds referrals by what their friend and their advocate are found by, by what was submitted, and by externalId. */
  q: SearchText.optional(),
  campaignId: id('campaign').optional(),
  advocateId: id('enrollment').optional(),
  externalId: ExternalId.optional(),
  /** The range of submission dates, both included, in the organization's time zone; of conversions if sorted by them. */
  from: Day.optional(),
  to: Day.optional(),
  /** Only referrals with open flags. */
  flagged: yes.optional(),
  /** Only referrals without an advocate. */
  unattributed: yes.optional(),
  assigneeId: z.union([id('member'), z.literal('none')]).optional(),
}
export const ReferralFilter = z.strictObject(filters)
export type ReferralFilter = z.infer<typeof ReferralFilter>

/**
 * `next_step`: pending and accepted first, longest wait first, then the rest, latest change first, or latest submission
 * first within `from` and `to`. `converted`: the latest conversion first, then the rest, newest first; within `from` and
 * `to` only those converted in that time.
 */
export const referralSorts = ['next_step', 'newest', 'oldest', 'converted'] as const
const listed = {
  ...filters,
  status: ReferralStatus.optional(),
  sort: z.enum(referralSorts).default('next_step'),
}
export const ReferralQuery = PageQuery.extend(listed)
export type ReferralQuery = z.infer<typeof ReferralQuery>

/** The list that a referral is looked at in. `place`: where it stands there, from an earlier answer. */
export const NeighborsQuery = z.strictObject({ ...listed, place: z.string().max(1_000).optional() })
export type NeighborsQuery = z.infer<typeof NeighborsQuery>

/** A referral and its place in the list. Without an id, none was found up to that place: ask again from there. */
const Neighbor = z.strictObject({ id: id('referral').nullable(), place: z.string() })

/**
 * What stands before and after a referral in a list; null at the ends. Sent along, `place` finds the same ones after the
 * referral has changed. It is null if the referral has no place in this list.
 */
export const ReferralNeighbors = z.strictObject({
  place: z.string().nullable(),
  previous: Neighbor.nullable(),
  next: Neighbor.nullable(),
})
export type ReferralNeighbors = z.infer<typeof ReferralNeighbors>

/** The same list as CSV; or only the comma-separated ids. */
export const ReferralExportQuery = z.strictObject({
  ...listed,
  ids: z
    .string()
    .max(3_200)
    .transform((text) => text.split(','))
    .pipe(z.array(id('referral')).max(100))
    .optional(),
})
export type ReferralExportQuery = z.infer<typeof ReferralExportQuery>

/** The filter of a list; `sort` says which date `from` and `to` are about. */
export const ReferralCountQuery = z.strictObject({ ...filters, sort: z.enum(referralSorts).optional() })
export type ReferralCountQuery = z.infer<typeof ReferralCountQuery>

/** The number of referrals per status for the filter. Exact without a filter and for a campaign. */
export const ReferralCounts = z.strictObject({
  counts: z.record(ReferralStatus, z.int()),
  total: z.int(),
  /** The statuses that have this many or more: under a filter, counting stops at 1,000. */
  capped: z.array(ReferralStatus),
})
export type ReferralCounts = z.infer<typeof ReferralCounts>
