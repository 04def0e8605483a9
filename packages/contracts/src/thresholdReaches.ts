/** How far what somebody got in a year is from the threshold: not near, near, or at or over it. */
export const thresholdReaches = ['none', 'near', 'over'] as const
export type ThresholdReach = (typeof thresholdReaches)[number]
