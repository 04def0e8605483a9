import { momentAt } from '@goodword/domain'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FriendForm, friendForm } from '../../../../test/friendForm.ts'
import { createTestServices, createWorld, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { contextFor } from '../../../shared/context.ts'
import { messages } from '../../platform/messages/messages.table.ts'
import { convertReferral } from '../../surfaces/console/referrals.ts'
import { portalHome } from '../../surfaces/portal/portal.queries.ts'
import { previewRemoval } from './removal.ts'

/** The first moment of January where the business is. */
const newYear = momentAt('2027-01-01', '00:00', 'America/Los_Angeles')

let test: TestServices
let world: World
let friends: FriendForm

beforeAll(async () => {
  test = await createTestServices()
  test.clock.set(newYear - 86_400_000)
  world = await createWorld(test.services)
  friends = friendForm(test, world)
})
afterAll(() => test.close())

const fixed = (amount: number) => ({ type: 'fixed', amount }) as const

/** An advocate with two converted friends, and a third who isn't yet. */
async function threeFriends(countEachYear: boolean) {
  const tiers = [{ from: 3, value: fixed(5_000) }]
  const campaign = await world.campaign({ advocate: { kind: 'credit', value: fixed(2_500) }, tiers, countEachYear })
  const { id, contactId, code } = await world.advocate(campaign.id, stranger('Rosa Medina'))
  const refer = () => world.referral(id, stranger())
  const converted = await refer()
  for (const friend of [converted, await refer()])
    await convertReferral(world.ctx, friend.id, { jobValue: 10_000, notify: false })
  await refer()
  return { contactId, converted: converted.id, comeBy: () => friends.send(friends.form(code, stranger())) }
}

async function portalOf(contactId: string) {
  const reader = { type: 'contact', id: contactId, scope: 'view', sessionId: 'pse_test' } as const
  const [program] = (await portalHome(contextFor(test.services, world.organization.id, reader))).programs
  return [program?.headline, program?.friends[0]?.amountText]
}

async function lastNotice(contactId: string) {
  const rows = await test.services.database.read.select().from(messages).where(eq(messages.contactId, contactId))
  return rows.findLast(({ template }) => template === 'referral_received_advocate')?.body
}

it('pays the tier it reaches, and the portal, the notice and the preview of a removal say so before', async () => {
  const { contactId, converted, comeBy } = await threeFriends(false)
  await comeBy()
  expect(await portalOf(contactId)).toEqual(['Give $20, get $50', '$50'])
  expect(await lastNotice(contactId)).toContain('$50')
  const { advocate } = await previewRemoval(world.ctx, converted)
  expect(advocate).toMatchObject({ before: 2, after: 1, next: '$50.00', nextAfter: '$25.00' })
})

it('is the first again in January where friends are counted anew each year', async () => {
  const { contactId, converted, comeBy } = await threeFriends(true)
  expect(await portalOf(contactId)).toEqual(['Give $20, get $50', '$50'])
  test.clock.set(newYear)
  await comeBy()
  expect(await portalOf(contactId)).toEqual(['Give $20, get $25', '$25'])
  expect(await lastNotice(contactId)).toContain('$25')
  const { advocate } = await previewRemoval(world.ctx, converted)
  expect(advocate).toMatchObject({ before: 2, after: 1, next: '$25.00', nextAfter: '$25.00' })
})
