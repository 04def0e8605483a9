import type { Currency, PortalProgram, RewardValue, Terms } from '@goodword/contracts'
import { formatBasisPoints, formatDay, formatMoney, ordinal } from '@goodword/domain'
import { atStart, spokenName } from './portal.words.ts'

/** A friend who booked, oldest first; `heldUntil` while the reward waits. Names are masked. */
export type Booked = { displayName: string; heldUntil: number | null }

type NextReward = NonNullable<PortalProgram['nextReward']>
type Setting = { currency: Currency; timeZone: string }

const stepsBefore = 3
const stepsAfter = 12

/** What the advocate's next tier or bonus is and how far it is; null when nothing rises any more. */
export function nextReward(terms: Terms, booked: Booked[], setting: Setting): NextReward | null {
  const count = booked.length
  const all = thresholds(terms, setting.currency)
  const next = all.find(({ at }) => at > count)
  if (!next) return null
  const first = Math.max(1, count - stepsBefore)
  const last = Math.min(all.at(-1)?.at ?? next.at, first + stepsBefore + stepsAfter)
  const steps = Array.from({ length: last - first + 1 }, (_, index) => {
    const nth = first + index
    return { nth, amount: amountAt(terms, nth), state: stateAt(booked, nth) }
  })
  return { title: next.title, countText: `${count} of ${next.at} friends`, steps, why: whyHeld(booked, setting) }
}

/** Each friend at whom the advocate's side rises, first to last. */
function thresholds(terms: Terms, currency: Currency): { at: number; title: string }[] {
  if (terms.advocate.kind === 'none') return []
  const bonuses = terms.milestones.map(({ at, amount }) => ({
    at,
    title: `Next reward: ${formatMoney(amount, currency)} bonus`,
  }))
  const tiers = terms.advocate.kind === 'credit' ? terms.tiers : []
  const rises = tiers
    .filter(({ from }) => !bonuses.some(({ at }) => at === from))
    .map(({ from, value }) => ({ at: from, title: `Next: ${valueText(value, currency)} for a friend` }))
  return [...bonuses, ...rises].sort((a, b) => a.at - b.at)
}

const valueText = (value: RewardValue, currency: Currency) =>
  value.type === 'fixed' ? formatMoney(value.amount, currency) : `${formatBasisPoints(value.basisPoints)} back`

/** What the nth friend is sure to earn: a share of a job is unknown before the job, so that only its bonus shows. */
function amountAt(terms: Terms, nth: number): number | null {
  const bonus = terms.milestones.find(({ at }) => at === nth)?.amount ?? 0
  const value = valueAt(terms, nth)
  const amount = bonus + (value?.type === 'fixed' ? value.amount : 0)
  return amount === 0 ? null : amount
}

function valueAt({ advocate, tiers }: Terms, nth: number): RewardValue | null {
  if (advocate.kind !== 'credit') return null
  const begun = tiers.filter(({ from }) => from <= nth).sort((a, b) => b.from - a.from)
  return begun[0]?.value ?? advocate.value
}

function stateAt(booked: Booked[], nth: number): 'done' | 'held' | 'open' {
  const friend = booked[nth - 1]
  if (!friend) return 'open'
  return friend.heldUntil === null ? 'done' : 'held'
}

function whyHeld(booked: Booked[], { timeZone }: Setting): string | null {
  const index = booked.findLastIndex(({ heldUntil }) => heldUntil !== null)
  const friend = booked[index]
  if (!friend || friend.heldUntil === null) return null
  const who = atStart(spokenName(friend.displayName))
  return `${who} counts already, as your ${ordinal(index + 1)} friend. That reward is expected ${formatDay(friend.heldUntil, timeZone)}.`
}
