/** The only campaign of the model: amounts in cents, times in ms. */
export const rules = {
  shareOfJob: 0.05,
  friendGets: 2_000,
  bonusAt: 2,
  bonus: 1_000,
  advocateCap: 30_000,
  budget: 60_000,
  holdDays: 14,
  liveMax: 3,
  pendingDays: 30,
  /** The rewards of this advocate's referrals, on both sides, require approval. */
  watched: 1,
} as const

export const day = 86_400_000
/** Los Angeles in daylight saving time. */
export const midnightAfter = (at: number, days: number) =>
  Math.floor((at - 7 * 3_600_000) / day) * day + 7 * 3_600_000 + days * day
