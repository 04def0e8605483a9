const seconds = (count: number) => count * 1_000
const minutes = (count: number) => seconds(count * 60)
const hours = (count: number) => minutes(count * 60)

/** How long a delivery waits after each attempt that failed; the first is made at once. 3 days and 4 hours in all. */
export const waitsMs = [
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
export const jitter = 0.1

/** An endpoint to which nothing got through for so long is switched off. */
export const givenUpAfterMs = hours(72)
/** A longer Retry-After than this is not waited for. */
export const longestAskedMs = hours(24)

export const isTaken = (status: number | null): boolean => status !== null && status >= 200 && status < 300
/** For good: nothing is sent there again. */
export const isGone = (status: number | null): boolean => status === 410
