import { expect, it } from 'vitest'
import { disabledAfterMs, isDelivered, isGone, waitsMs } from './retries.ts'

it('a failed delivery is retried after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h', () => {
  const minutes = waitsMs.map((ms) => ms / 60_000)
  expect(minutes).toEqual([5 / 60, 5, 30, 120, 300, 600, 840, 1_200, 1_440])
})

it('retries last longer than the three days after which an endpoint is disabled', () => {
  expect(waitsMs.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(disabledAfterMs)
})

it('any 2xx is a success and nothing else is; only 410 means that the endpoint is gone', () => {
  for (const status of [200, 201, 202, 204, 299]) expect(isDelivered(status)).toBe(true)
  for (const status of [null, 199, 300, 302, 304, 400, 401, 404, 500]) expect(isDelivered(status)).toBe(false)
  expect([null, 200, 404, 409, 410, 411, 500].filter(isGone)).toEqual([410])
})
