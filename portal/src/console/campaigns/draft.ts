import { type Campaign, defaultForm, type Terms } from '@goodword/contracts'
import { addDays, budgetWarningPercent, dayIn, defaultLinkDays, formatAmountInput, startOfDay } from '@goodword/domain'
import { type FormDraft, toFormDraft, usedFormFields } from './draftForm.ts'
import { type JobsDraft, noJobs, toJobsDraft } from './draftJobs.ts'
import {
  describeTier,
  emptySide,
  type SideDraft,
  type TierDraft,
  toSideDraft,
  toValueDraft,
  usedSideFields,
} from './draftSide.ts'

export type BonusDraft = { key: string; at: string; amount: string }

/** The editor's fields, all as text, so that a half-typed amount is kept as typed. */
export type Draft = {
  name: string
  status: Campaign['status']
  startsOn: string
  endsOn: string
  friendOffer: string
  termsText: string
  linkTarget: Campaign['linkTarget']
  landingUrl: string
  shareText: string
  form: FormDraft
  whenEnded: Campaign['whenEnded']
  attribution: Campaign['attribution']
  enrollment: Campaign['enrollment']
  friend: SideDraft
  friendRewardUse: Terms['friendRewardUse']
  advocate: SideDraft
  tiers: TierDraft[]
  bonuses: BonusDraft[]
  countEachYear: boolean
  holdDays: string
  approval: Terms['approval']
  totalCap: string
  yearCap: string
  monthCap: string
  budget: string
  /** At how many percent of the budget staff are told. */
  budgetWarning: string
  expiresDays: string
  linkDays: string
  liveMax: string
  honor: Terms['honor']
  existingCustomers: Terms['existingCustomers']
  jobs: JobsDraft
}

export const emptyDraft: Draft = {
  name: '',
  status: 'active',
  startsOn: '',
  endsOn: '',
  friendOffer: '',
  termsText: '',
  linkTarget: 'hosted',
  landingUrl: '',
  shareText: '',
  form: toFormDraft(defaultForm),
  whenEnded: 'expire_pending',
  attribution: 'manual',
  enrollment: 'invited',
  friend: { ...emptySide, kind: 'fixed', amount: '20.00' },
  friendRewardUse: 'after_job',
  advocate: { ...emptySide, kind: 'percent', percent: '5' },
  tiers: [],
  bonuses: [],
  countEachYear: false,
  holdDays: '14',
  approval: 'automatic',
  totalCap: '',
  yearCap: '',
  monthCap: '',
  budget: '',
  budgetWarning: String(budgetWarningPercent),
  expiresDays: '',
  linkDays: String(defaultLinkDays),
  liveMax: '50',
  honor: 'never_less',
  existingCustomers: 'reject',
  jobs: noJobs,
}

/** The last day a campaign is open; `endsAt` is the first moment after it. */
const lastDay = (endsAt: string, timeZone: string) => dayIn(timeZone, Date.parse(endsAt) - 1)

/** The editor's fields for a published campaign. */
export function toDraft(campaign: Campaign, timeZone: string): Draft {
  const { terms, currency } = campaign
  const { total, year, month } = terms.advocateCaps
  const money = (amount: number | undefined) => (amount === undefined ? '' : formatAmountInput(amount, currency))
  return {
    name: campaign.name,
    status: campaign.status,
    startsOn: campaign.startsAt ? dayIn(timeZone, Date.parse(campaign.startsAt)) : '',
    endsOn: campaign.endsAt ? lastDay(campaign.endsAt, timeZone) : '',
    friendOffer: campaign.friendOffer,
    termsText: campaign.termsText,
    linkTarget: campaign.linkTarget,
    landingUrl: campaign.landingUrl ?? '',
    shareText: campaign.shareText,
    form: toFormDraft(campaign.form),
    whenEnded: campaign.whenEnded,
    attribution: campaign.attribution,
    enrollment: campaign.enrollment,
    friend: toSideDraft(terms.friend, currency),
    friendRewardUse: terms.friendRewardUse,
    advocate: toSideDraft(terms.advocate, currency),
    tiers: [...terms.tiers]
      .sort((a, b) => a.from - b.from)
      .map(({ from, value }) => ({ key: `from-${from}`, from: String(from), ...toValueDraft(value, currency) })),
    bonuses: [...terms.milestones]
      .sort((a, b) => a.at - b.at)
      .map(({ at, amount }) => ({ key: `at-${at}`, at: String(at), amount: money(amount) })),
    countEachYear: terms.countEachYear,
    holdDays: String(terms.holdDays),
    approval: terms.approval,
    totalCap: money(total),
    yearCap: money(year),
    monthCap: money(month),
    budget: money(terms.budget),
    budgetWarning: String(terms.budgetWarningPercent ?? budgetWarningPercent),
    expiresDays: terms.pendingExpiresDays === undefined ? '' : String(terms.pendingExpiresDays),
    linkDays: String(terms.linkDays ?? defaultLinkDays),
    liveMax: String(terms.liveReferralsMax),
    honor: terms.honor,
    existingCustomers: terms.existingCustomers,
    jobs: toJobsDraft(terms, currency),
  }
}

