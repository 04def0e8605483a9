import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestServices, createWorld, type TestServices, type World } from '../../../../test/harness.ts'
import { verify } from '../../../verify.ts'
import { balancesOfContact } from '../../money/ledger/ledger.ts'
import { getContact } from '../../people/contacts/contacts.ts'
import { countConverted } from '../../program/conversions/conversions.queries.ts'
import { mergeContacts } from '../console/contacts.ts'
import { convertReferral, reverseConversion } from '../console/referrals.ts'

let test: TestServices
let world: World
beforeAll(async () => {
  test = await createTestServices()
  world = await createWorld(test.services)
})
afterAll(async () => {
  expect(await verify(test.services.database.read)).toEqual([])
  await test.close()
})

const converts = (id: string) => convertReferral(world.ctx, id, { jobValue: 100_000, notify: false })
const merge = (kept: string, otherId: string) => mergeContacts(world.ctx, kept, { otherId, confirm: [] })

it('counts friends of both enrollments toward the next tier', async () => {
  const campaign = await world.campaign({
    advocate: { kind: 'credit', value: { type: 'fixed', amount: 1_000 } },
    milestones: [{ at: 3, amount: 5_000 }],
  })
  const [anna, twin] = [await world.advocate(campaign.id), await world.advocate(campaign.id)]
  await converts((await world.referral(anna.id)).id)
  const second = await world.referral(twin.id)
  await converts(second.id)
  await merge(anna.contactId, twin.contactId)
  expect(await countConverted(world.ctx, anna.id, 0)).toMatchObject({ ever: 2 })
  await converts((await world.referral(anna.id)).id)
  // Three times $10.00, and $50.00 for the third friend.
  expect(await balancesOfContact(world.ctx, anna.contactId)).toMatchObject([{ available: 8_000 }])
  await reverseConversion(world.ctx, second.id, 'Refunded')
  expect(await countConverted(world.ctx, anna.id, 0)).toMatchObject({ ever: 2 })
  expect(await balancesOfContact(world.ctx, anna.contactId)).toMatchObject([{ available: 7_000 }])
})

it('keeps the customer date only from a conversion that still stands', async () => {
  const one = await world.campaign()
  const two = await world.campaign({}, { name: 'Autumn' })
  const first = await world.referral((await world.advocate(one.id)).id)
  const second = await world.referral((await world.advocate(two.id)).id)
  await converts(first.id)
  const since = test.clock.now()
  test.clock.advance(86_400_000)
  await converts(second.id)
  const later = test.clock.now()
  const [kept, other] = [second.friend.contactId ?? '', first.friend.contactId ?? '']
  await merge(kept, other)
  expect((await getContact(world.ctx, kept)).customerSince).toBe(since)
  await reverseConversion(world.ctx, first.id, 'Refunded')
  expect((await getContact(world.ctx, kept)).customerSince).toBe(later)
  await reverseConversion(world.ctx, second.id, 'Refunded')
  expect((await getContact(world.ctx, kept)).customerSince).toBeNull()
})
