import { AppError } from './errors.ts'
import type { OwnHeaders } from './send.ts'

/**
 * `points` requests per `seconds` and key. Households, offices and schools share an address: these limits stop machines, not
 * people. What people send is judged by its own budgets (`submissionBudgets`), which refuse nobody.
 */
const policies = {
  signIn: { points: 10, duration: 900 },
  signInAddress: { points: 5, duration: 900 },
  submit: { points: 600, duration: 600 },
  friendPage: { points: 30, duration: 600 },
  identity: { points: 60, duration: 60 },
  publicRead: { points: 600, duration: 60 },
  credential: { points: 1_200, duration: 60 },
  inbound: { points: 15_000, duration: 60 },
} as const

export type Policy = keyof typeof policies
export type RateLimits = ReturnType<typeof createRateLimits>

type Quota = { used: number; until: number }

/** So many keys of each policy are counted at once: a flood of addresses does not fill the memory. */
const maxKeys = 100_000
const none: OwnHeaders = {}

/**
 * Counts in this process's memory. `take` throws rate_limited with Retry-After, and otherwise returns the rate limit
 * headers. `takeNow` does so at once.
 */
export function createRateLimits(enabled: boolean) {
  const counted = Object.fromEntries(Object.keys(policies).map((name) => [name, new Map<string, Quota>()])) as Record<
    Policy,
    Map<string, Quota>
  >

  function takeNow(policy: Policy, key: string): OwnHeaders {
    if (!enabled) return none
    const { points, duration } = policies[policy]
    const now = Date.now()
    let quota = counted[policy].get(key)
    if (quota === undefined || now >= quota.until) {
      quota = { used: 0, until: now + duration * 1_000 }
      add(counted[policy], key, quota, now)
    }
    quota.used += 1
    const left = Math.max(0, points - quota.used)
    const seconds = Math.max(1, Math.ceil((quota.until - now) / 1_000))
    const headers = {
      'ratelimit-policy': `"${policy}";q=${points};w=${duration}`,
      ratelimit: `"${policy}";r=${left};t=${seconds}`,
    } as const
    if (quota.used <= points) return headers
    throw new AppError('rate_limited', {
      detail: `Too many requests. Try again in ${seconds} seconds.`,
      headers: { ...headers, 'retry-after': String(seconds) },
    })
  }
  return { take: async (policy: Policy, key: string) => takeNow(policy, key), takeNow }
}

/** A map lists its keys in the order they were added, which is the order in which their time ends. */
function add(quotas: Map<string, Quota>, key: string, quota: Quota, now: number): void {
  quotas.delete(key)
  for (const [oldest, { until }] of quotas) {
    if (now < until && quotas.size < maxKeys) break
    quotas.delete(oldest)
  }
  quotas.set(key, quota)
}
