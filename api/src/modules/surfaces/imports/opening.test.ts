import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServices, createWorld, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { transaction } from '../../../shared/context.ts'
import { verify } from '../../../verify.ts'
import { balanceIn } from '../../money/ledger/ledger.ts'
import { addOpeningCredit, adjustCredit, redeemCredit, reverseOpening } from '../../money/rewards/credit.ts'
import { mergeContacts } from '../console/contacts.ts'

let test: TestServices
let world: World
let campaignId: string
beforeAll(async () => {
  test = await createTestServices()
  world = await createWorld(test.services)
  campaignId = (await world.campaign()).id
})
afterAll(async () => {
  expect(await verify(test.services.database.read)).toEqual([])
  await test.close()
})

describe('an opening balance', () => {
  const left = async (contactId: string) => (await balanceIn(world.ctx, contactId, 'USD')).available
  const opened = async () => {
    const { contactId } = await world.advocate(campaignId, stranger('Gail Ono'))
    const opening = { contactId, amount: 2_000, currency: 'USD', note: 'From the old tool' } as const
    const id = await transaction(world.ctx, (tx) => addOpeningCredit(tx, opening))
    return { contactId, takeBack: () => transaction(world.ctx, (tx) => reverseOpening(tx, id)) }
  }

  it('is reversed once, however many requests arrive at the same time', async () => {
    const { contactId, takeBack } = await opened()
    await adjustCredit(world.ctx, contactId, { amount: 9_000, note: 'Thank you' })
    expect(await Promise.all(Array.from({ length: 8 }, takeBack))).toEqual(Array.from({ length: 8 }, () => true))
    expect(await takeBack()).toBe(true)
    // $20.00 and $90.00, less the $20.00 once.
    expect(await left(contactId)).toBe(9_000)
  })

  it('is reversed once even if it moved to another contact in between', async () => {
    const { contactId, takeBack } = await opened()
    const kept = await world.advocate(campaignId, stranger('Gail O.'))
    await adjustCredit(world.ctx, kept.contactId, { amount: 9_000, note: 'Thank you' })
    expect(await takeBack()).toBe(true)
    await mergeContacts(world.ctx, kept.contactId, { otherId: contactId, confirm: [] })
    expect(await takeBack()).toBe(true)
    expect(await left(kept.contactId)).toBe(9_000)
  })

  it('stays if some of it was used, even for two requests at once', async () => {
    const { contactId, takeBack } = await opened()
    await redeemCredit(world.ctx, contactId, { amount: 1, note: 'Invoice 8' })
    expect(await Promise.all([takeBack(), takeBack()])).toEqual([false, false])
    expect(await left(contactId)).toBe(1_999)
  })
})
