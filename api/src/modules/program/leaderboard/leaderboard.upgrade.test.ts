import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openOldDatabase } from '../../../../test/oldDatabase.ts'
import { fillProjections } from '../../../projections.ts'
import { leaderboardInvariants } from './leaderboard.projection.ts'

const at = Date.parse('2026-11-16T18:00:00Z')

let old: Awaited<ReturnType<typeof openOldDatabase>>
beforeEach(async () => {
  old = await openOldDatabase('CREATE TABLE `leaderboard_entries`')
  await old.run('DELETE FROM projection_fills')
  await old.addOrganization('org_1')
  await old.addContact('con_1', { organization: 'org_1' })
  await old.addCampaign('cam_1', { organization: 'org_1' })
  await old.addEnrollment('adv_1', { organization: 'org_1', campaign: 'cam_1', contact: 'con_1' })
  for (const [n, status, flags] of [
    [1, 'converted', '[]'],
    [2, 'converted', '["same_network"]'],
    [3, 'reversed', '[]'],
  ] as const) {
    await old.addContact(`con_f${n}`, { organization: 'org_1' })
    await old.run(`INSERT INTO referrals (id, organization_id, campaign_id, enrollment_id, friend_contact_id, status, source, submitted,
      terms_version, flags, without_reward, metadata, created_at, updated_at)
      VALUES ('ref_${n}', 'org_1', 'cam_1', 'adv_1', 'con_f${n}', '${status}', 'widget', '{}', 1, '${flags}', 0, '{}', ${at}, ${at})`)
    await old.run(`INSERT INTO conversions (id, organization_id, referral_id, campaign_id, enrollment_id, advocate_contact_id,
      friend_contact_id, terms_version, nth, currency, advocate_amount, friend_amount, frozen, actor, created_at)
      VALUES ('cnv_${n}', 'org_1', 'ref_${n}', 'cam_1', 'adv_1', 'con_1', 'con_f${n}', 1, ${n}, 'USD', 0, 0, '{}', 'system', ${at})`)
  }
})
afterEach(() => old.close())

it('an older database counts its conversions in every period, also after an interruption', async () => {
  await old.upgrade()
  await old.run("UPDATE projection_fills SET after_id = 'cnv_1' WHERE name = 'leaderboard'")
  await old.database.write((tx) =>
    tx.run("INSERT INTO leaderboard_months (referral_id, month) VALUES ('ref_1', '2026-11')"),
  )
  await fillProjections({ database: old.database, log: pino({ level: 'silent' }) })
  const { read } = old.database
  expect(
    await read.all(`SELECT b.period, e.contact_id, e.closed, e.cleared, e.listed FROM leaderboard_entries e
      JOIN leaderboards b ON b.id = e.board ORDER BY 1`),
  ).toEqual(['2026', '2026-11', '2026-Q4', 'all'].map((period) => [period, 'con_1', 2, 1, 0]))
  for (const { broken } of leaderboardInvariants)
    expect(typeof broken === 'string' ? await read.all(broken) : await broken(read)).toEqual([])
})
