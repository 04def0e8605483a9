import { sql } from 'drizzle-orm'
import type { Invariant, Projection } from '../../../shared/module.ts'

const ofContacts = "owner_type = 'contact' AND kind IN ('available', 'held', 'owed')"

/** Each contact with a balance. */
const balances = `SELECT organization_id, currency, sum(balance) AS total, owner_id AS contact_id
  FROM ledger_accounts WHERE ${ofContacts}`

export const contactBalancesProjection: Projection = {
  name: 'contact balances',
  source: 'ledger_accounts',
  keptBy: 'triggers',
  async clear(tx, organizationId) {
    await tx.run(sql`DELETE FROM contact_balances WHERE organization_id = ${organizationId}`)
    await tx.run(sql`DELETE FROM contact_balance_totals WHERE organization_id = ${organizationId}`)
  },
  async fill(tx, ids) {
    // A contact's accounts are added together, with the first of them. Left to itself, the planner would compare each
    // account with all before it.
    const found = sql`SELECT b.organization_id, b.currency, sum(b.balance) AS total, b.owner_id AS contact_id
      FROM json_each(${JSON.stringify(ids)}) chosen JOIN ledger_accounts a ON a.id = chosen.value AND a.owner_type = 'contact'
      JOIN ledger_accounts b INDEXED BY ledger_accounts_once ON b.organization_id = a.organization_id AND b.owner_type = 'contact' AND b.owner_id = a.owner_id
        AND b.currency = a.currency AND b.kind IN ('available', 'held', 'owed')
      WHERE NOT EXISTS (
        SELECT 1 FROM ledger_accounts c INDEXED BY ledger_accounts_once WHERE c.organization_id = a.organization_id AND c.owner_type = 'contact'
          AND c.owner_id = a.owner_id AND c.currency = a.currency AND c.id < a.id
      )
      GROUP BY b.organization_id, b.currency, b.owner_id HAVING sum(b.balance <> 0) > 0`
    await tx.run(sql`INSERT INTO contact_balances (organization_id, currency, total, contact_id)
      SELECT organization_id, currency, total, contact_id FROM (${found})`)
    await tx.run(sql`INSERT INTO contact_balance_totals (organization_id, currency, contacts)
      SELECT organization_id, currency, count(*) FROM (${found}) GROUP BY 1, 2
      ON CONFLICT DO UPDATE SET contacts = contacts + excluded.contacts`)
  },
}

export const contactBalancesInvariants: Invariant[] = [
  {
    invariant: 'The contacts with outstanding credit are those with a balance, by its sum.',
    broken: `SELECT organization_id, currency, total, contact_id, sum(n) FROM (
        SELECT organization_id, currency, total, contact_id, 1 AS n FROM contact_balances
        UNION ALL SELECT organization_id, currency, total, contact_id, -1
          FROM (${balances} GROUP BY organization_id, currency, owner_id HAVING sum(balance <> 0) > 0)
      ) GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0`,
  },
  {
    invariant: 'The contacts with outstanding credit are counted.',
    broken: `SELECT organization_id, currency, sum(contacts) FROM (
        SELECT organization_id, currency, contacts FROM contact_balance_totals
        UNION ALL SELECT organization_id, currency, -1
          FROM (${balances} GROUP BY organization_id, currency, owner_id HAVING sum(balance <> 0) > 0)
      ) GROUP BY 1, 2 HAVING sum(contacts) <> 0`,
  },
]
