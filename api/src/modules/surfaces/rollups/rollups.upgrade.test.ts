import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openOldDatabase } from '../../../../test/oldDatabase.ts'
import { fillProjections } from '../../../projections.ts'
import { rollupInvariants } from './rollups.invariants.ts'
import { rollupProjections } from './rollups.projections.ts'

const quarterHour = 900_000
const at = 2_000 * 86_400_000

let old: Awaited<ReturnType<typeof openOldDatabase>>
beforeEach(async () => {
  old = await openOldDatabase('CREATE TABLE `visit_links`')
  await old.run('DELETE FROM projection_fills')
  await old.addOrganization('org_1')
  await old.addContact('con_1', { organization: 'org_1' })
  for (const n of [1, 2]) {
    await old.addCampaign(`cmp_${n}`, { organization: 'org_1' })
    await old.addEnrollment(`enr_${n}`, { organization: 'org_1', campaign: `cmp_${n}`, contact: 'con_1' })
    for (const [quarter, source] of ['widget', 'hosted', 'widget'].entries())
      await old.run(
        `INSERT INTO visits VALUES ('org_1', ${at + quarter * quarterHour}, 'enr_${n}', '${source}', ${n + quarter})`,
      )
  }
  await old.run(`INSERT INTO referrals (id, organization_id, campaign_id, enrollment_id, status, source, submitted, terms_version, flags,
    without_reward, metadata, created_at, updated_at)
    VALUES ('ref_1', 'org_1', 'cmp_1', 'enr_1', 'pending', 'widget', '{}', 1, '[]', 0, '{}', ${at}, ${at})`)
})
afterEach(() => old.close())

const rolledUp = async () => {
  await old.upgrade()
  await fillProjections({ database: old.database, log: pino({ level: 'silent' }) })
  const { read } = old.database
  for (const { broken } of rollupInvariants) expect(await read.all(broken as string)).toEqual([])
  return read.all(`SELECT s.subject_id, u.unit, count(*), sum(u.visits), sum(u.referrals) FROM rollups u
    JOIN rollup_subjects s ON s.id = u.subject GROUP BY 1, 2 ORDER BY 1, 2`)
}

const campaignsAndReferrals = [
  ['cmp_1', 'd', 1, 6, 1],
  ['cmp_1', 'q', 3, 6, 1],
  ['cmp_2', 'd', 1, 9, 0],
  ['cmp_2', 'q', 3, 9, 0],
  ['enr_1', 'q', 1, 0, 1],
  ['org_1', 'd', 1, 15, 1],
]

it('after an upgrade, visits are counted by link, and only referrals are rolled up by link', async () => {
  expect(await rolledUp()).toEqual(campaignsAndReferrals)
  expect(await old.database.read.all('SELECT enrollment_id, at, source, count FROM visits ORDER BY 1, 2, 3')).toEqual(
    ['enr_1', 'enr_2'].flatMap((id, n) =>
      ['widget', 'hosted', 'widget'].map((source, quarter) => [
        id,
        at + quarter * quarterHour,
        source,
        n + 1 + quarter,
      ]),
    ),
  )
})

it('visits of an upgrade that was interrupted are rolled up anew', async () => {
  await old.run("INSERT INTO projection_fills (name, after_id) VALUES ('visit rollups', 'cmp_1')")
  await old.run(`UPDATE rollups SET visits = 0
    WHERE subject IN (SELECT id FROM rollup_subjects WHERE subject_id IN ('cmp_2', 'enr_2'))`)
  expect(await rolledUp()).toEqual(campaignsAndReferrals)
})

it('a fill of visits that was interrupted goes on with the next link', async () => {
  await old.upgrade()
  await old.run('UPDATE rollups SET visits = 0')
  const fill = rollupProjections.find(({ name }) => name === 'visit rollups')?.fill
  await old.database.write(async (tx) => fill?.(tx, ['enr_1']))
  await old.run("INSERT INTO projection_fills (name, after_id) VALUES ('visit rollups', 'enr_1')")
  expect(await rolledUp()).toEqual(campaignsAndReferrals)
})

it('a link of another organization has no visits, and no other source is counted', async () => {
  await old.upgrade()
  await old.addOrganization('org_2')
  await expect(
    old.run(`INSERT INTO visits (organization_id, at, enrollment_id, source, count)
    VALUES ('org_2', ${at}, 'enr_1', 'widget', 1)`),
  ).rejects.toThrow()
  await expect(
    old.run(`INSERT INTO visits (organization_id, at, enrollment_id, source, count)
    VALUES ('org_1', ${at}, 'enr_1', 'poster', 1)`),
  ).rejects.toThrow()
})
