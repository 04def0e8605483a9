import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { writeConversions } from '../../../../test/busyAdvocate.ts'
import type { TestServices, World } from '../../../../test/harness.ts'
import { worldForEach } from '../../../../test/worlds.ts'
import { adjustCredit, redeemCredit } from './credit.ts'

let test: TestServices
let world: World
worldForEach(
  (...given) => {
    ;[test, world] = given
  },
  { holds: false },
)

describe('a contact with more rewards than a statement takes values', () => {
  const count = 33_000

  it('redeems them all at once, in the order in which they became available', async () => {
    const campaign = await world.campaign()
    const { id: enrollmentId, contactId: anna } = await world.advocate(campaign.id)
    await writeConversions(world, { campaignId: campaign.id, enrollmentId, contactId: anna }, count)
    await adjustCredit(world.ctx, anna, { amount: count * 100, note: 'What they earned' })
    await redeemCredit(world.ctx, anna, { amount: count * 100 - 150, note: 'A new roof' })
    const left = await test.services.database.read.all<[number]>(
      sql`SELECT created_at FROM rewards WHERE status = 'issued' ORDER BY created_at`,
    )
    // The very first one was released last, after a long hold.
    expect(left).toEqual([[1], [count]])
  })
})
