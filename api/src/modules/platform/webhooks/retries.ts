const seconds = (count: number) => count * 1_000
const minutes = (count: number) => seconds(count * 60)
const hours = (count: number) => minutes(count * 60)

/** How long a delivery waits after each attempt that failed; the first is made at once. 3 days and 4 hours in all. */
export const waits = [
  seconds(5),
  minutes(5),
  minutes(30),
  hours(2),
  hours(5),
  hours(10),
  hours(14),
  hours(20),
  hours(24),
]

/** An endpoint to which nothing got through for so long is switched off. */
export const givenUpAfterMs = hours(72)
const longestAsked = hours(24)

export type Next = { state: 'delivered' } | { state: 'failed'; gone: boolean } | { state: 'queued'; waitMs: number }

/**
 * What comes after an attempt. 2xx is delivered, 410 is gone for good. Otherwise it waits, up to a tenth longer by `chance`
 * (0 to 1), so that what failed together does not come back together, and at least as long as Retry-After asks for.
 */
export function afterAttempt(
  attempt: { number: number; status: number | null; retryAfterMs: number | null },
  chance: number,
): Next {
  const { status, number } = attempt
  if (status !== null && status >= 200 && status < 300) return { state: 'delivered' }
  const wait = waits[number - 1]
  if (status === 410 || wait === undefined) return { state: 'failed', gone: status === 410 }
  const asked = Math.min(attempt.retryAfterMs ?? 0, longestAsked)
  return { state: 'queued', waitMs: Math.max(Math.round(wait * (1 + chance / 10)), asked) }
}
