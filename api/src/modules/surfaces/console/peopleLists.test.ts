import type { LedgerEntry, Page } from '@goodword/contracts'
import { wordsIn } from '@goodword/words/server'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServices, createWorld, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { rebuildProjections } from '../../../projections.ts'
import type { PageRequest } from '../../../shared/keyset.ts'
import { verify } from '../../../verify.ts'
import { approveRewards, rejectRewards } from '../../money/rewards/approvals.ts'
import { redeemCredit } from '../../money/rewards/credit.ts'
import { releaseDueRewards } from '../../money/rewards/rewards.jobs.ts'
import { archiveAdvocate } from '../../program/advocates/settings.ts'
import { deleteReferral } from '../../program/conversions/removal.ts'
import { historyPage } from '../portal/history.queries.ts'
import { listAdvocates, loadAdvocate } from './advocates.queries.ts'
import { loadContact } from './contacts.detail.queries.ts'
import { listContacts } from './contacts.queries.ts'
import { eraseContact, mergeContacts } from './contacts.ts'
import { ledgerOfContact } from './ledger.queries.ts'
import { attributeReferral, convertReferral, reverseConversion } from './referrals.ts'
import { listRewards, summarizeRewards } from './rewards.queries.ts'

const day = 86_400_000
const reason = 'They paid in cash'
const conversion = { jobValue: 100_000, notify: false }

/**
 * A business after a year of everything that changes a count: nine advocates with 0 to 4 referrals, a merge, an erasure,
 * a reversal after release, a rejection, a deletion, a reassignment. Many rows share a moment.
 */
