import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { TestServices, World } from '../../../../test/harness.ts'
import { anotherWorldForEach } from '../../../../test/worlds.ts'
import { updateCampaign } from '../../surfaces/console/campaigns.ts'
import { loadReferral } from '../../surfaces/console/referrals.detail.queries.ts'
import { acceptReferral, declineReferral, reopenReferral } from '../../surfaces/console/referrals.ts'
import { expireDueReferrals } from './expiry.ts'
import { campaignsToCheck } from './referrals.due.queries.ts'
import { referrals } from './referrals.table.ts'

const day = 86_400_000

describe('what is due to expire', () => {
  let test: TestServices
  let world: World
  anotherWorldForEach((...given) => {
    ;[test, world] = given
  })

  const statusOf = async (id: string) => (await loadReferral(world.ctx, id)).status
  async function waiting(pendingExpiresDays?: number, settings: Parameters<World['campaign']>[1] = {}) {
    const campaign = await world.campaign(pendingExpiresDays ? { pendingExpiresDays } : {}, settings)
    const anna = await world.advocate(campaign.id)
    const { id } = await world.referral(anna.id)
    await expireDueReferrals(test.services)
    expect(await statusOf(id)).toBe('pending')
    return { campaign, anna, id }
  }
  const publish = (campaign: { id: string; terms: object }, pendingExpiresDays: number) =>
    updateCampaign(world.ctx, campaign.id, {
      termsVersion: 1,
      terms: { ...(campaign.terms as Parameters<World['campaign']>[0] & object), pendingExpiresDays } as never,
    })
  async function expiresAfter(id: string, ms: number) {
    test.clock.advance(ms - 1)
    await expireDueReferrals(test.services)
    expect(await statusOf(id)).toBe('pending')
    test.clock.advance(1)
    expect(await expireDueReferrals(test.services)).toBe(1)
    expect(await statusOf(id)).toBe('expired')
  }

  it('waits days of 24 hours, also when the clocks change in between', async () => {
    // The clocks in Los Angeles go back on November 1, 2026, and forward on March 14, 2027.
    for (const before of ['2026-10-25T18:00:00Z', '2027-03-10T18:00:00Z']) {
      test.clock.set(Date.parse(before))
      await expiresAfter((await waiting(10)).id, 10 * day)
    }
  })

  it('waits anew once it is reopened', async () => {
    const { id } = await waiting(10)
    test.clock.advance(6 * day)
    await declineReferral(world.ctx, id, 'No answer')
    await reopenReferral(world.ctx, id, 'They called back')
    await expiresAfter(id, 10 * day)
  })

  it('is found at once when new terms shorten the wait', async () => {
    const { campaign, id } = await waiting(30)
    test.clock.advance(12 * day)
    expect(await expireDueReferrals(test.services)).toBe(0)
    await publish(campaign, 12)
    expect(await expireDueReferrals(test.services)).toBe(1)
    expect(await statusOf(id)).toBe('expired')
  })

  it('waits longer when new terms lengthen the wait', async () => {
    const { campaign, id } = await waiting(10)
    test.clock.advance(9 * day)
    await publish(campaign, 30)
    await expiresAfter(id, 21 * day)
  })

  it('is found behind one that still waits, whichever was reopened or is older than the last check', async () => {
    const { campaign, anna, id } = await waiting(10)
    const { id: older } = await world.referral(anna.id)
    await test.services.database.write((tx) =>
      tx
        .update(referrals)
        .set({ createdAt: test.clock.now() - 9 * day })
        .where(eq(referrals.id, older)),
    )
    await expiresAfter(older, day)
    expect(await statusOf(id)).toBe('pending')
    expect(campaign.id).toBeDefined()
  })

  it('is also found when it becomes open in a campaign that is over', async () => {
    const { campaign, anna, id } = await waiting(undefined, { whenEnded: 'expire_all' })
    const { id: declined } = await world.referral(anna.id)
    await declineReferral(world.ctx, declined, 'No sale')
    await updateCampaign(world.ctx, campaign.id, { termsVersion: 1, status: 'ended' })
    expect(await expireDueReferrals(test.services)).toBe(1)
    expect(await statusOf(id)).toBe('expired')
    await reopenReferral(world.ctx, declined, 'They called back')
    await acceptReferral(world.ctx, declined)
    expect(await expireDueReferrals(test.services)).toBe(1)
    expect(await loadReferral(world.ctx, declined)).toMatchObject({ status: 'expired', reason: 'The campaign ended' })
  })

  it('stays open once its ended campaign is reopened before anyone looked, and expires at the new end', async () => {
    const { campaign, id } = await waiting()
    const at = (ms: number) => new Date(test.clock.now() + ms).toISOString()
    await updateCampaign(world.ctx, campaign.id, { termsVersion: 1, status: 'ended' })
    await updateCampaign(world.ctx, campaign.id, { termsVersion: 1, status: 'active', endsAt: at(5 * day) })
    await expiresAfter(id, 5 * day)
  })

  it('is all there is to look at: a campaign with nothing due is left alone until then', async () => {
    const { campaign, id } = await waiting(10)
    const toCheck = async () => await campaignsToCheck(test.services.database.read, test.clock.now(), 1_000)
    expect(await toCheck()).not.toContain(campaign.id)
    await world.referral((await world.advocate(campaign.id)).id)
    await acceptReferral(world.ctx, (await world.referral((await world.advocate(campaign.id)).id)).id)
    test.clock.advance(10 * day - 1)
    expect(await toCheck()).not.toContain(campaign.id)
    test.clock.advance(1)
    expect(await toCheck()).toContain(campaign.id)
    await expireDueReferrals(test.services)
    expect(await statusOf(id)).toBe('expired')
    expect(await toCheck()).not.toContain(campaign.id)
  })

  it('is looked for in all campaigns together: none has to wait for the check of another', async () => {
    for (let n = 0; n < 120; n += 1) await world.campaign(n % 2 ? { pendingExpiresDays: 10 } : {})
    const { id } = await waiting(10)
    test.clock.advance(11 * day)
    await expireDueReferrals(test.services)
    expect(await statusOf(id)).toBe('expired')
    expect(await campaignsToCheck(test.services.database.read, test.clock.now(), 1_000)).toEqual([])
  })

  it('keeps one that cannot be expired from delaying another', async () => {
    const { id } = await waiting(10)
    test.clock.advance(1)
    const { id: other } = await waiting(10)
    const { database } = test.services
    await database.write((tx) =>
      tx.run(sql`CREATE TRIGGER broken BEFORE UPDATE ON referrals WHEN NEW.id = ${sql.raw(`'${id}'`)} AND NEW.status = 'expired'
        BEGIN SELECT RAISE(ABORT, 'broken'); END`),
    )
    test.clock.advance(10 * day)
    await expireDueReferrals(test.services)
    expect([await statusOf(id), await statusOf(other)]).toEqual(['pending', 'expired'])
    await database.write((tx) => tx.run(sql`DROP TRIGGER broken`))
    expect(await expireDueReferrals(test.services)).toBe(1)
    expect(await statusOf(id)).toBe('expired')
  })
})
