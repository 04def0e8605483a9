import { expect, it } from 'vitest'
import { budgetReached } from './budget.ts'

const budget = { budget: 500_000, warningPercent: 80 }

it.each([
  [0, 399_999, null],
  [399_999, 400_000, 'warning'],
  [400_000, 410_000, null],
  [410_000, 499_999, null],
  [499_999, 500_000, 'used_up'],
  [0, 500_000, 'used_up'],
  [500_000, 510_000, null],
  [400_000, 400_000, null],
  [500_000, 420_000, null],
] as const)('of $5,000.00 used, from %i to %i cents, staff are told: %s', (before, after, told) => {
  expect(budgetReached(before, after, budget)).toBe(told)
})
