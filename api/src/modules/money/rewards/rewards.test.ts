import { describe, expect, it } from 'vitest'
import type { TestServices, World } from '../../../../test/harness.ts'
import { annasRewards } from '../../../../test/rewards.ts'
import { worldForEach } from '../../../../test/worlds.ts'
import { isUniqueViolation } from '../../../database/constraint.ts'
import { transaction } from '../../../shared/context.ts'
import { findConversion } from '../../program/conversions/conversions.ts'
import { balanceIn } from '../ledger/ledger.ts'
import { createReward } from './rewards.ts'
import { voidRewards } from './voiding.ts'

let test: TestServices
let world: World
worldForEach(
  (...given) => {
    ;[test, world] = given
  },
  { holds: false },
)

const { play } = annasRewards(() => ({ test, world }))

/** A conversion without rewards, and a function that rewards Anna for it. */
async function unrewarded() {
  const { anna, campaign, jobs } = await play({ advocate: { kind: 'none' }, friend: { kind: 'none' } })
  const conversion = await findConversion(world.ctx, jobs[0] ?? '')
  const source = { type: 'conversion', id: conversion?.id ?? '' } as const
  const reward = (amount: number) =>
    transaction(world.ctx, (tx) =>
      createReward(tx, {
        source,
        campaignId: campaign.id,
        enrollmentId: null,
        contactId: anna,
        side: 'advocate',
        kind: 'credit',
        text: null,
        amount,
        currency: 'USD',
        availableAt: tx.clock(),
        offThisJob: false,
        needsApproval: false,
        codeSource: null,
      }),
    )
  return { anna, source, reward }
}

describe('a side', () => {
  it('is rewarded once per source, however many try at the same time, and the others move no money', async () => {
    const { anna, reward } = await unrewarded()
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => reward(5_000)))
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    expect(refused).toHaveLength(7)
    expect(refused.every((reason) => isUniqueViolation(reason))).toBe(true)
    expect(await balanceIn(world.ctx, anna, 'USD')).toMatchObject({ available: 5_000, held: 0, owed: 0 })
  })

  it("isn't rewarded again for a source whose reward was voided", async () => {
    const { anna, source, reward } = await unrewarded()
    await reward(5_000)
    await transaction(world.ctx, (tx) => voidRewards(tx, [source], { reason: 'Refunded', confirmOwed: false }))
    await expect(reward(5_000)).rejects.toSatisfy((reason) => isUniqueViolation(reason))
    expect(await balanceIn(world.ctx, anna, 'USD')).toMatchObject({ available: 0, held: 0, owed: 0 })
  })
})
