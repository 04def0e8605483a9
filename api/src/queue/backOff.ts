/** The delays after failed attempts. After the last one, the row is parked. */
export type BackOff = {
  waitsMs: readonly number[]
  /** The largest random share added to a delay, so that rows that failed together aren't retried together. */
  jitter?: number
}

/**
 * The delay after attempt number `attempts`, at least as long as the receiver asked for; null if that was the last
 * attempt. `chance` is from 0 to 1.
 */
export function delayAfter(
  { waitsMs, jitter = 0 }: BackOff,
  { attempts, atLeastMs = 0 }: { attempts: number; atLeastMs?: number | undefined },
  chance: number,
): number | null {
  const wait = waitsMs[attempts - 1]
  return wait === undefined ? null : Math.max(Math.round(wait * (1 + jitter * chance)), atLeastMs)
}

/** Whether a row was claimed more often than its attempts allow, which means that every worker holding it died. */
export const isExhausted = ({ waitsMs }: BackOff, attempts: number): boolean => attempts > waitsMs.length + 1
