import type { Page, PortalFriend, PortalHome } from '@goodword/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServices, createWorld, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { portalOver, read } from '../../../../test/portal.ts'
import { createApp } from '../../../app.ts'
import { releaseDueRewards } from '../../money/rewards/rewards.jobs.ts'
import { mergeContacts } from '../console/contacts.ts'
import { convertReferral } from '../console/referrals.ts'

let test: TestServices
let app: ReturnType<typeof createApp>
let harbor: World

beforeAll(async () => {
  test = await createTestServices()
  app = createApp(test.services)
  harbor = await createWorld(test.services, 'Harbor & Sons')
})
afterAll(() => test.close())

const { ask, signIn, homeOf } = portalOver(() => app)

it('the history is paginated, with each line once', async () => {
  const campaign = await harbor.campaign({ existingCustomers: 'accept' })
  const anna = await harbor.advocate(campaign.id)
  for (let nth = 1; nth <= 23; nth++) {
    const friend = await harbor.referral(anna.id, stranger(`Friend Number${nth}`))
    await convertReferral(harbor.ctx, friend.id, { jobValue: nth * 2_000, notify: false })
    test.clock.advance(1_000)
  }
  const cookie = await signIn(harbor, anna.contactId, 'view')
  const first = await homeOf(cookie)
  expect(first.history).toHaveLength(20)
  const cursor = encodeURIComponent(first.historyCursor ?? '')
  const rest = await read<{ items: PortalHome['history']; nextCursor: null }>(
    ask('GET', `/history?cursor=${cursor}`, cookie),
  )
  // 5% of a job that is $20.00 larger each time, newest first.
  expect([...first.history, ...rest.items].map(({ amount }) => amount)).toEqual(
    Array.from({ length: 23 }, (_, index) => (23 - index) * 100),
  )
  expect(rest.nextCursor).toBeNull()
})

it('the history shows credit on hold that came from a merged contact, among later rewards that were released', async () => {
  const campaign = await harbor.campaign({ existingCustomers: 'accept', holdDays: 14 })
  const [anna, twin] = [await harbor.advocate(campaign.id), await harbor.advocate(campaign.id, stranger('Anna Twin'))]
  const convert = async (advocateId: string, jobValue: number) => {
    const friend = await harbor.referral(advocateId, stranger(`Friend Number${jobValue}`))
    await convertReferral(harbor.ctx, friend.id, { jobValue, notify: false })
    test.clock.advance(1_000)
  }
  await convert(anna.id, 2_000)
  await convert(twin.id, 40_000)
  await mergeContacts(harbor.ctx, anna.contactId, { otherId: twin.contactId, confirm: [] })
  test.clock.advance(15 * 86_400_000)
  await releaseDueRewards(test.services)
  for (let nth = 2; nth <= 24; nth++) await convert(anna.id, nth * 2_000)
  test.clock.advance(15 * 86_400_000)
  await releaseDueRewards(test.services)
  await convert(anna.id, 60_000)

  const cookie = await signIn(harbor, anna.contactId, 'view')
  const first = await homeOf(cookie)
  type Rest = Page<PortalHome['history'][number]>
  const at = (cursor: string | null) =>
    read<Rest>(ask('GET', `/history?cursor=${encodeURIComponent(cursor ?? '')}`, cookie))
  const rest = await at(first.historyCursor)
  const lines = [...first.history, ...rest.items].map(({ kind, amount, label }) => [kind, amount, label])
  expect(lines.map(([kind, amount]) => [kind, amount])).toEqual([
    ['held', 3_000],
    ...Array.from({ length: 23 }, (_, index) => ['in', (24 - index) * 100]),
    ['in', 2_000],
    ['in', 100],
    ['out', 0],
  ])
  expect(lines.at(-1)?.[2]).toBe('Your records were merged')
  expect((await at(rest.previousCursor)).items).toEqual(first.history)
})

describe("a program's friends", () => {
  it('are paginated, each once, even if they were referred at the same millisecond', async () => {
    const campaign = await harbor.campaign()
    const anna = await harbor.advocate(campaign.id)
    const names = Array.from({ length: 43 }, (_, n) => `Friend${n} Number`)
    for (const [n, name] of names.entries()) {
      await harbor.referral(anna.id, stranger(name))
      if (n % 10 === 0) test.clock.advance(1_000)
    }
    const cookie = await signIn(harbor, anna.contactId, 'view')
    const [program] = (await homeOf(cookie)).programs
    expect(program?.friends).toHaveLength(20)
    expect(program?.friendsTotal).toBe(43)
    const shown = program?.friends ?? []
    for (let cursor = program?.friendsCursor ?? null; cursor !== null; ) {
      const query = new URLSearchParams({ code: anna.code, cursor })
      const page = await read<Page<PortalFriend>>(ask('GET', `/friends?${query}`, cookie))
      expect(page.items.length).toBeLessThanOrEqual(20)
      shown.push(...page.items)
      cursor = page.nextCursor
    }
    expect(shown.map(({ displayName }) => displayName).sort()).toEqual(
      names.map((name) => `${name.split(' ')[0]} N.`).sort(),
    )
    expect(shown.map(({ at }) => at)).toEqual(
      shown
        .map(({ at }) => at)
        .sort()
        .reverse(),
    )
    const hundred = await read<Page<PortalFriend>>(ask('GET', `/friends?code=${anna.code}&limit=100`, cookie))
    expect(hundred).toMatchObject({ items: { length: 43 }, nextCursor: null })
    expect(hundred.items).toEqual(shown)
  })

  it("can't be read by anyone else, and at most a hundred at once", async () => {
    const campaign = await harbor.campaign()
    const anna = await harbor.advocate(campaign.id)
    const bo = await harbor.advocate(campaign.id, stranger('Bo Lindqvist'))
    const cookie = await signIn(harbor, bo.contactId, 'view')
    expect((await ask('GET', `/friends?code=${anna.code}`, cookie)).status).toBe(404)
    expect((await ask('GET', `/friends?code=${bo.code}&limit=101`, cookie)).status).toBe(400)
    expect((await ask('GET', `/friends?code=${bo.code}&cursor=mine`, cookie)).status).toBe(400)
  })
})
