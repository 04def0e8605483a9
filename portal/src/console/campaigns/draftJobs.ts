import type { Currency, JobRules, RewardValue, Terms } from '@goodword/contracts'
import { formatAmountInput } from '@goodword/domain'

/** What further jobs of friends earn, as the editor's fields. When their jobs convert is edited under Jobs > When to ask. */
export type JobsDraft = {
  repeat: 'none' | 'times' | 'months'
  repeatCount: string
  /** For the advocate of a further job. `other` is a reward that only the API can set; it stays as it is. */
  repeatType: RewardValue['type'] | 'other'
  repeatPercent: string
  repeatAmount: string
}

const unset: JobRules = { convertAt: 'by_hand', refunds: 'propose' }

export const noJobs: JobsDraft = {
  repeat: 'none',
  repeatCount: '1',
  repeatType: 'fixed',
  repeatPercent: '',
  repeatAmount: '',
}

/** The editor's fields for published terms. */
export function toJobsDraft({ jobs }: Terms, currency: Currency): JobsDraft {
  const repeat = jobs?.repeat
  if (!repeat) return noJobs
  const { limit, advocate, friend } = repeat
  const value = advocate.kind === 'credit' && advocate.minJobValue === undefined ? advocate.value : null
  const isPlain =
    value !== null &&
    friend.kind === 'none' &&
    (value.type === 'fixed' || (value.minAmount === undefined && value.maxAmount === undefined))
  return {
    repeat: limit.type,
    repeatCount: String(limit.type === 'times' ? limit.times : limit.months),
    repeatType: isPlain && value ? value.type : 'other',
    repeatPercent: isPlain && value?.type === 'percent' ? String(value.basisPoints / 100) : '',
    repeatAmount: isPlain && value?.type === 'fixed' ? formatAmountInput(value.amount, currency) : '',
  }
}

type Reading = {
  count: (name: string, text: string) => number | undefined
  money: (name: string, text: string) => number | undefined
  percent: (name: string, text: string) => number | undefined
  required: <T>(name: string, value: T | undefined, sentence: string) => T | undefined
}

/** The rules in the fields; undefined while nothing differs from a campaign without any. All others stay as published. */
export function parseJobs(reader: Reading, draft: JobsDraft, published: Terms | null): JobRules | undefined {
  const repeat = parseRepeat(reader, draft, published)
  if (!published?.jobs && !repeat) return undefined
  const { repeat: _, ...others } = published?.jobs ?? unset
  return { ...others, ...(repeat ? { repeat } : {}) }
}

function parseRepeat(reader: Reading, draft: JobsDraft, published: Terms | null): JobRules['repeat'] {
  const { repeat, repeatCount, repeatType } = draft
  if (repeat === 'none') return undefined
  const count =
    reader.required('jobs.repeatCount', reader.count('jobs.repeatCount', repeatCount), 'Enter a whole number.') ?? 1
  const limit = repeat === 'times' ? { type: repeat, times: count } : { type: repeat, months: count }
  const before = published?.jobs?.repeat
  if (repeatType === 'other' && before) return { ...before, limit }
  const value: RewardValue =
    repeatType === 'percent'
      ? {
          type: 'percent',
          basisPoints:
            reader.required(
              'jobs.repeatPercent',
              reader.percent('jobs.repeatPercent', draft.repeatPercent),
              'Enter a percentage such as 5 or 2.5.',
            ) ?? 1,
        }
      : {
          type: 'fixed',
          amount:
            reader.required(
              'jobs.repeatAmount',
              reader.money('jobs.repeatAmount', draft.repeatAmount),
              'Enter an amount such as 25.00.',
            ) ?? 1,
        }
  return { limit, advocate: { kind: 'credit', value }, friend: { kind: 'none' } }
}
