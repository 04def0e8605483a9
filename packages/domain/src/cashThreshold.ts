import type { ThresholdReach } from '@goodword/contracts'

/** The share of a threshold from which somebody is near it; percent. */
export const nearThresholdPercent = 80

/** How far a person's total of a year is from a threshold; both in minor units, null without a threshold. */
export function reachOfThreshold(total: number, threshold: number | null): ThresholdReach {
  if (threshold === null) return 'none'
  if (total >= threshold) return 'over'
  return total * 100 >= threshold * nearThresholdPercent ? 'near' : 'none'
}
