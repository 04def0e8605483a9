import { describe, expect, it } from 'vitest'
import type { TestServices, World } from '../../../../test/harness.ts'
import { annasRewards, codeOf } from '../../../../test/rewards.ts'
import { worldForEach } from '../../../../test/worlds.ts'
import { verify } from '../../../verify.ts'
import { uploadCodes } from '../../program/campaigns/codePool.ts'
import { listToDeliver } from '../../surfaces/console/deliveries.queries.ts'
import { loadReward } from '../../surfaces/console/rewards.queries.ts'
import { overrideReward } from '../../surfaces/console/rewards.ts'
import { balanceIn } from '../ledger/ledger.ts'

let test: TestServices
let world: World
worldForEach((...given) => {
  ;[test, world] = given
})

const { play, tab } = annasRewards(() => ({ test, world }))
type Step = 'pending' | 'issued' | 'redeemed' | 'voided'

const change = (id: string, status: Step, confirmOwed = false) =>
  overrideReward(world.ctx, id, { status, reason: 'By hand', confirmOwed, notify: false })
const toDo = async () => (await listToDeliver(world.ctx, { limit: 5 })).items.map(({ id }) => id)
const isSound = async () => expect(await verify(test.services.database.read)).toEqual([])
const held = { friend: { kind: 'none' }, approval: 'staff' } as const

describe('staff change the status of a reward by hand at each step', () => {
  it.each(['pool', 'generated'] as const)('of a code of kind %s, which stays the same code', async (source) => {
    const discount = { type: 'percent', basisPoints: 2_000 } as const
    const { campaign } = await play({ ...held, advocate: { kind: 'discount_code', discount, source } })
    if (source === 'pool') await uploadCodes(world.ctx, campaign.id, { codes: ['SAVE-1', 'SAVE-2'] })
    const id = (await tab('to_approve'))[0]?.id ?? ''
    const { code } = await change(id, 'issued')
    expect(code).not.toBeNull()
    for (const step of ['redeemed', 'issued', 'voided', 'pending'] as const) await change(id, step)
    expect(await loadReward(world.ctx, id)).toMatchObject({ status: 'issued', code })
    await isSound()
  })

  it('of a custom reward, which is to be delivered whenever it was given and is not there yet', async () => {
    await play({ ...held, advocate: { kind: 'custom', text: 'A bottle of olive oil' } })
    const id = (await tab('to_approve'))[0]?.id ?? ''
    await change(id, 'issued')
    expect(await toDo()).toEqual([id])
    await change(id, 'redeemed')
    expect(await toDo()).toEqual([])
    await change(id, 'issued')
    expect(await toDo()).toEqual([id])
    await change(id, 'voided')
    expect(await toDo()).toEqual([])
    await change(id, 'pending')
    expect(await toDo()).toEqual([id])
    await isSound()
  })

  it('of credit, which is used by redemptions and never by hand', async () => {
    const { anna } = await play(held)
    const id = (await tab('to_approve'))[0]?.id ?? ''
    await change(id, 'issued')
    expect(await change(id, 'redeemed').catch(codeOf)).toBe('reward_settled')
    await change(id, 'voided')
    expect(await balanceIn(world.ctx, anna, 'USD')).toMatchObject({ available: 0, held: 0 })
    expect(await change(id, 'voided').catch(codeOf)).toBe('reward_settled')
    await change(id, 'pending')
    expect(await balanceIn(world.ctx, anna, 'USD')).toMatchObject({ available: 5_000, held: 0 })
    await isSound()
  })
})
