import type { Currency, PortalProgram, RewardValue, Terms } from '@goodword/contracts'
import { isWorthMoney } from '@goodword/domain'
import type { Words } from '@goodword/words/server'
import { nameInSentence } from './portal.words.ts'

/** A friend who booked, oldest first. `heldUntil` is set while the reward is on hold. Names are masked. */
export type Booked = { displayName: string | null; heldUntil: number | null }

type NextReward = NonNullable<PortalProgram['nextReward']>
type Setting = { currency: Currency; timeZone: string; words: Words }

const stepsBefore = 3
const stepsAfter = 12

/** The advocate's next tier or bonus and the progress toward it; null if there is none. */
export function nextReward(terms: Terms, booked: Booked[], setting: Setting): NextReward | null {
  const count = booked.length
  const all = thresholds(terms, setting)
  const next = all.find(({ at }) => at > count)
  if (!next) return null
  const first = Math.max(1, count - stepsBefore)
  const last = Math.min(all.at(-1)?.at ?? next.at, first + stepsBefore + stepsAfter)
  const steps = Array.from({ length: last - first + 1 }, (_, index) => {
    const nth = first + index
    return { nth, amount: amountAt(terms, nth), state: stateAt(booked, nth) }
  })
  const countText = setting.words.say('credit.next.count', { count: String(count), total: next.at })
  return { title: next.title, countText, steps, why: whyHeld(booked, setting) }
}

/** The most friends a next tier or bonus can ask for; 0 if there is none. Whoever has that many has no next one. */
export const lastThreshold = (terms: Terms, setting: Setting): number =>
  Math.max(0, ...thresholds(terms, setting).map(({ at }) => at))

/** The friend counts at which the advocate's reward rises, first to last. */
function thresholds(terms: Terms, { currency, words }: Setting): { at: number; title: string }[] {
  if (terms.advocate.kind === 'none') return []
  const bonuses = terms.milestones.map(({ at, amount }) => ({
    at,
    title: words.say('credit.next.bonus', { amount: words.money(amount, currency) }),
  }))
  const tiers = isWorthMoney(terms.advocate) ? terms.tiers : []
  const rises = tiers
    .filter(({ from }) => !bonuses.some(({ at }) => at === from))
    .map(({ from, value }) => ({
      at: from,
      title: words.say('credit.next.value', { value: valueText(value, currency, words) }),
    }))
  return [...bonuses, ...rises].sort((a, b) => a.at - b.at)
}

const valueText = (value: RewardValue, currency: Currency, words: Words) =>
  value.type === 'fixed'
    ? words.money(value.amount, currency)
    : words.say('offer.headline.back', { figure: words.value(value, currency) })

/**
 * The reward that is certain for the nth friend. A share of a job isn't known before the job, so only its bonus is
 * shown.
 */
function amountAt(terms: Terms, nth: number): number | null {
  const bonus = terms.milestones.find(({ at }) => at === nth)?.amount ?? 0
  const value = valueAt(terms, nth)
  const amount = bonus + (value?.type === 'fixed' ? value.amount : 0)
  return amount === 0 ? null : amount
}

function valueAt({ advocate, tiers }: Terms, nth: number): RewardValue | null {
  if (!isWorthMoney(advocate)) return null
  const begun = tiers.filter(({ from }) => from <= nth).sort((a, b) => b.from - a.from)
  return begun[0]?.value ?? advocate.value
}

function stateAt(booked: Booked[], nth: number): 'done' | 'held' | 'open' {
  const friend = booked[nth - 1]
  if (!friend) return 'open'
  return friend.heldUntil === null ? 'done' : 'held'
}

function whyHeld(booked: Booked[], { timeZone, words }: Setting): string | null {
  const index = booked.findLastIndex(({ heldUntil }) => heldUntil !== null)
  const friend = booked[index]
  if (!friend || friend.heldUntil === null) return null
  return words.start(
    words.say('credit.next.why', {
      friend: nameInSentence(friend.displayName, words),
      nth: index + 1,
      day: words.day(friend.heldUntil, timeZone),
    }),
  )
}
