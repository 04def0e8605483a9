import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from './errors.ts'
import { createRateLimits } from './rateLimits.ts'

describe('a rate limit', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
  afterEach(() => void vi.useRealTimers())

  const refusal = (take: () => unknown) => {
    try {
      take()
    } catch (error) {
      if (error instanceof AppError) return error.facts.headers?.['retry-after']
    }
    return null
  }

  it('lets so many requests of an address through, and says when there are more', () => {
    const { takeNow } = createRateLimits(true)
    for (let left = 4; left >= 0; left -= 1)
      expect(takeNow('signInAddress', 'a').ratelimit).toBe(`"signInAddress";r=${left};t=900`)
    vi.advanceTimersByTime(899_000)
    expect(refusal(() => takeNow('signInAddress', 'a'))).toBe('1')
    expect(refusal(() => takeNow('signInAddress', 'b'))).toBeNull()
    expect(refusal(() => takeNow('signIn', 'a'))).toBeNull()
    vi.advanceTimersByTime(1_000)
    expect(takeNow('signInAddress', 'a').ratelimit).toBe('"signInAddress";r=4;t=900')
  })

  it('remembers a limited number of addresses, those that came last', () => {
    const { takeNow } = createRateLimits(true)
    for (let time = 0; time < 5; time += 1) takeNow('signInAddress', 'first')
    for (let n = 0; n < 99_999; n += 1) takeNow('signInAddress', `flood ${n}`)
    expect(refusal(() => takeNow('signInAddress', 'first'))).toBe('900')
    takeNow('signInAddress', 'one more')
    expect(refusal(() => takeNow('signInAddress', 'first'))).toBeNull()
  })
})
