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

/** The balances that `moved` (id, amount, at) changes, by quarter of an hour. */
const changesBy = (
  moved: string,
) => `SELECT a.organization_id, a.currency, (m.at - (m.at % 900000 + 900000) % 900000) / 900000,
    a.owner_id, sum(iif(a.kind = 'available', m.amount, 0)), sum(iif(a.kind = 'held', m.amount, 0)), sum(iif(a.kind = 'owed', m.amount, 0))
  FROM (${moved}) m CROSS JOIN ledger_accounts a ON a.id = m.id AND ${ofContacts} GROUP BY 1, 2, 3, 4`
const bothSides = (
  transfers: string,
) => `SELECT debit_account_id AS id, -amount AS amount, created_at AS at FROM ${transfers}
  UNION ALL SELECT credit_account_id, amount, created_at FROM ${transfers}`

export const balanceChangesProjection: Projection = {
  name: 'contact balance changes',
  source: 'ledger_transfers',
  keptBy: 'triggers',
  async clear(tx, organizationId) {
    await tx.run(sql`DELETE FROM contact_balance_changes WHERE organization_id = ${organizationId}`)
  },
  async fill(tx, ids) {
    await tx.run(sql`WITH chosen AS (
        SELECT * FROM ledger_transfers WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))
      )
      INSERT INTO contact_balance_changes (organization_id, currency, quarter, contact_id, available, held, owed)
      SELECT * FROM (${sql.raw(changesBy(bothSides('chosen')))}) WHERE true
      ON CONFLICT DO UPDATE SET available = available + excluded.available, held = held + excluded.held,
        owed = owed + excluded.owed`)
  },
}

export const contactBalancesInvariants: Invariant[] = [
  {
    invariant: 'The changes of balances, by quarter of an hour, are those of the transfers.',
    broken: `SELECT organization_id, currency, quarter, contact_id, sum(available), sum(held), sum(owed) FROM (
        SELECT organization_id, currency, quarter, contact_id, -available AS available, -held AS held, -owed AS owed
        FROM contact_balance_changes UNION ALL SELECT * FROM (${changesBy(bothSides('ledger_transfers'))})
      ) GROUP BY 1, 2, 3, 4 HAVING sum(available) <> 0 OR sum(held) <> 0 OR sum(owed) <> 0`,
  },
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