describe('the lists of people and rewards', () => {
  let test: TestServices
  let world: World
  let anna: string
  let campaignId: string
  const advocateIds: string[] = []
  beforeAll(async () => {
    test = await createTestServices()
    world = await createWorld(test.services)
    const { ctx } = world
    const terms = { approval: 'staff', holdDays: 14, existingCustomers: 'accept', liveReferralsMax: 100 } as const
    campaignId = (await world.campaign(terms)).id
    const other = (await world.campaign({}, { name: 'Spring' })).id
    const advocates = []
    for (let n = 0; n < 9; n += 1)
      advocates.push(await world.advocate(campaignId, stranger(`advocate ${'edcba'[n % 5]}${n}`)))
    advocateIds.push(...advocates.map(({ id }) => id))
    anna = advocates[0]?.contactId ?? ''
    const referrals: string[] = []
    for (const [n, { id }] of advocates.entries())
      for (let friend = 0; friend < n % 5; friend += 1)
        referrals.push((await world.referral(id, stranger(`Friend ${n}${friend}`))).id)
    // Anna's friends: two are released, of which one is reversed; one is rejected; two wait.
    const friends: string[] = []
    for (let n = 0; n < 5; n += 1) friends.push((await world.referral(advocateIds[0] ?? '', stranger(`Guest ${n}`))).id)
    const [one = '', two = '', three = ''] = friends
    for (const id of [one, two]) await convertReferral(ctx, id, conversion)
    const waiting = (await listRewards(ctx, { tab: 'to_approve', limit: 100 })).items.map(({ id }) => id)
    await approveRewards(ctx, waiting)
    test.clock.advance(15 * day)
    await releaseDueRewards(test.services)
    await redeemCredit(ctx, anna, { amount: 6_000, note: 'Invoice 7' })
    await reverseConversion(ctx, two, reason, { confirmOwed: true })
    await convertReferral(ctx, three, conversion)
    const rejected = (await listRewards(ctx, { tab: 'to_approve', limit: 100 })).items.map(({ id }) => id)
    await rejectRewards(ctx, { ids: rejected, reason, notify: false })
    for (const id of friends.slice(3)) await convertReferral(ctx, id, conversion)
    await attributeReferral(ctx, referrals[0] ?? '', { advocateId: advocateIds[5] ?? '' })
    await deleteReferral(ctx, referrals[1] ?? '', { reason, confirmOwed: false })
    // The last two enrollments become one, and another advocate is erased.
    await mergeContacts(ctx, advocates[7]?.contactId ?? '', { otherId: advocates[8]?.contactId ?? '', confirm: [] })
    await eraseContact(ctx, advocates[6]?.contactId ?? '', 'advocate d6')
    await archiveAdvocate(ctx, advocateIds[5] ?? '')
    await world.advocate(other, stranger('Bo Lindqvist'))
  })
  afterAll(() => test.close())

  it('count what they show, as verify recounts it', async () => {
    expect(await verify(test.services.database.read)).toEqual([])
    const { items } = await listAdvocates(world.ctx, { limit: 100, sort: 'referrals', state: 'active', campaignId })
    const recounted = await Promise.all(
      items.map(async ({ id }) => {
        const [row] = await world.ctx.db.all<
          [number, number]
        >(sql`SELECT count(*), coalesce(sum(status = 'converted'), 0)
          FROM referrals WHERE enrollment_id = ${id} AND archived_at IS NULL`)
        return row
      }),
    )
    expect(items.map(({ referrals, converted }) => [referrals, converted])).toEqual(recounted)
    // One of 1 was reassigned, one of 2 deleted; the merged one's 3 were added to 2. Four friends became advocates.
    expect(items.map(({ referrals }) => referrals)).toEqual([5, 5, 4, 3, 1, 0, 0, 0, 0, 0])
    expect(items.map(({ converted }) => converted)).toEqual([0, 4, 0, 0, 0, 0, 0, 0, 0, 0])
  })

  it('are told apart by verify when a count is wrong, and rebuilt', async () => {
    const { database } = test.services
    const wrong = [
      'UPDATE enrollments SET referral_count = referral_count + 1',
      'UPDATE enrollments SET converted_count = converted_count + 1',
      'UPDATE contacts SET enrollment_count = enrollment_count + 1',
      'UPDATE contacts SET referred_count = referred_count + 1',
      'UPDATE contacts SET duplicate_count = duplicate_count + 1',
      "UPDATE reward_counts SET count = count + 1 WHERE tab = 'issued'",
      'DELETE FROM reward_counts',
    ]
    for (const statement of wrong) {
      await database.write((tx) => tx.run(sql.raw(statement)))
      expect((await verify(database.read)).length, statement).toBeGreaterThan(0)
      await database.write((tx) => rebuildProjections(tx, world.organization.id))
      expect(await verify(database.read), statement).toEqual([])
    }
  })

  it.each([
    ['ranked', { sort: 'referrals' }],
    ['newest first', { sort: 'newest' }],
    ['of a campaign', { sort: 'referrals', inCampaign: true }],
    ['of a campaign, newest first', { sort: 'newest', inCampaign: true }],
    ['that are archived', { sort: 'referrals', state: 'archived' }],
  ] as const)('page both ways through advocates %s', async (_, { sort, ...filter }) => {
    const state = 'state' in filter ? ('archived' as const) : ('active' as const)
    const query = { sort, state, campaignId: 'inCampaign' in filter ? campaignId : undefined }
    const all = await bothWays((request) => listAdvocates(world.ctx, { ...query, ...request }))
    // The merged enrollment is in no list.
    expect(all.map(({ id }) => id)).not.toContain(advocateIds[8])
    expect(all.map(({ archivedAt }) => archivedAt !== null)).toEqual(all.map(() => state === 'archived'))
    const ranked = all.map(({ id, referrals }) => ({ id, referrals }))
    expect(ranked).toEqual(
      [...ranked].sort((a, b) => (sort === 'newest' ? 0 : b.referrals - a.referrals) || (a.id < b.id ? 1 : -1)),
    )
    expect(all.length).toBe(state === 'archived' ? 3 : query.campaignId ? 10 : 11)
  })

  it.each(['newest', 'name'] as const)('page both ways through contacts by %s, with each filter', async (sort) => {
    const list = (filter?: 'advocates' | 'friends' | 'customers' | 'duplicates') =>
      bothWays((request) => listContacts(world.ctx, { sort, filter, ...request }))
    const everyone = await list()
    expect(everyone.map(({ id }) => id)).toEqual(
      [...everyone]
        .sort(
          (a, b) =>
            (sort === 'name' ? compare(a.name.toLowerCase(), b.name.toLowerCase()) : 0) ||
            compare(b.id, a.id) * (sort === 'name' ? -1 : 1),
        )
        .map(({ id }) => id),
    )
    const ids = (of: { id: string }[]) => of.map(({ id }) => id)
    expect(ids(await list('advocates'))).toEqual(ids(everyone.filter(({ enrollments }) => enrollments > 0)))
    expect(ids(await list('friends'))).toEqual(ids(everyone.filter(({ referred }) => referred > 0)))
    expect(ids(await list('customers'))).toEqual(ids(everyone.filter(({ customerSince }) => customerSince !== null)))
    expect(ids(await list('duplicates'))).toEqual(ids(everyone.filter(({ duplicates }) => duplicates > 0)))
  })

  it('page both ways through the rewards of each tab, as many as are counted', async () => {
    const counts = await summarizeRewards(world.ctx)
    expect(await summarizeRewards(world.ctx, { q: 'a' })).not.toEqual(
      await summarizeRewards(world.ctx, { q: 'nobody' }),
    )
    const { ctx } = world
    for (const tab of ['waiting', 'to_approve', 'issued', 'redeemed', 'voided'] as const) {
      const all = await bothWays((request) => listRewards(ctx, { tab, ...request }))
      expect(all).toHaveLength(counts[tab])
      const ofAnna = await bothWays((request) => listRewards(ctx, { tab, contactId: anna, ...request }))
      expect(ofAnna).toEqual(all.filter(({ contact }) => contact.id === anna))
      expect((await summarizeRewards(ctx, { contactId: anna }))[tab]).toBe(ofAnna.length)
      expect(await bothWays((request) => listRewards(ctx, { tab, campaignId, ...request }))).toEqual(all)
      expect((await summarizeRewards(ctx, { campaignId }))[tab]).toBe(counts[tab])
    }
    expect(counts).toMatchObject({ waiting: 0, to_approve: 4, voided: 4 })
  })

  it('page both ways through a ledger, with what was available after each entry', async () => {
    const entries = await bothWays((request) => ledgerOfContact(world.ctx, anna, request))
    const oldest = [...entries].reverse()
    let available = 0
    expect(oldest.map(({ balance }) => balance)).toEqual(
      oldest.map((entry: LedgerEntry) => {
        available += entry.available
        return available
      }),
    )
    const { balances } = await ledgerOfContact(world.ctx, anna, { limit: 1 })
    expect(balances).toMatchObject([{ available, held: entries.reduce((sum, { held }) => sum + held, 0) }])
    // The reversal of a released reward goes through the hold; that step isn't an entry.
    expect(entries.map(({ label, ...moved }) => [label, moved.available, moved.held, moved.owed])).toEqual([
      ['Reward for Guest 4, on hold', 0, 5_000, 0],
      ['Reward for Guest 3, on hold', 0, 5_000, 0],
      ['Reward for Guest 2, taken back', 0, -5_000, 0],
      ['Reward for Guest 2, on hold', 0, 5_000, 0],
      ['Reward for Guest 1, taken back', 0, 0, 1_000],
      ['Reward for Guest 1, taken back', -4_000, 0, 0],
      ['Redeemed', -6_000, 0, 0],
      ['Reward for Guest 1, released', 5_000, -5_000, 0],
      ['Reward for Guest 0, released', 5_000, -5_000, 0],
      ['Reward for Guest 1, on hold', 0, 5_000, 0],
      ['Reward for Guest 0, on hold', 0, 5_000, 0],
    ])
  })

  it('refuses a ledger cursor whose balances were tampered with', async () => {
    const { nextCursor } = await ledgerOfContact(world.ctx, anna, { limit: 1 })
    const values = JSON.parse(Buffer.from(nextCursor ?? '', 'base64url').toString()) as unknown[]
    const cursor = Buffer.from(JSON.stringify([...values.slice(0, -1), '{"before":{"USD":"a lot"}}'])).toString(
      'base64url',
    )
    await expect(ledgerOfContact(world.ctx, anna, { limit: 1, cursor })).rejects.toMatchObject({
      code: 'validation_failed',
    })
  })

  it('page both ways through the history that the advocate sees: holds that are over show their outcome only', async () => {
    const { items, nextCursor } = await historyPage(world.ctx, anna, 'USD', {}, wordsIn('en'))
    expect(nextCursor).toBeNull()
    expect(items.filter(({ kind }) => kind === 'held')).toHaveLength(2)
    const last = await historyPage(world.ctx, anna, 'USD', { last: 'true' }, wordsIn('en'))
    expect(last.items).toEqual(items)
  })

  it('show nothing of another organization', async () => {
    const { ctx } = await createWorld(test.services, 'Other & Daughters')
    const request = { limit: 100 }
    expect((await listAdvocates(ctx, { sort: 'referrals', state: 'active', campaignId, ...request })).items).toEqual([])
    expect((await listContacts(ctx, { sort: 'newest', filter: 'friends', ...request })).items).toEqual([])
    for (const filter of [{}, { contactId: anna }, { campaignId }, { contactId: anna, campaignId }])
      expect((await listRewards(ctx, { tab: 'to_approve', ...filter, ...request })).items).toEqual([])
    const none = {
      waiting: 0,
      to_approve: 0,
      to_deliver: 0,
      without_codes: 0,
      issued: 0,
      redeemed: 0,
      voided: 0,
      requests: 0,
      capped: [],
    }
    expect(await summarizeRewards(ctx, { contactId: anna })).toEqual(none)
    expect(await summarizeRewards(ctx, { campaignId })).toEqual(none)
    for (const read of [
      loadContact(ctx, anna),
      ledgerOfContact(ctx, anna, request),
      loadAdvocate(ctx, advocateIds[0] ?? ''),
    ])
      await expect(read).rejects.toMatchObject({ code: 'not_found' })
  })
})

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)

/** All items, two at a time to the end and back, and from the last page. */
async function bothWays<Item>(list: (request: PageRequest) => Promise<Omit<Page<Item>, never>>): Promise<Item[]> {
  const whole = await list({ limit: 100 })
  expect([whole.nextCursor, whole.previousCursor]).toEqual([null, null])
  const forward: Item[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: Page<Item> = await list({ limit: 2, cursor })
    forward.push(...page.items)
    cursor = page.nextCursor
  }
  const backward: Item[] = []
  for (let request: PageRequest | null = { limit: 3, last: 'true' }; request !== null; ) {
    const page: Page<Item> = await list(request)
    backward.unshift(...page.items)
    request = page.previousCursor === null ? null : { limit: 1, cursor: page.previousCursor }
  }
  expect(forward).toEqual(whole.items)
  expect(backward).toEqual(whole.items)
  return whole.items
}
