import { text } from 'node:stream/consumers'
import type { ReferralQuery } from '@goodword/contracts'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { createWorld, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { anotherWorldForEach } from '../../../../test/worlds.ts'
import { loadAdvocate } from '../../surfaces/console/advocates.queries.ts'
import { loadCampaign } from '../../surfaces/console/campaigns.queries.ts'
import { countReferrals } from '../../surfaces/console/referrals.counts.queries.ts'
import { loadReferral } from '../../surfaces/console/referrals.detail.queries.ts'
import { exportReferrals } from '../../surfaces/console/referrals.export.queries.ts'
import { listReferrals } from '../../surfaces/console/referrals.queries.ts'
import { summarizeReferrals } from '../../surfaces/console/referrals.summary.queries.ts'
import {
  acceptReferral,
  assignReferral,
  clearFlags,
  convertReferral,
  createReferral,
  declineReferral,
  reopenReferral,
} from '../../surfaces/console/referrals.ts'
import { deleteReferral } from '../conversions/removal.ts'
import { changeReferrals } from './bulk.ts'
import { expireDueReferrals } from './expiry.ts'
import { addNote, deleteNote, notesOf } from './notes.ts'
import { referrals } from './referrals.table.ts'

const day = 86_400_000

describe('work on referrals', () => {
  let test: TestServices
  let world: World
  anotherWorldForEach((...given) => {
    ;[test, world] = given
  })

  const convert = (id: string) => convertReferral(world.ctx, id, { jobValue: 100_000, notify: false })
  const list = async (query: Partial<ReferralQuery>) =>
    (await listReferrals(world.ctx, { limit: 20, sort: 'newest', ...query })).items.map(({ id }) => id)
  async function campaignContext() {
    const campaign = await world.campaign()
    const anna = await world.advocate(campaign.id)
    const friend = stranger()
    return { campaign, anna, friend, referral: await world.referral(anna.id, friend) }
  }

  describe('reopening', () => {
    it('undoes a decline, with the actor and reason on the timeline', async () => {
      const { referral } = await campaignContext()
      await declineReferral(world.ctx, referral.id, 'Not in our area', 'wrong_area')
      expect(await loadReferral(world.ctx, referral.id)).toMatchObject({ invalidReason: 'wrong_area' })
      const open = await reopenReferral(world.ctx, referral.id, 'They moved into our area')
      expect(open).toMatchObject({ status: 'pending', invalidReason: null })
      expect(open.timeline.at(-1)).toMatchObject({ status: 'pending', reason: 'They moved into our area' })
      await expect(reopenReferral(world.ctx, referral.id, 'Twice')).rejects.toMatchObject({
        code: 'transition_not_allowed',
      })
    })

    it('is refused once a rival has converted, and possible again after that was reversed', async () => {
      const { campaign, friend, referral } = await campaignContext()
      const marcus = await world.advocate(campaign.id, stranger('Marcus Tate'))
      const rival = await world.referral(marcus.id, friend)
      await convert(rival.id)
      await expect(reopenReferral(world.ctx, referral.id, 'Anna was first')).rejects.toMatchObject({
        code: 'rival_converted',
        facts: { existingId: rival.id },
      })
      await deleteReferral(world.ctx, rival.id, { reason: 'It was Anna', confirmOwed: false })
      expect((await reopenReferral(world.ctx, referral.id, 'Anna was first')).status).toBe('pending')
    })

    it('is refused if the advocate has referred the friend again since', async () => {
      const { anna, friend, referral } = await campaignContext()
      await declineReferral(world.ctx, referral.id, 'No sale')
      const again = await world.referral(anna.id, friend)
      await expect(reopenReferral(world.ctx, referral.id, 'Changed their mind')).rejects.toMatchObject({
        code: 'already_referred',
        facts: { existingId: again.id },
      })
    })

    it('restarts the days until it expires', async () => {
      const campaign = await world.campaign({ pendingExpiresDays: 10 })
      const anna = await world.advocate(campaign.id)
      const referral = await world.referral(anna.id)
      const before = test.clock.now()
      test.clock.advance(11 * day)
      await expireDueReferrals(test.services)
      expect((await loadReferral(world.ctx, referral.id)).status).toBe('expired')
      await reopenReferral(world.ctx, referral.id, 'They called after all')
      test.clock.advance(9 * day)
      await expireDueReferrals(test.services)
      expect((await loadReferral(world.ctx, referral.id)).status).toBe('pending')
      test.clock.advance(2 * day)
      await expireDueReferrals(test.services)
      expect((await loadReferral(world.ctx, referral.id)).status).toBe('expired')
      test.clock.set(before)
    })

    it('and converting a rival at the same moment: only one succeeds', async () => {
      const { campaign, friend, referral } = await campaignContext()
      await declineReferral(world.ctx, referral.id, 'No sale')
      const marcus = await world.advocate(campaign.id, stranger('Marcus Tate'))
      const rival = await world.referral(marcus.id, friend)
      await Promise.allSettled([convert(rival.id), reopenReferral(world.ctx, referral.id, 'Anna says so')])
      expect((await loadReferral(world.ctx, rival.id)).status).toBe('converted')
      expect(['declined', 'expired']).toContain((await loadReferral(world.ctx, referral.id)).status)
    })
  })

  describe('bulk changes', () => {
    it('accept the referrals they can and name the one whose status has changed', async () => {
      const { anna, referral } = await campaignContext()
      const tomas = await world.referral(anna.id, stranger('Tomas Berg'))
      await declineReferral(world.ctx, tomas.id, 'No sale')
      const { results } = await changeReferrals(world.ctx, { ids: [referral.id, tomas.id], action: 'accept' })
      expect(results).toMatchObject([
        { id: referral.id, done: true, code: null },
        { id: tomas.id, name: 'Tomas Berg', done: false, code: 'transition_not_allowed' },
      ])
      expect(await list({ status: 'accepted' })).toEqual([referral.id])
    })

    it('decline as invalid with a reason, and a referral listed twice only once', async () => {
      const { referral } = await campaignContext()
      const spam = { action: 'decline', reason: 'Spam', invalidReason: 'spam' } as const
      const { results } = await changeReferrals(world.ctx, { ids: [referral.id, referral.id], ...spam })
      expect(results.map(({ done }) => done)).toEqual([true])
      expect(await loadReferral(world.ctx, referral.id)).toMatchObject({ status: 'declined', invalidReason: 'spam' })
    })
  })

  describe('deleting a referral', () => {
    it('is for admins only', async () => {
      const { referral } = await campaignContext()
      const wrong = { reason: 'Wrong advocate', confirmOwed: false }
      await expect(deleteReferral(await world.as('staff'), referral.id, wrong)).rejects.toMatchObject({
        code: 'forbidden',
      })
    })

    it('reverses what it earned, and removes it from every list and count', async () => {
      const { campaign, anna, friend, referral } = await campaignContext()
      await convert(referral.id)
      await deleteReferral(world.ctx, referral.id, { reason: 'Wrong advocate', confirmOwed: false })
      expect(await list({})).toEqual([])
      expect((await summarizeReferrals(world.ctx)).total).toBe(0)
      expect(await countReferrals(world.ctx, {})).toMatchObject({ total: 0 })
      await expect(loadReferral(world.ctx, referral.id)).rejects.toMatchObject({ code: 'not_found' })
      await expect(acceptReferral(world.ctx, referral.id)).rejects.toMatchObject({ code: 'not_found' })
      expect(await loadAdvocate(world.ctx, anna.id)).toMatchObject({ available: 0, referrals: 0 })
      expect(await loadCampaign(world.ctx, campaign.id)).toMatchObject({ referrals: 0, converted: 0 })
      // The friend can be referred again, by the same advocate too.
      expect((await world.referral(anna.id, friend)).status).toBe('pending')
    })

    it('makes its external reference available again', async () => {
      const { anna } = await campaignContext()
      const job = () =>
        createReferral(world.ctx, { advocateId: anna.id, friend: stranger(), externalId: 'job-7', metadata: {} })
      const first = await job()
      await deleteReferral(world.ctx, first.id, { reason: 'Entered twice', confirmOwed: false })
      expect((await job()).externalId).toBe('job-7')
    })
  })

  it('keeps staff notes, which only their author can delete', async () => {
    const { referral } = await campaignContext()
    const note = await addNote(world.ctx, referral.id, 'Wants a call after five')
    expect(note).toMatchObject({ by: 'Maya Ortiz', own: true })
    const { actor } = world.ctx
    const sam = { ...world.ctx, actor: actor.type === 'member' ? { ...actor, id: 'mem_sam' } : actor }
    await expect(deleteNote(sam, referral.id, note.id)).rejects.toMatchObject({ code: 'forbidden' })
    await deleteNote(world.ctx, referral.id, note.id)
    expect(await notesOf(world.ctx, referral.id)).toEqual([])
  })

  it('can be assigned to a member, but to nobody outside the organization', async () => {
    const { referral } = await campaignContext()
    const { actor } = world.ctx
    const me = actor.type === 'member' ? actor.id : ''
    expect(await assignReferral(world.ctx, referral.id, me)).toMatchObject({ assignee: { name: 'Maya Ortiz' } })
    expect(await list({ assigneeId: me })).toEqual([referral.id])
    expect(await list({ assigneeId: 'none' })).toEqual([])
    const other = await createWorld(test.services, 'Bayside')
    const theirs = other.ctx.actor.type === 'member' ? other.ctx.actor.id : ''
    await expect(assignReferral(world.ctx, referral.id, theirs)).rejects.toMatchObject({ code: 'not_found' })
    expect((await assignReferral(world.ctx, referral.id, null)).assignee).toBeNull()
  })

  it("filters by day in the organization's time zone, by open flags, and by missing advocate", async () => {
    const { campaign, anna, referral } = await campaignContext()
    // 06:30 UTC on June 2 is still June 1 in Los Angeles.
    await set(referral.id, { createdAt: Date.parse('2026-06-02T06:30:00Z'), flags: ['velocity'] })
    const second = await world.referral(anna.id, stranger('Dev Rao'))
    await set(second.id, { createdAt: Date.parse('2026-06-02T07:00:00Z') })
    const nameless = await createReferral(world.ctx, { campaignId: campaign.id, friend: stranger(), metadata: {} })
    await set(nameless.id, { createdAt: Date.parse('2026-06-05T12:00:00Z') })
    expect(await list({ from: '2026-06-01', to: '2026-06-01' })).toEqual([referral.id])
    expect(await list({ from: '2026-06-02' })).toEqual([nameless.id, second.id])
    expect(await list({ flagged: true })).toEqual([referral.id])
    expect(await list({ unattributed: true })).toEqual([nameless.id])
    expect(await countReferrals(world.ctx, { unattributed: false })).toMatchObject({ total: 2 })
    await clearFlags(world.ctx, referral.id)
    expect(await list({ flagged: true })).toEqual([])
    expect((await loadReferral(world.ctx, referral.id)).flags).toEqual(['velocity'])
  })

  it('sorts by the latest conversion, and pages through the rest without a gap', async () => {
    const { anna, referral } = await campaignContext()
    const others = [await world.referral(anna.id), await world.referral(anna.id), await world.referral(anna.id)]
    await convert(referral.id)
    test.clock.advance(1_000)
    await convert(others[0]?.id ?? '')
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listReferrals(world.ctx, { limit: 1, sort: 'converted', ...(cursor ? { cursor } : {}) })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(seen.slice(0, 2)).toEqual([others[0]?.id, referral.id])
    expect(new Set(seen).size).toBe(4)
  })

  it('exports the same filter as a spreadsheet, in major units', async () => {
    const { anna, referral } = await campaignContext()
    await world.referral(anna.id, stranger('=HYPERLINK("x")'))
    await convert(referral.id)
    const csv = await text(await exportReferrals(world.ctx, { sort: 'newest', status: 'converted' }))
    const [header = '', line = '', end] = csv.split('\r\n')
    expect(header).toContain('Job value,Advocate reward,Friend reward')
    // A job of $1,000.00: 5% is $50.00, and $20.00 for the friend.
    expect(line).toContain('USD,1000.00,50.00,20.00')
    expect(end).toBe('')
    expect(await text(await exportReferrals(world.ctx, { sort: 'newest', ids: [referral.id] }))).toBe(csv)
    expect(await text(await exportReferrals(world.ctx, { sort: 'newest' }))).toContain(`"'=HYPERLINK`)
  })

  const set = (id: string, values: Partial<typeof referrals.$inferInsert>) =>
    test.services.database.write(async (tx) => {
      await tx.update(referrals).set(values).where(eq(referrals.id, id))
    })
})
