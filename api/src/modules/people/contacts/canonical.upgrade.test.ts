import { canonicalEmail } from '@goodword/domain'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openOldDatabase } from '../../../../test/oldDatabase.ts'

let old: Awaited<ReturnType<typeof openOldDatabase>>
beforeEach(async () => {
  old = await openOldDatabase('CREATE TABLE `referral_digests`')
})
afterEach(() => old.close())

/** What an earlier version stored: only plus tags and Gmail's dots were known. */
const stored: [email: string, canonical: string][] = [
  ['n.novak+1@googlemail.com', 'nnovak@gmail.com'],
  ['nina+jobs@me.com', 'nina@me.com'],
  ['nina@mac.com', 'nina@mac.com'],
  ['nina.no-vak_1@pm.me', 'nina.no-vak_1@pm.me'],
  ['nina@protonmail.com', 'nina@protonmail.com'],
  ['nina-novak@ya.ru', 'nina-novak@ya.ru'],
  ['ninan-one@yahoo.co.uk', 'ninan-one@yahoo.co.uk'],
  ['ninan@yahoo.com', 'ninan@yahoo.com'],
  ['jobs@nina.fastmail.com', 'jobs@nina.fastmail.com'],
  ['jobs@nina.fastmail.fm', 'jobs@nina.fastmail.fm'],
  ['nina@fastmail.com', 'nina@fastmail.com'],
  ['nina-novak@mail.example', 'nina-novak@mail.example'],
  ['nina.novak@some.com', 'nina.novak@some.com'],
]

it('addresses that an earlier version saved are compared by the rules of every provider', async () => {
  await old.addOrganization('org_1')
  await old.addContact('con_1', { organization: 'org_1' })
  for (const [at, [email, canonical]] of stored.entries())
    await old.run(`INSERT INTO contact_addresses (id, organization_id, contact_id, kind, value, canonical, proof, created_at)
      VALUES ('adr_${at}', 'org_1', 'con_1', 'email', '${email}', '${canonical}', 'stranger', 0)`)
  await old.upgrade()
  const rows = await old.database.read.all<[string, string]>(
    'SELECT value, canonical FROM contact_addresses ORDER BY id',
  )
  expect(rows).toHaveLength(stored.length)
  for (const [email, canonical] of rows) expect([email, canonical]).toEqual([email, canonicalEmail(email)])
})
