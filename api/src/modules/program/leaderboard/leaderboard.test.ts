import { text } from 'node:stream/consumers'
import { ConvertReferral, LeaderboardQuery, UpdateLeaderboardSettings } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anotherWorld, createTestServices, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { timedJobs } from '../../../jobs.ts'
import { rebuildProjections } from '../../../projections.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { verify } from '../../../verify.ts'
import { updateContact } from '../../people/contacts/profile.ts'
import { changeLeaderboardChoice } from '../../people/contacts/selfService.ts'
import { updateOrganization } from '../../platform/organizations/settings.ts'
import { exportLeaderboard } from '../../surfaces/console/leaderboard.export.ts'
import { listLeaderboard } from '../../surfaces/console/leaderboard.queries.ts'
import { eraseContact } from '../../surfaces/person/erasing.ts'
import { mergeContacts } from '../../surfaces/person/merging.ts'
import { convertReferral } from '../conversions/conversions.ts'
import { deleteReferral } from '../conversions/removal.ts'
import { reverseConversion } from '../conversions/reversal.ts'
import { clearFlags } from '../referrals/assignment.ts'
import { leaderboardProjection } from './leaderboard.projection.ts'
import { publicLeaderboard } from './leaderboard.queries.ts'
import { leaderboardSettings, updateLeaderboardSettings } from './settings.ts'

let test: TestServices
let world: World
let ctx: Ctx
let campaignId: string
beforeAll(async () => {
  test = await createTestServices()
})
afterAll(() => test.close())
beforeEach(async () => {
  test.clock.set(Date.parse('2026-11-16T18:00:00Z'))
  world = await anotherWorld(test.services)
  ctx = world.ctx
  campaignId = (await world.campaign()).id
})

const advocate = (name: string, campaign = campaignId) => world.advocate(campaign, stranger(name))
/** An advocate with so many converted referrals. */
async function closing(name: string, closed: number) {
  const one = await advocate(name)
  for (let n = 0; n < closed; n += 1) await close(one.id)
  return one
}
let friends = 0
async function close(advocateId: string): Promise<string> {
  friends += 1
  // Friends of one name would be flagged.
  const { id } = await world.referral(advocateId, stranger(`Friend Number${friends}`))
  await convertReferral(ctx, id, ConvertReferral.parse({ jobValue: 10_000, notify: false }))
  return id
}
const list = (query: object = {}) => listLeaderboard(ctx, LeaderboardQuery.parse(query))
const standings = async (query: object = {}) =>
  (await list(query)).items.map(({ name, place, shared, closed }) => [name, place, shared, closed])
const show = (contactId: string, listed = true) =>
  transaction(ctx, (tx) => changeLeaderboardChoice(tx, contactId, listed))
const inPublic = async () => {
  const { rows } = await publicLeaderboard(ctx, { period: 'quarter', shows: 10, at: test.clock.now() })
  return rows.map(({ contactId: _, ...row }) => row)
}
const whole = async () => expect(await verify(test.services.database.read)).toEqual([])