/** First and last day as the API's timestamps; an unchanged day keeps its exact timestamp. */
export function campaignPeriod(draft: Draft, published: Campaign | null, timeZone: string) {
  const before = published ? toDraft(published, timeZone) : null
  const at = (day: string) => new Date(startOfDay(day, timeZone)).toISOString()
  const startsAt = draft.startsOn === '' ? null : at(draft.startsOn)
  const endsAt = draft.endsOn === '' ? null : at(addDays(draft.endsOn, 1))
  return {
    startsAt: before && published && before.startsOn === draft.startsOn ? published.startsAt : startsAt,
    endsAt: before && published && before.endsOn === draft.endsOn ? published.endsAt : endsAt,
  }
}

/** Credit and gift cards have tiers. */
export const allowsTiers = ({ kind }: SideDraft): boolean => kind === 'fixed' || kind === 'percent'
export const isCredit = (side: SideDraft): boolean => allowsTiers(side) && side.as === 'credit'
/** Credit, gift cards and custom rewards can have bonuses; a discount code cannot. */
export const allowsBonuses = (side: SideDraft): boolean => allowsTiers(side) || side.kind === 'custom'

/** All fields as text by name, to find changes and show "Was $10.00". */
export function flattenDraft(draft: Draft): Record<string, string> {
  const { friend, friendRewardUse, advocate, tiers, bonuses, form, jobs, ...rest } = draft
  const under = (name: string, fields: object) =>
    Object.entries(fields).map(([field, value]) => [`${name}.${field}`, String(value)])
  return Object.fromEntries([
    ...Object.entries(rest).map(([field, value]) => [field, String(value)]),
    ...under('form', usedFormFields(form)),
    ...under('jobs', jobs),
    ...under('friend', usedSideFields(friend)),
    ...(isCredit(friend) ? [['friendRewardUse', friendRewardUse]] : []),
    ...under('advocate', usedSideFields(advocate)),
    ...(allowsTiers(advocate) ? tiers.map((tier) => [`tier.${tier.from}`, describeTier(tier)]) : []),
    ...(allowsBonuses(advocate) ? bonuses.map(({ at, amount }) => [`bonus.${at}`, amount]) : []),
  ])
}

/** The names of the fields that differ. */
export function changedFields(before: Draft, after: Draft): string[] {
  const a = flattenDraft(before)
  const b = flattenDraft(after)
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name])
}

const mergeFields = <T extends object>(before: T, mine: T, theirs: T): T =>
  Object.fromEntries(
    Object.entries(mine).map(([field, value]) => {
      const same = JSON.stringify(value) === JSON.stringify(before[field as keyof T])
      return [field, same ? theirs[field as keyof T] : value]
    }),
  ) as T

/** Applies our edits to a version someone else published meanwhile: a field we did not change takes their value. */
export const rebaseDraft = (theirs: Draft, before: Draft, mine: Draft): Draft => ({
  ...mergeFields(before, mine, theirs),
  friend: mergeFields(before.friend, mine.friend, theirs.friend),
  advocate: mergeFields(before.advocate, mine.advocate, theirs.advocate),
  form: mergeFields(before.form, mine.form, theirs.form),
})
