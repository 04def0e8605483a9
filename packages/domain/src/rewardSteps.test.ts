import { expect, it } from 'vitest'
import { rewardStepsFrom } from './rewardSteps.ts'

it.each([
  ['pending', 'credit', ['issued', 'voided']],
  ['issued', 'credit', ['voided']],
  ['redeemed', 'credit', ['voided']],
  ['voided', 'credit', ['pending']],
  ['issued', 'gift_card', ['redeemed', 'voided']],
  ['redeemed', 'custom', ['issued', 'voided']],
  ['pending', 'discount_code', ['issued', 'voided']],
] as const)('staff can change a reward that is %s (%s) to %s', (status, kind, steps) => {
  expect(rewardStepsFrom(status, kind)).toEqual(steps)
})