describe('the leaderboard', () => {
  it('gives equal counts one place and skips the next, on whatever page somebody stands', async () => {
    for (const [name, closed] of [
      ['Dana Whitfield', 5],
      ['Luis Ferreira', 3],
      ['Marcus Tate', 3],
      ['Bao Yilmaz', 2],
    ] as const)
      await closing(name, closed)
    const all = await standings()
    expect(all.map(([, ...rest]) => rest)).toEqual([
      [1, false, 5],
      [2, true, 3],
      [2, true, 3],
      [4, false, 2],
    ])
    const first = await list({ limit: 2 })
    const second = await list({ limit: 2, cursor: first.nextCursor })
    expect(
      [...first.items, ...second.items].map(({ name, place, shared, closed }) => [name, place, shared, closed]),
    ).toEqual(all)
    expect(second.nextCursor).toBeNull()
    const back = await list({ limit: 2, cursor: second.previousCursor })
    expect(back.items).toEqual(first.items)
    const last = await list({ limit: 3, last: 'true' })
    expect(last.items.map(({ place }) => place)).toEqual([2, 2, 4])
    expect(first.items[0]).toMatchObject({ sent: 5, earned: [{ amount: 2_500, currency: 'USD' }], inPublic: null })
    const [ever] = (await list({ period: 'all' })).items
    expect(ever).toMatchObject({ sent: 5, earned: [{ amount: 2_500, currency: 'USD' }] })
    expect(first).toMatchObject({ months: { first: '2026-10', last: '2026-12' }, advocates: 4, listed: 0 })
    await whole()
  })

  it('is exported whole, with a line for each further currency of an advocate, and names that start no formula', async () => {
    const person = stranger('=Dana Whitfield')
    const dana = await world.advocate(campaignId, person)
    const inEuro = await world.advocate((await world.campaign()).id, person)
    // Campaigns from before an organization had one currency.
    const inEuros = sql`UPDATE campaigns SET currency = 'EUR' WHERE id = ${inEuro.campaign.id}`
    await transaction(ctx, (tx) => tx.db.run(inEuros))
    for (const one of [dana, dana, inEuro]) await close(one.id)
    const luis = await closing('Luis Ferreira', 1)
    await show(luis.contactId)
    const file = await text(await exportLeaderboard(ctx, { period: 'quarter' }))
    expect(file.trim().split('\r\n')).toEqual([
      'Place,Advocate,Contact,Closed,Sent,On the public page,Earned,Currency',
      `1,'=Dana Whitfield,${dana.contactId},3,3,,5.00,EUR`,
      `1,'=Dana Whitfield,${dana.contactId},,,,10.00,USD`,
      `2,Luis Ferreira,${luis.contactId},1,1,Luis F.,5.00,USD`,
    ])
  })

  it('counts a conversion of November 30, 23:30 Pacific in November, and moves it with the time zone of the organization', async () => {
    test.clock.set(Date.parse('2026-12-01T07:30:00Z'))
    await closing('Dana Whitfield', 1)
    expect(await standings({ period: 'month' })).toEqual([['Dana Whitfield', 1, false, 1]])
    expect((await list({ period: 'month' })).months).toEqual({ first: '2026-11', last: '2026-11' })
    await updateOrganization(ctx, { timeZone: 'Europe/Berlin' })
    await whole()
    const redate = timedJobs(test.services).find(({ name }) => name === 'leaderboard months')
    while ((await redate?.run()) ?? 0);
    expect(await standings({ period: 'month', on: '2026-11-30' })).toEqual([])
    expect(await standings({ period: 'month', on: '2026-12-31' })).toEqual([['Dana Whitfield', 1, false, 1]])
    expect(await standings({ period: 'year' })).toEqual([['Dana Whitfield', 1, false, 1]])
    await whole()
  })

  it('is of a contact over all campaigns', async () => {
    const anna = stranger('Anna Kowalski')
    const other = await world.campaign({}, { name: 'Second' })
    await close((await world.advocate(campaignId, anna)).id)
    await close((await world.advocate(other.id, anna)).id)
    expect(await standings()).toEqual([['Anna Kowalski', 1, false, 2]])
  })

  it('takes a reversed and a deleted referral out of the period in which they converted', async () => {
    const dana = await closing('Dana Whitfield', 1)
    const [reversed, deleted] = [await close(dana.id), await close(dana.id)]
    test.clock.advance(40 * 86_400_000)
    await reverseConversion(ctx, reversed, 'The job was refunded')
    await deleteReferral(ctx, deleted, { reason: 'A test of ours', confirmOwed: false })
    expect(await standings({ period: 'month' })).toEqual([])
    expect(await standings({ period: 'month', on: '2026-11-16' })).toEqual([['Dana Whitfield', 1, false, 1]])
    expect(await standings({ period: 'all' })).toEqual([['Dana Whitfield', 1, false, 1]])
    await whole()
  })

  it('follows a merge, and no one is there twice', async () => {
    const [kept, other] = [await closing('Anna Kowalski', 2), await closing('Anna Kowalska', 1)]
    await mergeContacts(ctx, kept.contactId, { otherId: other.contactId, confirm: [] })
    expect(await standings()).toEqual([['Anna Kowalski', 1, false, 3]])
    await whole()
  })

  it('is the same after it was built anew', async () => {
    await show((await closing('Dana Whitfield', 2)).contactId)
    await closing('Luis Ferreira', 1)
    const [console, everyone] = [await list(), await inPublic()]
    await test.services.database.write((tx) => rebuildProjections(tx, ctx.organizationId, [leaderboardProjection]))
    expect(await list()).toEqual(console)
    expect(await inPublic()).toEqual(everyone)
    await whole()
  })
})

