import { expect, it } from 'vitest'
import { referralRow } from '../core/testClient.testing.ts'
import { rowReward } from './rowReward.ts'

const clears = { kind: 'reward_clears', at: '2026-06-05T15:00:00.000Z' } as const
const shown = (
  [advocateReward, advocateRewardText]: [number, string | null],
  [friendReward, friendRewardText]: [number, string | null],
  more: object = {},
) => {
  const given = { advocateReward, advocateRewardText, friendReward, friendRewardText }
  const reward = rowReward(referralRow(1, { status: 'converted', ...given, ...more }))
  return reward && `${reward.what}, ${reward.sub}`
}

it('a row says what both sides got, in money or in words, and what of it waits', () => {
  const money: [number, null] = [9_250, null]
  const none: [number, null] = [0, null]
  const code: [number, string] = [0, '20% off']
  const wine: [number, string] = [0, 'A bottle of wine']
  expect(rowReward(referralRow(1))).toBeNull()
  // 9250 + 2000 = 11250
  expect(shown(money, [2_000, null])).toBe('$112.50, both sides')
  expect(shown(money, [2_000, null], { nextStep: clears })).toBe('$112.50, $92.50 on hold')
  expect(shown(money, none)).toBe('$92.50, for the advocate')
  expect(shown(money, none, { nextStep: clears })).toBe('$92.50, on hold')
  expect(shown(none, money)).toBe('$92.50, for the friend')
  expect(shown(none, none)).toBe('$0.00, no reward')
  expect(shown(code, none, { nextStep: clears })).toBe('20% off, on hold')
  expect(shown(code, money, { nextStep: clears })).toBe('$92.50 and 20% off, advocate’s on hold')
  expect(shown(code, code)).toBe('20% off, both sides')
  expect(shown(wine, code)).toBe('A bottle of wine and 20% off, both sides')
  expect(shown(wine, none, { status: 'reversed' })).toBe('A bottle of wine, taken back')
  // What a custom reward is worth is what it costs.
  expect(shown([3_000, 'A bottle of wine'], none)).toBe('$30.00, for the advocate')
})
