import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openOldDatabase } from '../../../../test/oldDatabase.ts'
import { fillProjections } from '../../../projections.ts'
import { createLog } from '../../../shared/log.ts'

let old: Awaited<ReturnType<typeof openOldDatabase>>

// In Los Angeles it is still Dec 31, 2026.
const newYear = Date.parse('2027-01-01T07:30:00Z')

beforeAll(async () => {
  old = await openOldDatabase('ADD `paid_on`')
  await old.addOrganization('org_1')
  await old.run("UPDATE organizations SET time_zone = 'America/Los_Angeles'")
  await old.addCampaign('cam_1', { organization: 'org_1' })
  await old.addContact('con_1', { organization: 'org_1' })
  for (const [id, kind, status] of [
    ['given', 'custom', 'redeemed'],
    ['owed', 'custom', 'issued'],
    ['held', 'custom', 'pending'],
    ['credit', 'credit', 'issued'],
  ])
    await old.run(`INSERT INTO rewards (id, organization_id, source_type, source_id, campaign_id, contact_id, side, kind, amount,
      currency, status, available_at, created_at, updated_at) VALUES ('${id}', 'org_1', 'milestone', 'of_${id}', 'cam_1', 'con_1',
      'advocate', '${kind}', 0, 'USD', '${status}', 1, 1, ${newYear})`)
  for (const [id, isPayout] of [
    ['paid', 1],
    ['used', 0],
  ])
    await old.run(`INSERT INTO credit_entries (id, organization_id, contact_id, kind, amount, currency, note, is_payout, actor,
      created_at) VALUES ('${id}', 'org_1', 'con_1', 'redemption', -500, 'USD', 'Thanks', ${isPayout}, 'system', ${newYear})`)
  await old.upgrade()
  await old.run("DELETE FROM projection_fills WHERE name NOT IN ('days of payouts', 'custom rewards to deliver')")
  await fillProjections({ database: old.database, log: createLog('silent') })
})
afterAll(() => old.close())

it('custom rewards that an older version issued and nobody gave yet are to be delivered, a week after', async () => {
  expect(
    await old.database.read.all(sql`SELECT d.reward_id, d.state, d.due_on, w.is_delivering FROM reward_deliveries d
      JOIN rewards w ON w.id = d.reward_id`),
  ).toEqual([['owed', 'to_do', '2027-01-07', 1]])
})

it('payouts of an older version were paid on the day they were recorded, as the business counts days', async () => {
  expect(await old.database.read.all(sql`SELECT id, paid_on FROM credit_entries ORDER BY id`)).toEqual([
    ['paid', '2026-12-31'],
    ['used', null],
  ])
})
