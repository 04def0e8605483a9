import { sql } from 'drizzle-orm'
import type { Invariant, Projection } from '../../../shared/module.ts'

const ofContacts = "owner_type = 'contact' AND kind IN ('available', 'held', 'owed')"

/** Each contact with a balance, and its sums. */
const balances = `SELECT organization_id, currency, sum(balance) AS total, owner_id AS contact_id,
    sum(balance) FILTER (WHERE kind = 'available') AS available, sum(balance) FILTER (WHERE kind = 'held') AS held,
    -sum(balance) FILTER (WHERE kind = 'owed') AS owed
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
    const found = sql`SELECT b.organization_id, b.currency, sum(b.balance) AS total, b.owner_id AS contact_id,
        coalesce(sum(b.balance) FILTER (WHERE b.kind = 'available'), 0) AS available,
        coalesce(sum(b.balance) FILTER (WHERE b.kind = 'held'), 0) AS held,
        -coalesce(sum(b.balance) FILTER (WHERE b.kind = 'owed'), 0) AS owed
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
    await tx.run(sql`INSERT INTO contact_balance_totals (organization_id, currency, contacts, available, held, owed)
      SELECT organization_id, currency, count(*), sum(available), sum(held), sum(owed) FROM (${found}) GROUP BY 1, 2
      ON CONFLICT DO UPDATE SET contacts = contacts + excluded.contacts, available = available + excluded.available,
        held = held + excluded.held, owed = owed + excluded.owed`)
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
    invariant: 'The totals of outstanding credit are the sums over its contacts.',
    broken: `SELECT organization_id, currency, sum(contacts), sum(available), sum(held), sum(owed) FROM (
        SELECT * FROM contact_balance_totals
        UNION ALL SELECT organization_id, currency, -1, -coalesce(available, 0), -coalesce(held, 0), -coalesce(owed, 0)
          FROM (${balances} GROUP BY organization_id, currency, owner_id HAVING sum(balance <> 0) > 0)
      ) GROUP BY 1, 2 HAVING sum(contacts) <> 0 OR sum(available) <> 0 OR sum(held) <> 0 OR sum(owed) <> 0`,
  },
]
