import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openOldDatabase } from '../../../../test/oldDatabase.ts'

let old: Awaited<ReturnType<typeof openOldDatabase>>

/** A contact's $90.00 that were used and are owed back, as the previous version posted them. */
async function debtOf(org: string) {
  await old.addOrganization(`org_${org}`)
  await old.addContact(`con_${org}`, { organization: `org_${org}` })
  const accounts = ['settlements', 'contact_available', 'owed_by_contact', 'organization_rewards', 'contact_held']
  for (const kind of accounts) {
    const contact = kind.includes('contact') ? `con_${org}` : ''
    await old.run(`INSERT INTO ledger_accounts (id, organization_id, kind, contact_id, currency, balance, created_at)
      VALUES ('${org} ${kind}', 'org_${org}', '${kind}', '${contact}', 'USD', 0, 7)`)
  }
  const transfers: [string, string, number][] = [
    ['organization_rewards', 'contact_held', 100],
    ['contact_held', 'contact_available', 100],
    ['contact_available', 'settlements', 90],
    ['contact_available', 'organization_rewards', 10],
    ['owed_by_contact', 'organization_rewards', 90],
  ]
  for (const [n, [debit, credit, amount]] of transfers.entries())
    await old.run(transfer(org, `${org} ${n}`, { debit: `${org} ${debit}`, credit: `${org} ${credit}`, amount }))
}

const transfer = (
  org: string,
  id: string,
  { debit, credit, amount }: { debit: string; credit: string; amount: number },
) =>
  `INSERT INTO ledger_transfers (id, organization_id, debit_account_id, credit_account_id, amount, currency, code,
    refers_to_type, refers_to_id, idempotency_key, created_at)
    VALUES ('${id}', 'org_${org}', '${debit}', '${credit}', ${amount}, 'USD', 'adjustment', 'contact', 'con_${org}', '${id}', 8)`

beforeAll(async () => {
  old = await openOldDatabase('CREATE TABLE `ledger_account_kinds`')
  await debtOf('harbor')
  await debtOf('bayside')
  await old.upgrade()
})
afterAll(() => old.close())

it('accounts of an older version get their owner, and keep their order and balance', async () => {
  const rows = await old.database.read.all(
    sql`SELECT rowid, id, organization_id, kind, owner_type, owner_id, balance, created_at FROM ledger_accounts ORDER BY rowid LIMIT 5`,
  )
  expect(rows).toEqual([
    [1, 'harbor settlements', 'org_harbor', 'settlements', 'clearing', 'org_harbor', 90, 7],
    [2, 'harbor contact_available', 'org_harbor', 'available', 'contact', 'con_harbor', 0, 7],
    [3, 'harbor owed_by_contact', 'org_harbor', 'owed', 'contact', 'con_harbor', -90, 7],
    [4, 'harbor organization_rewards', 'org_harbor', 'rewards', 'organization', 'org_harbor', 0, 7],
    [5, 'harbor contact_held', 'org_harbor', 'held', 'contact', 'con_harbor', 0, 7],
  ])
})

it('transfers continue between them, within their limits', async () => {
  const between = (id: string, debit: string, credit: string, amount: number) =>
    old.run(transfer('harbor', id, { debit: `harbor ${debit}`, credit: `harbor ${credit}`, amount }))
  const refused = { cause: { message: expect.stringContaining('within the bounds') } }
  await expect(between('a', 'contact_available', 'settlements', 1)).rejects.toMatchObject(refused)
  await expect(between('b', 'organization_rewards', 'owed_by_contact', 91)).rejects.toMatchObject(refused)
  await between('c', 'organization_rewards', 'owed_by_contact', 90)
  const [row] = await old.database.read.all(
    sql`SELECT balance FROM ledger_accounts WHERE id = 'harbor owed_by_contact'`,
  )
  expect(row).toEqual([0])
})
