import { type Endpoint, endpoints, type Page } from '@goodword/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { adjustCredit } from '../src/modules/money/rewards/credit.ts'
import { sendTestEvent } from '../src/modules/platform/webhooks/deliveries.ts'
import { uploadCodes } from '../src/modules/program/campaigns/codePool.ts'
import { updateCampaign } from '../src/modules/surfaces/console/campaigns.ts'
import { createTestApp, type TestApp } from './app.ts'
import { createWorld, type World } from './harness.ts'
import { addWebhook } from './organizations.webhooks.ts'
import { portalOver } from './portal.ts'

const hasCursor = ({ query }: Endpoint) => query instanceof z.ZodObject && 'cursor' in query.shape
const lists = Object.values(endpoints).flatMap((group) => Object.values<Endpoint>(group).filter(hasCursor))

let test: TestApp
let world: World
let cookies: { owner: string; anna: string; bo: string }
/** Two records of each kind that has a list of its own, each with more rows than a page. */
let records: Record<string, [string, string]>

beforeAll(async () => {
  test = await createTestApp()
  world = await createWorld(test.services, 'Harbor & Sons')
  const { ctx } = world
  const program = async (name: string) => {
    const campaign = await world.campaign({}, { name })
    await updateCampaign(ctx, campaign.id, { termsVersion: 1, terms: { ...campaign.terms, holdDays: 3 } })
    await uploadCodes(ctx, campaign.id, { codes: [`${name}-1`, `${name}-2`] })
    return campaign.id
  }
  const person = async (campaignId: string) => {
    const advocate = await world.advocate(campaignId)
    // A page of the portal's history has 20 lines.
    for (let nth = 1; nth <= 21; nth += 1)
      await adjustCredit(ctx, advocate.contactId, { amount: 100, note: 'For the long wait' })
    for (let nth = 1; nth <= 2; nth += 1) await world.referral(advocate.id)
    return advocate
  }
  const webhook = async (host: string) => {
    const { endpointId } = await addWebhook(ctx, host)
    await sendTestEvent(ctx, endpointId)
    return endpointId
  }
  const campaigns: [string, string] = [await program('SPRING'), await program('AUTUMN')]
  const [anna, bo] = [await person(campaigns[0]), await person(campaigns[0])]
  records = {
    campaigns,
    contacts: [anna.contactId, bo.contactId],
    'webhook-endpoints': [await webhook('one.example'), await webhook('two.example')],
    friends: [anna.code, bo.code],
  }
  const { signIn } = portalOver(() => test.app)
  cookies = {
    owner: await test.member(ctx, 'owner'),
    anna: await signIn(world, anna.contactId),
    bo: await signIn(world, bo.contactId),
  }
})
afterAll(() => test.close())

/** The addresses of a list at two records, each with who may read it; none for a list of the organization. */
function ofTwoRecords({ path }: Endpoint): [string, string][] {
  if (path === '/portal/api/history')
    return [
      [path, cookies.anna],
      [path, cookies.bo],
    ]
  if (path === '/portal/api/friends')
    return [
      [`${path}?code=${records.friends?.[0]}`, cookies.anna],
      [`${path}?code=${records.friends?.[1]}`, cookies.bo],
    ]
  const noun = path.match(/^\/v1\/([^/]+)\/:id\//)?.[1]
  if (noun === undefined) return []
  return (records[noun] ?? []).map((id) => [path.replace(':id', id), cookies.owner])
}

const pageAt = async ([path, as]: [string, string], query: Record<string, string>) => {
  const response = await test.request('GET', `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(query)}`, {
    as,
  })
  return { status: response.status, ...((await response.json()) as Page<unknown> & { errors?: { path: string }[] }) }
}

describe('the cursor of a list of one record', () => {
  const owned = lists.filter(({ path }) => path.includes('/:id/') || path.startsWith('/portal/api/'))

  it.each(owned.map((list) => [list.path, list] as const))('is refused by that of another one: %s', async (_, list) => {
    const [mine, other] = ofTwoRecords(list)
    if (!mine || !other) throw new Error(`Name two records that have ${list.path}.`)
    const limit: Record<string, string> = list.path.endsWith('/history') ? {} : { limit: '1' }
    const { previousCursor } = await pageAt(mine, { ...limit, last: 'true' })
    const cursor = previousCursor ?? ''
    expect(await pageAt(mine, { ...limit, cursor })).toMatchObject({
      status: 200,
      items: expect.arrayContaining([expect.anything()]),
    })
    expect(await pageAt(other, { ...limit, cursor })).toMatchObject({ status: 400, errors: [{ path: 'cursor' }] })
  })
})

describe('every list', () => {
  it.each([
    ['limit=1e2', 'limit'],
    ['limit=0x10', 'limit'],
    ['limit=%2020', 'limit'],
    ['limit=', 'limit'],
    ['limit=2.0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=5&limit=5', 'limit'],
    ['last=true&last=true', 'last'],
    ['cursor=a&cursor=a', 'cursor'],
  ])('refuses %s', async (query, path) => {
    const refused = []
    for (const list of lists.filter(({ query }) => query instanceof z.ZodObject && path in query.shape)) {
      const [address, as] = ofTwoRecords(list)[0] ?? [list.path, cookies.owner]
      const response = await test.request('GET', `${address}${address.includes('?') ? '&' : '?'}${query}`, { as })
      refused.push([list.path, response.status, ((await response.json()) as { errors: unknown[] }).errors])
    }
    expect(refused.length).toBeGreaterThan(15)
    const said = query.includes('&') ? `Send ${path} once.` : expect.stringMatching(/^(Use a whole number|Ask for)/)
    const error = [{ path, message: said }]
    expect(refused).toEqual(refused.map(([list]) => [list, 400, error]))
  })
})

it('a preview takes a job value in digits only', async () => {
  const referral = await world.referral((await world.advocate(records.campaigns?.[0] ?? '')).id)
  const preview = (jobValue: string) =>
    test.request('GET', `/v1/referrals/${referral.id}/conversion-preview?jobValue=${jobValue}`, { as: cookies.owner })
  expect((await preview('125000')).status).toBe(200)
  for (const given of ['1e5', '0x10', '125000&jobValue=1', '12.50', '-1'])
    expect([given, (await preview(given)).status]).toEqual([given, 400])
})
