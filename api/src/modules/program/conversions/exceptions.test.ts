import type { Exceptions } from '@goodword/contracts'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createTestServices, createWorld, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { balanceIn } from '../../money/ledger/ledger.ts'
import { messages } from '../../platform/messages/messages.table.ts'
import { loadAdvocate } from '../../surfaces/console/advocates.queries.ts'
import { archiveAdvocate } from '../../surfaces/console/advocates.ts'
import { convertReferral } from '../../surfaces/console/referrals.ts'
import { enrollments } from '../advocates/advocates.table.ts'
import { getEnrollment } from '../advocates/advocates.ts'
import { previewConversion } from './preview.ts'

let test: TestServices
let world: World
let anna: { id: string; contactId: string }
beforeEach(async () => {
  test = await createTestServices()
  world = await createWorld(test.services)
  const campaign = await world.campaign()
  anna = await world.advocate(campaign.id)
})
afterEach(() => test.close())

const except = (exceptions: Exceptions | null) =>
  world.ctx.database.write((db) => db.update(enrollments).set({ exceptions }).where(eq(enrollments.id, anna.id)))
const fixed = (amount: number): Exceptions => ({ advocate: { kind: 'credit', value: { type: 'fixed', amount } } })

it("pays one advocate by her custom terms instead of the campaign's", async () => {
  await except({ ...fixed(10_000), holdDays: 3 })
  const referral = await world.referral(anna.id)
  // $100.00 flat for any job, so no job value is required.
  expect(await previewConversion(world.ctx, referral.id, {})).toMatchObject({
    jobValueRequired: false,
    holdDays: 3,
    advocate: { amount: 10_000 },
    friend: { amount: 2_000 },
  })
  await convertReferral(world.ctx, referral.id, { notify: true })
  expect(await balanceIn(world.ctx, anna.contactId, 'USD')).toMatchObject({ available: 0, held: 10_000 })
  const queued = await test.services.database.read.select().from(messages)
  expect(queued.find(({ template }) => template === 'friend_welcome')?.body).toContain('Give $20, get 5% back')
})

it("pays no less from the 3rd friend on, where the campaign's tiers begin", async () => {
  const { id } = await world.campaign({ tiers: [{ from: 1, value: { type: 'fixed', amount: 2_500 } }] })
  anna = await world.advocate(id, stranger('Anna Marsh'))
  await except(fixed(10_000))
  const referral = await world.referral(anna.id)
  expect((await previewConversion(world.ctx, referral.id, {})).advocate.amount).toBe(10_000)
  await except({ ...fixed(10_000), tiers: [{ from: 1, value: { type: 'fixed', amount: 12_000 } }] })
  expect((await previewConversion(world.ctx, referral.id, {})).advocate.amount).toBe(12_000)
})

it('tells a friend who was already an advocate with custom terms that those apply again', async () => {
  const { campaignId } = await getEnrollment(world.ctx, anna.id)
  const ben = await world.advocate(campaignId, stranger('Ben Ito'))
  await except(fixed(10_000))
  await archiveAdvocate(world.ctx, anna.id)
  const { name, email } = await loadAdvocate(world.ctx, anna.id)
  const referral = await world.referral(ben.id, { name, email: email ?? '' })
  await convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: true })
  const queued = await test.services.database.read.select().from(messages)
  expect(queued.find(({ template }) => template === 'friend_welcome')?.body).toContain('Give $20, get $100')
})

it('pays by custom terms at submission even if they have been removed since', async () => {
  await except(fixed(10_000))
  const referral = await world.referral(anna.id)
  await except(null)
  await convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: false })
  // 5% of $1,000.00 would be $50.00.
  expect(await balanceIn(world.ctx, anna.contactId, 'USD')).toMatchObject({ available: 10_000 })
})

it('requires staff approval for the rewards of one advocate only', async () => {
  await except({ approval: 'staff' })
  const referral = await world.referral(anna.id)
  await convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: false })
  expect(await balanceIn(world.ctx, anna.contactId, 'USD')).toMatchObject({ available: 0, held: 5_000 })
})
