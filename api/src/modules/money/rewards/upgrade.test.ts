import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openOldDatabase } from '../../../../test/oldDatabase.ts'

let old: Awaited<ReturnType<typeof openOldDatabase>>

const frozen = (side: 'advocate' | 'friend', codes?: string) => JSON.stringify({ [side]: { codes } })

/**
 * An organization with a campaign and one conversion for each of `earned`, with rewards created by the previous
 * version.
 */
async function business(org: string, earned: Record<string, { kind: string; side: string; frozen: string }>) {
  await old.addOrganization(org)
  await old.addContact(`con_${org}`, { organization: org })
  await old.addCampaign(`cam_${org}`, { organization: org })
  await old.addEnrollment(`enr_${org}`, { organization: org, campaign: `cam_${org}`, contact: `con_${org}` })
  for (const [name, { kind, side, frozen: figures }] of Object.entries(earned)) {
    await old.addContact(`con_${name}`, { organization: org })
    await old.run(`INSERT INTO referrals (id, organization_id, campaign_id, enrollment_id, friend_contact_id, status, source,
      submitted, terms_version, flags, without_reward, metadata, created_at, updated_at) VALUES ('ref_${name}', '${org}',
      'cam_${org}', 'enr_${org}', 'con_${name}', 'converted', 'link', '{}', 1, '[]', 0, '{}', 0, 0)`)
    await old.run(`INSERT INTO conversions (id, organization_id, referral_id, campaign_id, enrollment_id, advocate_contact_id,
      friend_contact_id, terms_version, nth, currency, advocate_amount, friend_amount, frozen, actor, created_at)
      VALUES ('cnv_${name}', '${org}', 'ref_${name}', 'cam_${org}', 'enr_${org}', 'con_${org}', 'con_${name}', 1, 1, 'USD', 0, 0,
      '${figures}', 'system', 0)`)
    await old.run(reward(name, { org, conversion: `cnv_${name}`, kind, side }))
  }
}

const reward = (name: string, of: { org: string; conversion: string; kind: string; side: string }) =>
  `INSERT INTO rewards (id, organization_id, conversion_id, campaign_id, contact_id, side, kind, amount, currency, status,
    available_at, created_at, updated_at) VALUES ('${name}', '${of.org}', '${of.conversion}', 'cam_${of.org}', 'con_${of.org}',
    '${of.side}', '${of.kind}', 500, 'USD', 'pending', 7, 8, 9)`

beforeAll(async () => {
  old = await openOldDatabase('ADD `code_source`')
  await business('harbor', {
    made: { kind: 'discount_code', side: 'friend', frozen: frozen('friend', 'generated') },
    uploaded: { kind: 'discount_code', side: 'advocate', frozen: frozen('advocate', 'pool') },
    unsaid: { kind: 'discount_code', side: 'friend', frozen: frozen('friend') },
    credit: { kind: 'credit', side: 'advocate', frozen: frozen('advocate') },
  })
  await business('bayside', { theirs: { kind: 'credit', side: 'advocate', frozen: frozen('advocate') } })
  await old.upgrade()
})
afterAll(() => old.close())

it('rewards of an older version stay, get their conversion as the source, and take over its code source', async () => {
  const rows = await old.database.read.all(
    sql`SELECT id, source_type, source_id, code_source, amount, status, available_at, created_at, updated_at
      FROM rewards ORDER BY id`,
  )
  expect(rows).toEqual([
    ['credit', 'conversion', 'cnv_credit', null, 500, 'pending', 7, 8, 9],
    ['made', 'conversion', 'cnv_made', 'generated', 500, 'pending', 7, 8, 9],
    ['theirs', 'conversion', 'cnv_theirs', null, 500, 'pending', 7, 8, 9],
    ['unsaid', 'conversion', 'cnv_unsaid', 'pool', 500, 'pending', 7, 8, 9],
    ['uploaded', 'conversion', 'cnv_uploaded', 'pool', 500, 'pending', 7, 8, 9],
  ])
})

const refused = { cause: { message: expect.stringContaining('FOREIGN KEY constraint failed') } }

const given = (id: string, source: { type: string; id: string }) =>
  old.run(`INSERT INTO rewards (id, organization_id, source_type, source_id, campaign_id, contact_id, side, kind, amount,
    currency, status, available_at, created_at, updated_at) VALUES ('${id}', 'harbor', '${source.type}', '${source.id}',
    'cam_harbor', 'con_harbor', 'friend', 'credit', 500, 'USD', 'pending', 7, 8, 9)`)

it("the database rejects a conversion's reward without a conversion of its organization", async () => {
  const stray = (id: string) => given(`of ${id}`, { type: 'conversion', id })
  await expect(stray('cnv_theirs')).rejects.toMatchObject(refused)
  await expect(stray('cnv_nowhere')).rejects.toMatchObject(refused)
  await stray('cnv_credit')
})

it('the database leaves sources of other types to the modules that store them', async () => {
  await given('of a milestone', { type: 'milestone', id: 'mst_third' })
  await given('of another', { type: 'adjustment', id: 'mst_third' })
})

it('the database rejects a discount code without a campaign of its organization', async () => {
  const code = (campaign: string) =>
    old.run(`INSERT INTO discount_codes (id, organization_id, campaign_id, code, created_at)
      VALUES ('dis_${campaign}', 'harbor', '${campaign}', 'SPRING-${campaign}', 0)`)
  await expect(code('cam_bayside')).rejects.toMatchObject(refused)
  await expect(code('cam_nowhere')).rejects.toMatchObject(refused)
  await code('cam_harbor')
})
