import { ordinal } from '@goodword/domain'
import { describeTier, normalizeAmount, type TierDraft } from './draftSide.ts'
import { parseCount } from './terms.ts'

type Note = { text: string; isWrong: boolean }

/** Whom a tier pays, or what it repeats of another one; null while its number is not one. */
export function tierNote(tier: TierDraft, tiers: readonly TierDraft[]): Note | null {
  const from = parseCount(tier.from)
  if (from === null) return null
  const others = tiers.flatMap((one) => {
    const at = one.key === tier.key ? null : parseCount(one.from)
    return at === null ? [] : [{ at, value: worthOf(one) }]
  })
  if (others.some(({ at }) => at === from))
    return { text: `Two tiers start at the ${ordinal(from)} friend.`, isWrong: true }
  const before = others.filter(({ at }) => at < from).sort((a, b) => b.at - a.at)[0]
  const value = worthOf(tier)
  if (value !== null && value === before?.value)
    return { text: `Pays the same as from the ${ordinal(before.at)} friend on.`, isWrong: true }
  const next = Math.min(...others.flatMap(({ at }) => (at > from ? at : [])))
  return { text: spanText(from, next - 1), isWrong: false }
}

/** What it pays, however it is typed; null while that is missing. */
function worthOf(tier: TierDraft): string | null {
  if ((tier.type === 'fixed' ? tier.amount : tier.percent) === '') return null
  const same = (['amount', 'percent', 'least', 'most'] as const).map((name) => [name, normalizeAmount(tier[name])])
  return describeTier({ ...tier, ...Object.fromEntries(same) })
}

function spanText(from: number, last: number): string {
  if (last === Number.POSITIVE_INFINITY) return `${ordinal(from)} and every one after`
  if (last === from) return `${ordinal(from)} only`
  return `${ordinal(from)} ${last === from + 1 ? 'and' : 'to'} ${ordinal(last)}`
}
