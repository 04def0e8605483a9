import { sql } from 'drizzle-orm'
import type { Invariant, Projection } from '../../../shared/module.ts'

export const totalsOfLedger: Projection = {
  name: 'ledger totals',
  source: 'ledger_accounts',
  keptBy: 'triggers',
  clear: async (tx, organizationId) =>
    void (await tx.run(sql`DELETE FROM ledger_totals WHERE organization_id = ${organizationId}`)),
  fill: async (tx, ids) =>
    void (await tx.run(sql`INSERT INTO ledger_totals (organization_id, owner_type, kind, currency, balance)
      SELECT organization_id, owner_type, kind, currency, sum(balance) FROM ledger_accounts
      WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) GROUP BY 1, 2, 3, 4
      ON CONFLICT DO UPDATE SET balance = balance + excluded.balance`)),
}

export const totalsMatchAccounts: Invariant = {
  invariant: 'The kept totals of the ledger are the sums of the accounts.',
  broken: `SELECT kind, currency, sum(balance) FROM (
      SELECT organization_id, owner_type, kind, currency, balance FROM ledger_totals
      UNION ALL SELECT organization_id, owner_type, kind, currency, -sum(balance) FROM ledger_accounts GROUP BY 1, 2, 3, 4)
    GROUP BY organization_id, owner_type, kind, currency HAVING sum(balance) <> 0`,
}
