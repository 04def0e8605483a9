import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openOldDatabase } from '../../../../test/oldDatabase.ts'
import { fillProjections } from '../../../projections.ts'
import { rollupInvariants } from './rollups.invariants.ts'
import { rollupProjections } from './rollups.projections.ts'

const day = 86_400_000
const at = 2_000 * day

let old: Awaited<ReturnType<typeof openOldDatabase>>

/** A friend who converted on the first day, by a job of $800.00 that earned $40.00. */
async function friend(name: string, status: 'converted' | 'reversed') {
  await old.addContact(`con_${name}`, { organization: 'org_1' })
  await old.run(`INSERT INTO referrals (id, organization_id, campaign_id, enrollment_id, friend_contact_id, status, source, submitted,
    terms_version, flags, without_reward, metadata, created_at, updated_at)
    VALUES ('ref_${name}', 'org_1', 'cmp_1', 'enr_1', 'con_${name}', '${status}', 'widget', '{}', 1, '[]', 0, '{}', ${at}, ${at})`)
  await old.run(`INSERT INTO conversions (id, organization_id, referral_id, campaign_id, enrollment_id, advocate_contact_id, friend_contact_id,
    terms_version, nth, job_value, currency, advocate_amount, friend_amount, frozen, actor, created_at)
    VALUES ('cnv_${name}', 'org_1', 'ref_${name}', 'cmp_1', 'enr_1', 'con_1', 'con_${name}', 1, 1, 80000, 'USD', 4000, 0, '{}', 'system', ${at})`)
  await reward(`first_${name}`, 'conversion', `cnv_${name}`, status === 'converted' ? 4_000 : 0)
}

const reward = (id: string, source: 'conversion' | 'job', sourceId: string, amount: number) =>
  old.run(`INSERT INTO rewards (id, organization_id, source_type, source_id, campaign_id, enrollment_id, contact_id, side, kind, amount,
    currency, status, available_at, created_at, updated_at) VALUES ('${id}', 'org_1', '${source}', '${sourceId}', 'cmp_1', 'enr_1', 'con_1',
    'advocate', 'credit', ${amount || 4_000}, 'USD', '${amount === 0 ? 'voided' : 'issued'}', ${at}, ${at}, ${at})`)

const job = (n: number) =>
  old.run(`INSERT INTO jobs (id, organization_id, title, state, refunds, is_history, created_at)
    VALUES ('job_${n}', 'org_1', 'Water heater', 'invoiced', '[]', 0, ${at})`)

/** A further job of $100.00, some days later. */
const earnedAgain = (n: number, of: { friend: string; days: number; takenBack?: boolean }) =>
  old.run(`INSERT INTO rewarded_jobs (job_id, organization_id, conversion_id, is_further, job_value, currency, terms_version, frozen,
    refunded_before, taken_back_at, actor, created_at) VALUES ('job_${n}', 'org_1', 'cnv_${of.friend}', 1, 10000, 'USD', 1, '{}', 0,
    ${of.takenBack ? at : 'NULL'}, 'system', ${at + of.days * day})`)

beforeAll(async () => {
  old = await openOldDatabase('further_jobs_inserted_roll_up')
  await old.run('DELETE FROM projection_fills')
  await old.addOrganization('org_1')
  await old.addContact('con_1', { organization: 'org_1' })
  await old.addCampaign('cmp_1', { organization: 'org_1' })
  await old.addEnrollment('enr_1', { organization: 'org_1', campaign: 'cmp_1', contact: 'con_1' })
  await friend('priya', 'converted')
  await friend('dev', 'reversed')
  for (const n of [1, 2, 3, 4]) await job(n)
  await earnedAgain(1, { friend: 'priya', days: 1 })
  await reward('again_1', 'job', 'job_1', 500)
  await earnedAgain(2, { friend: 'priya', days: 2, takenBack: true })
  await reward('again_2', 'job', 'job_2', 0)
  await earnedAgain(3, { friend: 'dev', days: 3 })
  await old.upgrade()
  // The power fails after the first.
  const fill = rollupProjections.find(({ name }) => name === 'rollups of further jobs')?.fill
  await old.database.write(async (tx) => fill?.(tx, ['job_1']))
  await old.run("UPDATE projection_fills SET after_id = 'job_1' WHERE name = 'rollups of further jobs'")
  await fillProjections({ database: old.database, log: pino({ level: 'silent' }) })
})
afterAll(() => old.close())

const figures = async () => {
  for (const { broken } of rollupInvariants) expect(await old.database.read.all(broken as string)).toEqual([])
  return old.database.read.all(`SELECT u.quarter / 96 - 2000, sum(u.converted), sum(u.revenue), sum(u.advocate_rewards)
    FROM rollups u JOIN rollup_subjects s ON s.id = u.subject AND s.subject_id = 'org_1'
    GROUP BY 1 HAVING sum(u.revenue) <> 0 ORDER BY 1`)
}
const firstTwoDays = [
  [0, 1, 80_000, 4_000],
  [1, 0, 10_000, 500],
]

it('after an upgrade, further jobs that earned before it are rolled up on their day, each once', async () => {
  expect(await figures()).toEqual(firstTwoDays)
})

it('rewards and their further job count once, whichever of them an archive brings first', async () => {
  await reward('again_4', 'job', 'job_4', 700)
  expect(await figures()).toEqual(firstTwoDays)
  await earnedAgain(4, { friend: 'priya', days: 4 })
  expect(await figures()).toEqual([...firstTwoDays, [4, 0, 10_000, 700]])
})

it('what a further job earned keeps its conversion, its value and its day', async () => {
  await expect(old.run('UPDATE rewarded_jobs SET job_value = 1')).rejects.toHaveProperty(
    'cause.message',
    'further jobs stay with their conversion, their value and their time',
  )
})
