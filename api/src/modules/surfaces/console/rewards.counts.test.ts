import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { createWorld, type World } from '../../../../test/harness.ts'

let app: TestApp
let world: World
let owner: string
let campaignId: string
beforeAll(async () => {
  app = await createTestApp()
  world = await createWorld(app.services)
  owner = await app.signIn(world.owner.personId, world.owner.id)
  campaignId = (await world.campaign()).id
})
afterAll(() => app.close())

it('rewards and requests are counted up to a thousand, and a summary says where there are more', async () => {
  const vera = await world.advocate(campaignId, { name: 'Vera Vogel' })
  const request = (from: number, to: number) =>
    app.services.database.write((tx) =>
      tx.run(sql`WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${to})
        INSERT INTO credit_requests (id, organization_id, contact_id, amount, currency, use, state, created_at)
        SELECT 'crq_' || printf('%026d', i), ${world.organization.id}, ${vera.contactId}, 100, 'USD', 'other', 'open', i FROM n`),
    )
  const summarized = async (rest: string) => {
    const response = await app.request('GET', `/v1/rewards/summary?${rest}`, { as: owner })
    return await response.json()
  }
  await request(1, 1_000)
  for (const rest of ['q=vogel', `contactId=${vera.contactId}`])
    expect(await summarized(rest)).toMatchObject({ issued: 0, requests: 1_000, capped: [] })
  await request(1_001, 1_001)
  for (const rest of ['q=vogel', `contactId=${vera.contactId}`, ''])
    expect(await summarized(rest)).toMatchObject({ requests: 1_000, capped: ['requests'] })
})
