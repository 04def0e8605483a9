import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { writeConversions } from '../../../../test/busyAdvocate.ts'
import type { TestServices, World } from '../../../../test/harness.ts'
import { worldForEach } from '../../../../test/worlds.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { erasePerson } from './erasing.ts'

let test: TestServices
let world: World
worldForEach(
  (...given) => {
    ;[test, world] = given
  },
  { holds: false },
)

const changes = async ({ db }: Ctx) => (await db.all<[number]>(sql`SELECT total_changes()`))[0]?.[0] ?? 0

describe('erasing', () => {
  it('an advocate with many referrals and rewards writes only to the rows that say something of them', async () => {
    const campaign = await world.campaign()
    const { id, contactId } = await world.advocate(campaign.id)
    await writeConversions(world, { campaignId: campaign.id, enrollmentId: id, contactId }, 2_000)
    await test.services.database.write(async (tx) => {
      await tx.run(
        sql`UPDATE referrals SET advocate_named = 'Anna K.' WHERE rowid IN (SELECT rowid FROM referrals LIMIT 3)`,
      )
      await tx.run(sql`UPDATE rewards SET reason = 'For Anna' WHERE rowid IN (SELECT rowid FROM rewards LIMIT 3)`)
    })
    const written = await transaction(world.ctx, async (tx) => {
      const before = await changes(tx)
      await erasePerson(tx, contactId)
      return (await changes(tx)) - before
    })
    expect(written).toBeLessThan(100)
    const left = sql`SELECT 1 FROM referrals WHERE advocate_named IS NOT NULL UNION ALL SELECT 1 FROM rewards WHERE reason IS NOT NULL`
    expect(await test.services.database.read.all(left)).toEqual([])
  })

  it('a friend with more referrals than a statement takes values leaves nothing of them', async () => {
    const campaign = await world.campaign()
    const { friend } = await world.referral((await world.advocate(campaign.id)).id)
    const contactId = friend.contactId ?? ''
    await test.services.database.write(async (tx) => {
      await tx.run(sql`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 33000)
        INSERT INTO referrals (id, organization_id, campaign_id, friend_contact_id, status, source, submitted, terms_version,
          flags, without_reward, metadata, created_at, updated_at)
        SELECT 'ref_' || i, ${world.organization.id}, ${campaign.id}, ${contactId}, 'declined', 'api', '{"name":"Priya Shah"}', 1,
          '[]', 0, '{}', 0, 0 FROM n`)
    })
    await transaction(world.ctx, (tx) => erasePerson(tx, contactId))
    const left = sql`SELECT DISTINCT submitted FROM referrals`
    expect(await test.services.database.read.all(left)).toEqual([['{"name":"Erased person"}']])
  })
})
