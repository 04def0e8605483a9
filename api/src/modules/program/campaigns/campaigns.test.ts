import { Terms } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  anotherWorld,
  createTestServices,
  startOfStory,
  stranger,
  type TestServices,
  type World,
} from '../../../../test/harness.ts'
import { listTerms } from '../../surfaces/console/campaigns.history.queries.ts'
import { listCampaigns, loadCampaign } from '../../surfaces/console/campaigns.queries.ts'
import {
  type createCampaign,
  duplicateCampaign,
  restoreCampaign,
  updateCampaign,
} from '../../surfaces/console/campaigns.ts'
import { loadReferral } from '../../surfaces/console/referrals.detail.queries.ts'
import { acceptReferral } from '../../surfaces/console/referrals.ts'
import { findLinkFacts } from '../../surfaces/embed/form.ts'
import { previewConversion } from '../conversions/preview.ts'
import { expireDueReferrals } from '../referrals/expiry.ts'
import { archiveCampaign, loadCampaignContext } from './campaigns.ts'

const day = 86_400_000
const iso = (at: number) => new Date(at).toISOString()

describe('a campaign', () => {
  let test: TestServices
  let world: World
  beforeAll(async () => {
    test = await createTestServices()
  })
  beforeEach(async () => {
    world = await anotherWorld(test.services)
  })
  afterAll(() => test.close())

  const change = (id: string, input: Omit<Parameters<typeof updateCampaign>[2], 'termsVersion'>) =>
    updateCampaign(world.ctx, id, { termsVersion: 1, ...input })
  const inDays = (count: number) => iso(test.clock.now() + count * day)

  describe('goes from draft to active, pauses, ends and reopens', () => {
    it('and accepts referrals only while it is active', async () => {
      const { id } = await world.campaign({}, { status: 'draft' })
      const anna = await world.advocate(id)
      const refused = (code: string) => expect(world.referral(anna.id)).rejects.toMatchObject({ code })
      await refused('campaign_not_active')
      await change(id, { status: 'active' })
      await world.referral(anna.id)
      await change(id, { status: 'paused' })
      await refused('campaign_not_active')
      await change(id, { status: 'active' })
      await change(id, { status: 'ended' })
      await refused('campaign_ended')
      await change(id, { endsAt: null })
      expect(await loadCampaign(world.ctx, id)).toMatchObject({ status: 'active', endsAt: null })
      await world.referral(anna.id)
    })

    it.each([
      ['draft', 'paused'],
      ['draft', 'ended'],
      ['active', 'draft'],
    ] as const)('but not from %s to %s', async (from, to) => {
      const { id } = await world.campaign({}, { status: from })
      await expect(change(id, { status: to })).rejects.toMatchObject({ code: 'campaign_transition' })
    })

    it('and ends when staff end it, or on its last day if that was earlier', async () => {
      const { id } = await world.campaign({}, { endsAt: inDays(10) })
      expect((await change(id, { status: 'ended' })).endsAt).toBe(iso(test.clock.now()))
      const other = await world.campaign({}, { endsAt: inDays(1) })
      test.clock.advance(5 * day)
      expect((await change(other.id, { status: 'ended' })).endsAt).toBe(other.endsAt)
    })

    it("and doesn't reopen while its end date is in the past", async () => {
      const { id } = await world.campaign()
      await change(id, { status: 'ended' })
      test.clock.advance(day)
      await expect(change(id, { status: 'active' })).rejects.toMatchObject({
        code: 'validation_failed',
        facts: { errors: [{ path: 'endsAt' }] },
      })
      expect(await change(id, { status: 'active', endsAt: inDays(30) })).toMatchObject({ status: 'active' })
    })
  })

  it('and tells a friend who follows a link why it is closed, with its last day', async () => {
    // June 1 in Los Angeles; open through June 3, which ends at midnight there: 07:00 UTC on the 4th.
    const { id } = await world.campaign({}, { endsAt: '2026-06-04T07:00:00.000Z' })
    const { code } = await world.advocate(id)
    const sentence = async () => (await findLinkFacts(world.ctx, code))?.closed?.sentence ?? null
    test.clock.set(startOfStory)
    expect(await sentence()).toBeNull()
    await change(id, { status: 'paused' })
    expect(await sentence()).toBe('This offer isn’t open right now. You can still book a visit.')
    await change(id, { status: 'active', startsAt: inDays(1) })
    expect(await sentence()).toBe('This offer hasn’t started yet. You can still book a visit.')
    test.clock.set(Date.parse('2026-06-04T07:00:00.000Z') - 1)
    expect(await sentence()).toBeNull()
    test.clock.advance(1)
    expect(await sentence()).toBe('This offer ended on Jun 3. You can still book a visit.')
  })

  describe('that ends treats open referrals as configured', () => {
    it.each([
      ['expire_pending', 'expired', 'accepted'],
      ['expire_all', 'expired', 'expired'],
      ['block_new', 'pending', 'accepted'],
    ] as const)('%s makes a pending one %s and an accepted one %s', async (whenEnded, pending, accepted) => {
      const { id } = await world.campaign({}, { whenEnded, endsAt: inDays(3) })
      const anna = await world.advocate(id)
      const [one, other] = [await world.referral(anna.id), await world.referral(anna.id)]
      await acceptReferral(world.ctx, other.id)
      await expireDueReferrals(test.services)
      expect((await loadReferral(world.ctx, one.id)).status).toBe('pending')
      test.clock.advance(3 * day)
      await expireDueReferrals(test.services)
      expect((await loadReferral(world.ctx, one.id)).status).toBe(pending)
      expect((await loadReferral(world.ctx, other.id)).status).toBe(accepted)
    })

    it('when staff end it as well as on the end date', async () => {
      const { id } = await world.campaign()
      const { id: referral } = await world.referral((await world.advocate(id)).id)
      await change(id, { status: 'ended' })
      await expireDueReferrals(test.services)
      expect(await loadReferral(world.ctx, referral)).toMatchObject({ status: 'expired', reason: 'The campaign ended' })
    })
  })

  describe('keeps every version of its terms', () => {
    it('with who published it and what changed, newest first, with pagination', async () => {
      const first = await world.campaign()
      const doubled = { type: 'percent', basisPoints: 1_000 } as const
      const second = Terms.parse({ ...first.terms, advocate: { kind: 'credit', value: doubled } })
      await change(first.id, { terms: second })
      await updateCampaign(world.ctx, first.id, { termsVersion: 2, name: 'Only another name' })
      await updateCampaign(world.ctx, first.id, { termsVersion: 2, terms: { ...second, holdDays: 14 } })
      const page = await listTerms(world.ctx, first.id, { limit: 2 })
      expect(page.items.map(({ version, by, changes }) => [version, by, changes])).toEqual([
        [3, 'Maya Ortiz', ['Hold: 0 days → 14 days']],
        [2, 'Maya Ortiz', ['Advocate: 5% of the job → 10% of the job']],
      ])
      const rest = await listTerms(world.ctx, first.id, { limit: 2, cursor: page.nextCursor ?? '' })
      expect(rest).toMatchObject({ items: [{ version: 1, changes: [] }], nextCursor: null })
    })

    it('and rejects a change based on an older version, writing nothing', async () => {
      const { id, terms } = await world.campaign()
      await change(id, { terms: { ...terms, holdDays: 7 } })
      await expect(change(id, { name: 'Late' })).rejects.toMatchObject({ code: 'campaign_changed' })
      expect(await loadCampaign(world.ctx, id)).toMatchObject({ name: 'Neighbor Thank-You', termsVersion: 2 })
    })

    it("and fills in today's defaults for one stored before approval existed", async () => {
      const { id } = await world.campaign()
      const old = JSON.stringify({ advocate: { kind: 'none' }, friend: { kind: 'none' } })
      await test.services.database.write(async (db) => {
        await db.run(
          sql`INSERT INTO campaign_terms (id, organization_id, campaign_id, version, terms, created_at, created_by) VALUES (${test.services.newId('terms')}, ${world.organization.id}, ${id}, 2, ${old}, 0, 'system')`,
        )
        await db.run(sql`UPDATE campaigns SET terms_version = 2 WHERE id = ${id}`)
      })
      expect((await loadCampaignContext(world.ctx, id)).terms).toMatchObject({
        approval: 'automatic',
        honor: 'never_less',
      })
    })
  })

  it('saves its form, message, attribution and end behavior', async () => {
    const { id } = await world.campaign()
    const form = {
      email: 'required',
      phone: 'hidden',
      message: 'hidden',
      consent: { text: 'I agree to be called.' },
      question: { label: 'Which service?', required: true, choices: ['Drains', 'Heating'] },
    } as const
    const set = { whenEnded: 'block_new', attribution: 'last', shareText: 'They fixed our sink.' } as const
    const changed = await change(id, {
      ...set,
      form: { ...form, question: { ...form.question, choices: ['Drains', 'Heating'] } },
    })
    expect(changed).toMatchObject({ ...set, form, termsVersion: 1 })
    expect(await loadCampaign(world.ctx, id)).toMatchObject({ ...set, form })
  })

  it.each([
    ['manual', 'Anna Kowalski', null],
    ['first', 'Anna Kowalski', null],
    ['last', null, 'Ben Ode'],
  ] as const)(
    'with attribution %s, says before converting which of two advocates counts, and blocks neither',
    async (attribution, besideBen, besideAnna) => {
      const { id } = await world.campaign({}, { attribution })
      const friend = stranger('Priya Shah')
      const byAnna = await world.referral((await world.advocate(id, stranger('Anna Kowalski'))).id, friend)
      test.clock.advance(1_000)
      const byBen = await world.referral((await world.advocate(id, stranger('Ben Ode'))).id, friend)
      const suggested = async (referral: string) =>
        (await previewConversion(world.ctx, referral, { jobValue: 100_000 })).suggested
      const counts = attribution !== 'manual'
      expect(await suggested(byAnna.id)).toEqual(besideAnna && { id: byBen.id, advocateName: besideAnna, counts })
      expect(await suggested(byBen.id)).toEqual(besideBen && { id: byAnna.id, advocateName: besideBen, counts })
    },
  )

  it('can be duplicated as a draft without dates, under a name that still fits', async () => {
    const original = await world.campaign(
      { holdDays: 14 },
      { name: 'N'.repeat(100), shareText: 'Try them.', endsAt: inDays(5) },
    )
    const copy = await duplicateCampaign(world.ctx, original.id)
    expect(copy).toMatchObject({ status: 'draft', endsAt: null, termsVersion: 1, shareText: 'Try them.', advocates: 0 })
    expect(copy.name).toBe(`Copy of ${'N'.repeat(92)}`)
    expect(copy.terms).toEqual(original.terms)
  })

  it('can be archived as a draft nobody joined, and restored', async () => {
    const draft = await world.campaign({}, { status: 'draft' })
    await archiveCampaign(world.ctx, draft.id)
    expect((await listCampaigns(world.ctx, { limit: 20 })).items).toEqual([])
    await expect(loadCampaign(world.ctx, draft.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(world.advocate(draft.id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await restoreCampaign(world.ctx, draft.id)).toMatchObject({ id: draft.id, status: 'draft' })
    await world.advocate(draft.id)
    await expect(archiveCampaign(world.ctx, draft.id)).rejects.toMatchObject({ code: 'campaign_in_use' })
    const open = await world.campaign()
    await expect(archiveCampaign(world.ctx, open.id)).rejects.toMatchObject({ code: 'campaign_in_use' })
  })

  it('is listed by status, and counts as ended after its last day', async () => {
    const named = (name: string, more: Partial<Parameters<typeof createCampaign>[1]> = {}) =>
      world.campaign({}, { name, ...more })
    await named('Draft', { status: 'draft' })
    await named('Open')
    await named('Over', { endsAt: inDays(1) })
    const { id } = await named('Resting')
    await change(id, { status: 'paused' })
    test.clock.advance(2 * day)
    const listed = async (status: 'draft' | 'active' | 'paused' | 'ended') =>
      (await listCampaigns(world.ctx, { limit: 20, status })).items.map(({ name }) => name)
    expect(await Promise.all((['draft', 'active', 'paused', 'ended'] as const).map(listed))).toEqual([
      ['Draft'],
      ['Open'],
      ['Resting'],
      ['Over'],
    ])
  })
})