describe('in public', () => {
  it('are only those who asked for it, among themselves, by first name and initial', async () => {
    for (const [name, closed, shown] of [
      ['Dana Whitfield', 4, true],
      ['Anna Kowalski', 3, false],
      ['Luis Ferreira', 2, true],
      ['Luis Fischer', 2, true],
      ['Bao Yilmaz', 1, true],
    ] as const) {
      const one = await closing(name, closed)
      if (shown) await show(one.contactId)
    }
    expect(await inPublic()).toEqual([
      { name: 'Dana W.', place: 1, shared: false, closed: 4 },
      { name: 'Luis F.', place: 2, shared: true, closed: 2 },
      { name: 'Luis F.', place: 2, shared: true, closed: 2 },
      { name: 'Bao Y.', place: 4, shared: false, closed: 1 },
    ])
    const { items, listed } = await list()
    expect(listed).toBe(4)
    expect(items.map(({ place, inPublic: shown }) => [place, shown?.place ?? null])).toEqual([
      [1, 1],
      [2, null],
      [3, 2],
      [3, 2],
      [5, 4],
    ])
    await whole()
  })

  it('are names without places while fewer than three are listed', async () => {
    for (const [name, closed] of [
      ['Dana Whitfield', 2],
      ['Luis Ferreira', 1],
    ] as const)
      await show((await closing(name, closed)).contactId)
    expect(await inPublic()).toEqual([
      { name: 'Dana W.', place: null, shared: false, closed: null },
      { name: 'Luis F.', place: null, shared: false, closed: null },
    ])
  })

  it('a flagged referral counts once staff cleared it', async () => {
    const dana = await closing('Dana Whitfield', 1)
    await show(dana.contactId)
    const friend = stranger('Sam Ode')
    const { id } = await world.referral(dana.id, { ...friend, email: 'sam@mailinator.com' })
    await convertReferral(ctx, id, ConvertReferral.parse({ jobValue: 10_000, notify: false }))
    const tally = async () => [
      ...(await publicLeaderboard(ctx, { period: 'all', shows: 10, at: test.clock.now() })).tally,
    ]
    expect((await list()).items[0]).toMatchObject({ closed: 2, unchecked: 1 })
    expect(await tally()).toEqual([[1, 1]])
    await clearFlags(ctx, id)
    expect((await list()).items[0]).toMatchObject({ closed: 2, unchecked: 0 })
    expect(await tally()).toEqual([[2, 1]])
    await whole()
  })

  it('who switched it off, was erased or has no name any more is gone', async () => {
    const people = []
    for (const name of ['Dana Whitfield', 'Luis Ferreira', 'Bao Yilmaz', 'Walter Nguyen'])
      people.push(await closing(name, 1))
    for (const { contactId } of people) await show(contactId)
    const [dana, luis, bao] = people
    await show(dana?.contactId ?? '', false)
    await eraseContact(ctx, luis?.contactId ?? '', 'Luis Ferreira')
    await updateContact(ctx, bao?.contactId ?? '', { name: 'bao@mail.example' })
    expect((await inPublic()).map(({ name }) => name)).toEqual(['Walter N.'])
    await expect(show(bao?.contactId ?? '')).rejects.toMatchObject({ code: 'leaderboard_needs_name' })
    await whole()
  })
})

describe('the settings', () => {
  it('start with an address made from the name, which no two organizations share', async () => {
    const before = await leaderboardSettings(ctx)
    expect(before).toMatchObject({ isPublic: false, opensWith: 'quarter', shows: 10, announcesWinner: false })
    const change = (given: object, by = ctx) => updateLeaderboardSettings(by, UpdateLeaderboardSettings.parse(given))
    const changed = await change({ isPublic: true, slug: 'Neighbors', shows: 5 })
    expect(changed).toMatchObject({ isPublic: true, slug: 'neighbors', shows: 5, opensWith: 'quarter' })
    expect(changed.url).toMatch(/\/l\/neighbors$/)
    expect(await leaderboardSettings(ctx)).toEqual(changed)
    const other = await anotherWorld(test.services)
    await expect(change({ slug: 'neighbors' }, other.ctx)).rejects.toMatchObject({ code: 'leaderboard_address_taken' })
    await updateOrganization(other.ctx, { name: 'Neighbors' })
    expect((await leaderboardSettings(other.ctx)).slug).toBe('neighbors-2')
    expect(await standings()).toEqual([])
  })
})
