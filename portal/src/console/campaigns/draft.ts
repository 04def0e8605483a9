import type { Campaign, Currency, SideTerms, Terms } from '@goodword/contracts'
import { addDays, dayIn, formatAmountInput, startOfDay } from '@goodword/domain'

/** What is offered to one side, as it stands in the fields. Fields of another kind keep what was typed in them. */
export type SideDraft = {
  kind: 'fixed' | 'percent' | 'none' | 'custom'
  amount: string
  percent: string
  least: string
  most: string
  minJob: string
  text: string
}

export type BonusDraft = { key: string; at: string; amount: string }

/** The editor's fields, all as text: a half-typed amount is kept as it is. */
export type Draft = {
  name: string
  status: Campaign['status']
  startsOn: string
  endsOn: string
  friendOffer: string
  termsText: string
  linkTarget: Campaign['linkTarget']
  landingUrl: string
  friend: SideDraft
  advocate: SideDraft
  bonuses: BonusDraft[]
  countEachYear: boolean
  holdDays: string
  yearCap: string
  expiresDays: string
  liveMax: string
  honor: Terms['honor']
  existingCustomers: Terms['existingCustomers']
}

const emptySide: SideDraft = { kind: 'none', amount: '', percent: '', least: '', most: '', minJob: '', text: '' }

export const emptyDraft: Draft = {
  name: '',
  status: 'active',
  startsOn: '',
  endsOn: '',
  friendOffer: '',
  termsText: '',
  linkTarget: 'hosted',
  landingUrl: '',
  friend: { ...emptySide, kind: 'fixed', amount: '20.00' },
  advocate: { ...emptySide, kind: 'percent', percent: '5' },
  bonuses: [],
  countEachYear: false,
  holdDays: '14',
  yearCap: '',
  expiresDays: '',
  liveMax: '50',
  honor: 'never_less',
  existingCustomers: 'reject',
}

function sideDraft(side: SideTerms, currency: Currency): SideDraft {
  const money = (amount: number | undefined) => (amount === undefined ? '' : formatAmountInput(amount, currency))
  if (side.kind === 'none') return emptySide
  const minJob = money(side.minJobValue)
  if (side.kind === 'discount_code') return { ...emptySide, minJob }
  if (side.kind === 'custom')
    return { ...emptySide, kind: 'custom', text: side.text, amount: money(side.amount), minJob }
  const { value } = side
  if (value.type === 'fixed') return { ...emptySide, kind: 'fixed', amount: money(value.amount), minJob }
  return {
    ...emptySide,
    kind: 'percent',
    percent: String(value.basisPoints / 100),
    least: money(value.minAmount),
    most: money(value.maxAmount),
    minJob,
  }
}

/** The last day a campaign is open; `endsAt` is the first moment after it. */
const lastDay = (endsAt: string, timeZone: string) => dayIn(timeZone, Date.parse(endsAt) - 1)

/** The editor's fields for a campaign as it is published. */
export function draftOf(campaign: Campaign, timeZone: string): Draft {
  const { terms, currency } = campaign
  return {
    name: campaign.name,
    status: campaign.status,
    startsOn: campaign.startsAt ? dayIn(timeZone, Date.parse(campaign.startsAt)) : '',
    endsOn: campaign.endsAt ? lastDay(campaign.endsAt, timeZone) : '',
    friendOffer: campaign.friendOffer,
    termsText: campaign.termsText,
    linkTarget: campaign.linkTarget,
    landingUrl: campaign.landingUrl ?? '',
    friend: sideDraft(terms.friend, currency),
    advocate: sideDraft(terms.advocate, currency),
    bonuses: [...terms.milestones]
      .sort((a, b) => a.at - b.at)
      .map(({ at, amount }) => ({ key: `at-${at}`, at: String(at), amount: formatAmountInput(amount, currency) })),
    countEachYear: terms.countEachYear,
    holdDays: String(terms.holdDays),
    yearCap: terms.advocateCaps.year === undefined ? '' : formatAmountInput(terms.advocateCaps.year, currency),
    expiresDays: terms.pendingExpiresDays === undefined ? '' : String(terms.pendingExpiresDays),
    liveMax: String(terms.liveReferralsMax),
    honor: terms.honor,
    existingCustomers: terms.existingCustomers,
  }
}

/** First and last day as the moments the API keeps; a day that was not touched keeps its exact moment. */
export function momentsOf(draft: Draft, published: Campaign | null, timeZone: string) {
  const before = published ? draftOf(published, timeZone) : null
  const at = (day: string) => new Date(startOfDay(day, timeZone)).toISOString()
  const startsAt = draft.startsOn === '' ? null : at(draft.startsOn)
  const endsAt = draft.endsOn === '' ? null : at(addDays(draft.endsOn, 1))
  return {
    startsAt: before && published && before.startsOn === draft.startsOn ? published.startsAt : startsAt,
    endsAt: before && published && before.endsOn === draft.endsOn ? published.endsAt : endsAt,
  }
}

/** Every field as one text, by name: what a change is counted by and what "Was $10.00" reads from. */
export function flat(draft: Draft): Record<string, string> {
  const { friend, advocate, bonuses, ...rest } = draft
  const side = (name: string, value: SideDraft) =>
    Object.entries(visibleOf(value)).map(([field, text]) => [`${name}.${field}`, text])
  return Object.fromEntries([
    ...Object.entries(rest).map(([field, value]) => [field, String(value)]),
    ...side('friend', friend),
    ...side('advocate', advocate),
    ...bonuses.map(({ at, amount }) => [`bonus.${at}`, amount]),
  ])
}

/** Only the fields the kind uses: switching to Percent and back is no change. */
function visibleOf(side: SideDraft): Partial<SideDraft> {
  const { kind, amount, percent, least, most, minJob, text } = side
  if (kind === 'none') return { kind }
  if (kind === 'fixed') return { kind, amount, minJob }
  if (kind === 'percent') return { kind, percent, least, most, minJob }
  return { kind, text, amount, minJob }
}

/** The names of the fields that differ. */
export function changesBetween(before: Draft, after: Draft): string[] {
  const a = flat(before)
  const b = flat(after)
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name])
}

const merged = <T extends object>(before: T, mine: T, theirs: T): T =>
  Object.fromEntries(
    Object.entries(mine).map(([field, value]) => {
      const same = JSON.stringify(value) === JSON.stringify(before[field as keyof T])
      return [field, same ? theirs[field as keyof T] : value]
    }),
  ) as T

/** What was typed, on top of what someone else published meanwhile: a field that was not touched takes theirs. */
export const onTopOf = (theirs: Draft, before: Draft, mine: Draft): Draft => ({
  ...merged(before, mine, theirs),
  friend: merged(before.friend, mine.friend, theirs.friend),
  advocate: merged(before.advocate, mine.advocate, theirs.advocate),
})
