import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openOldDatabase } from '../../../../test/oldDatabase.ts'
import { fillProjections } from '../../../projections.ts'
import { createLog } from '../../../shared/log.ts'

let old: Awaited<ReturnType<typeof openOldDatabase>>
const log = createLog('silent')

beforeAll(async () => {
  old = await openOldDatabase('ADD `code_key`')
  for (const org of ['org_1', 'org_2']) {
    await old.addOrganization(org)
    await old.addCampaign(`cam_${org}`, { organization: org })
  }
  const codes = [
    ['dsc_1', 'org_1', 'save-1'],
    ['dsc_2', 'org_1', ' SAVE-1 '],
    ['dsc_3', 'org_1', 'Save-1'],
    ['dsc_4', 'org_1', 'été'],
    ['dsc_5', 'org_2', 'SAVE-1'],
  ]
  for (const [id, org, code] of codes)
    await old.run(`INSERT INTO discount_codes (id, organization_id, campaign_id, code, created_at)
      VALUES ('${id}', '${org}', 'cam_${org}', '${code}', 1)`)
  await old.upgrade()
  // Earlier ones were filled when those codes were added.
  await old.run("DELETE FROM projection_fills WHERE name <> 'keys of discount codes'")
  await fillProjections({ database: old.database, log })
})
afterAll(() => old.close())

it('codes of an older version that differ in case and spaces only are kept, and new ones are compared with them', async () => {
  const rows = await old.database.read.all(sql`SELECT id, code, code_key FROM discount_codes ORDER BY id`)
  expect(rows).toEqual([
    ['dsc_1', 'save-1', 'SAVE-1'],
    ['dsc_2', ' SAVE-1 ', 'SAVE-1 dsc_2'],
    ['dsc_3', 'Save-1', 'SAVE-1 dsc_3'],
    ['dsc_4', 'été', 'ÉTÉ'],
    ['dsc_5', 'SAVE-1', 'SAVE-1'],
  ])
  expect(
    await old.database.read.all(sql`SELECT campaign_id, left_count, over_count FROM discount_code_counts ORDER BY 1`),
  ).toEqual([
    ['cam_org_1', 4, 0],
    ['cam_org_2', 1, 0],
  ])
  await expect(
    old.run(`INSERT INTO discount_codes (id, organization_id, campaign_id, code, code_key, created_at)
      VALUES ('dsc_6', 'org_1', 'cam_org_1', 'SAVE-1', 'SAVE-1', 2)`),
  ).rejects.toThrow()
})
