import { expect, it } from 'vitest'
import { floodOfCode, isCrowded, submissionBudgets, velocityFlags } from './abuse.ts'

const quiet = { codeHour: 0, codeDay: 0, networkHour: 0, blockHour: 0, organizationHour: 0 }

it.each([
  ['codeHour', 'velocity'],
  ['codeDay', 'velocity'],
  ['networkHour', 'network_velocity'],
  ['blockHour', 'network_velocity'],
  ['organizationHour', 'organization_velocity'],
] as const)('the friend after the budget %s is used up is flagged, and the last within it is not', (name, flag) => {
  expect(velocityFlags({ ...quiet, [name]: submissionBudgets[name] - 1 })).toEqual([])
  expect(velocityFlags({ ...quiet, [name]: submissionBudgets[name] })).toEqual([flag])
  expect(isCrowded([flag])).toBe(true)
})

it('only velocity asks for proof: a family on one network does not', () => {
  expect(isCrowded(['same_network', 'same_device', 'same_name', 'hidden_field', 'no_proof'])).toBe(false)
  expect(isCrowded([])).toBe(false)
})

it('a flood is more than the budgets, so that a good hour is not taken for one', () => {
  expect(floodOfCode.hour).toBeGreaterThan(submissionBudgets.codeHour)
  expect(floodOfCode.day).toBeGreaterThan(submissionBudgets.codeDay)
})
