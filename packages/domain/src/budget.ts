/** At how much of a budget staff are told, unless the campaign says otherwise. */
export const budgetWarningPercent = 80

export type Budget = {
  /** Minor units. */
  budget: number
  warningPercent: number
}

export type BudgetLevel = 'warning' | 'used_up'

/** How far a budget is used; null while less than the warning level is. */
function levelAt(spent: number, { budget, warningPercent }: Budget): BudgetLevel | null {
  if (spent >= budget) return 'used_up'
  // Both sides times 100, so that nothing is rounded.
  return spent * 100 >= budget * warningPercent ? 'warning' : null
}

/** The level that is reached by spending more, from `before` to `after`; null if none is. Minor units. */
export function budgetReached(before: number, after: number, budget: Budget): BudgetLevel | null {
  const [was, is] = [levelAt(before, budget), levelAt(after, budget)]
  return is !== null && is !== was && after > before ? is : null
}
