import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from './errors.ts'
import type { OwnHeaders } from './send.ts'

/**
 * `points` requests per `seconds` and key. Households and offices share an address: these limits stop machines, not
 * people.
 */
const policies = {
  signIn: { points: 10, duration: 900 },
  signInAddress: { points: 5, duration: 900 },
  submit: { points: 30, duration: 600 },
  publicRead: { points: 600, duration: 60 },
  credential: { points: 1_200, duration: 60 },
} as const

export type Policy = keyof typeof policies
export type RateLimits = ReturnType<typeof createRateLimits>

/**
 * Counts in this process's memory. `take` throws rate_limited with Retry-After, and otherwise returns the rate limit
 * headers.
 */
export function createRateLimits(enabled: boolean) {
  const limiters = Object.fromEntries(
    Object.entries(policies).map(([name, policy]) => [name, new RateLimiterMemory({ ...policy, keyPrefix: name })]),
  ) as Record<Policy, RateLimiterMemory>

  return {
    async take(policy: Policy, key: string): Promise<OwnHeaders> {
      if (!enabled) return {}
      const { points, duration } = policies[policy]
      const quota = { 'ratelimit-policy': `"${policy}";q=${points};w=${duration}` }
      try {
        const left = await limiters[policy].consume(key)
        return { ...quota, ratelimit: `"${policy}";r=${left.remainingPoints};t=${Math.ceil(left.msBeforeNext / 1000)}` }
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused
        const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
        throw new AppError('rate_limited', {
          detail: `Too many requests. Try again in ${seconds} seconds.`,
          headers: { ...quota, ratelimit: `"${policy}";r=0;t=${seconds}`, 'retry-after': String(seconds) },
        })
      }
    },
  }
}
