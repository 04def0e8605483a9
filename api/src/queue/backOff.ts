/** How long a row waits after each attempt that failed; after the last it is given up. */
export type BackOff = {
  waitsMs: readonly number[]
  /** At most this share of a wait is added by chance, so that what failed together does not come back together. */
  jitter?: number
}

/**
 * How long to wait after attempt `attempts`, at least as long as the other side asked for; null when it was the last. `chance`
 * is 0 to 1.
 */
export function waitAfter(
  { waitsMs, jitter = 0 }: BackOff,
  { attempts, atLeastMs = 0 }: { attempts: number; atLeastMs?: number | undefined },
  chance: number,
): number | null {
  const wait = waitsMs[attempts - 1]
  return wait === undefined ? null : Math.max(Math.round(wait * (1 + jitter * chance)), atLeastMs)
}

/** Whether a row was claimed more often than it may be attempted: whoever held it died each time. */
export const isBeyond = ({ waitsMs }: BackOff, attempts: number): boolean => attempts > waitsMs.length + 1
