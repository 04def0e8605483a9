import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterAttempt, givenUpAfterMs, waits } from './retries.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const failed = (number: number, more: { status?: number; retryAfterMs?: number } = {}, chance = 0) =>
  afterAttempt({ number, status: more.status ?? 500, retryAfterMs: more.retryAfterMs ?? null }, chance)

describe('an event that was not taken', () => {
  it('is sent again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, then stands as failed', () => {
    const schedule = Array.from({ length: 10 }, (_, index) => failed(index + 1))
    expect(schedule.map((next) => (next.state === 'queued' ? next.waitMs : next.state))).toEqual([
      5 * second,
      5 * minute,
      30 * minute,
      2 * hour,
      5 * hour,
      10 * hour,
      14 * hour,
      20 * hour,
      24 * hour,
      'failed',
    ])
  })

  it('has been tried for longer than the three days after which its address is given up', () => {
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(givenUpAfterMs)
  })

  it('comes back up to a tenth later, by chance', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.double({ min: 0, max: 1, noNaN: true }), (number, chance) => {
        const next = failed(number, {}, chance)
        const wait = waits[number - 1] ?? 0
        const waited = next.state === 'queued' ? next.waitMs : 0
        expect(waited >= wait && waited <= Math.round(wait * 1.1)).toBe(true)
      }),
    )
  })

  it('waits as long as Retry-After asks for, a day at most, and never less than it would', () => {
    expect(failed(1, { status: 429, retryAfterMs: hour })).toEqual({ state: 'queued', waitMs: hour })
    expect(failed(1, { status: 503, retryAfterMs: 1_000 * hour })).toEqual({ state: 'queued', waitMs: 24 * hour })
    expect(failed(3, { status: 503, retryAfterMs: second })).toEqual({ state: 'queued', waitMs: 30 * minute })
  })

  it('is not sent again to an address that says it is gone', () => {
    expect(failed(1, { status: 410 })).toEqual({ state: 'failed', gone: true })
  })

  it('is delivered by any 2xx and by nothing else', () => {
    for (const status of [200, 201, 202, 204, 299]) expect(failed(1, { status }).state).toBe('delivered')
    for (const status of [199, 300, 302, 304, 400, 401, 404, 500]) expect(failed(1, { status }).state).toBe('queued')
    expect(afterAttempt({ number: 1, status: null, retryAfterMs: null }, 0).state).toBe('queued')
  })
})
