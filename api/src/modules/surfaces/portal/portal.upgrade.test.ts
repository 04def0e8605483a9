import { afterEach, beforeEach, expect, it } from 'vitest'
import { openOldDatabase } from '../../../../test/oldDatabase.ts'
import { hashLink, hashToken } from '../../../shared/signer.ts'

let old: Awaited<ReturnType<typeof openOldDatabase>>
beforeEach(async () => {
  old = await openOldDatabase('CREATE TABLE `portal_links_by_hash`')
})
afterEach(() => old.close())

it('links that an earlier version has sent still open, with their scope and the day they expire', async () => {
  await old.addOrganization('org_1')
  await old.addContact('con_1', { organization: 'org_1' })
  await old.addCampaign('cmp_1', { organization: 'org_1' })
  await old.run(`INSERT INTO referrals (id, organization_id, campaign_id, status, source, submitted, terms_version, flags,
    without_reward, metadata, created_at, updated_at)
    VALUES ('ref_1', 'org_1', 'cmp_1', 'pending', 'widget', '{}', 1, '[]', 0, '{}', 5, 5)`)
  await old.run(`INSERT INTO friend_links VALUES ('org_1', 'ref_1', '${hashToken('friend')}', 5)`)
  await old.run(`INSERT INTO portal_links (id, organization_id, contact_id, address_id, scope, hash, expires_at, used_at, created_at)
    VALUES ('lnk_1', 'org_1', 'con_1', 'adr_1', 'view', '${hashToken('view')}', 9, NULL, 5),
      ('lnk_2', 'org_1', 'con_1', 'adr_1', 'full', '${hashToken('full')}', 8, 7, 6)`)
  await old.upgrade()
  const { read } = old.database
  expect(await read.all('SELECT hash, referral_id, created_at FROM friend_links')).toEqual([
    [hashLink('friend'), 'ref_1', 5],
  ])
  expect(
    await read.all('SELECT hash, contact_id, address_id, scope, expires_at, used_at, created_at FROM portal_links'),
  ).toEqual([
    [hashLink('view'), 'con_1', 'adr_1', 'view', 9, null, 5],
    [hashLink('full'), 'con_1', 'adr_1', 'full', 8, 7, 6],
  ])
})
