const seconds = (count: number) => count * 1_000
const minutes = (count: number) => seconds(count * 60)
const hours = (count: number) => minutes(count * 60)

/** The delays after failed attempts: 3 days and 4 hours in all. The first attempt is made immediately. */
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

/** An endpoint is disabled after this long without a successful delivery. */
export const disabledAfterMs = hours(72)
/** A longer Retry-After is ignored. */
export const maxRetryAfterMs = hours(24)

export const isDelivered = (status: number | null): boolean => status !== null && status >= 200 && status < 300
/** The endpoint is gone for good: nothing is sent there again. */
export const isGone = (status: number | null): boolean => status === 410
