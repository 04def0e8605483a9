import { accountKinds } from '@goodword/domain'
import type { Invariant } from '../../../shared/module.ts'

const kindsOfDomain = `SELECT * FROM (VALUES ${accountKinds
  .map(({ kind, ownerType, lowest, highest }) => `('${kind}', '${ownerType}', ${lowest}, ${highest})`)
  .join(', ')})`

export const ledgerInvariants: Invariant[] = [
  {
    invariant: 'The balances of an organization in a currency sum to zero.',
    broken:
      'SELECT organization_id, currency, sum(balance) FROM ledger_accounts GROUP BY 1, 2 HAVING sum(balance) <> 0',
  },
  {
    invariant: 'A balance is the sum of its transfers.',
    broken: `SELECT a.id, a.balance FROM ledger_accounts a WHERE a.balance <>
      (SELECT coalesce(sum(amount), 0) FROM ledger_transfers WHERE credit_account_id = a.id) -
      (SELECT coalesce(sum(amount), 0) FROM ledger_transfers WHERE debit_account_id = a.id)`,
  },
  {
    invariant: 'Every balance is within the bounds of its account kind: available and held credit are never negative.',
    broken: `SELECT a.id, a.balance FROM ledger_accounts a JOIN ledger_account_kinds k ON k.kind = a.kind AND k.owner_type = a.owner_type
      WHERE a.balance < k.lowest OR a.balance > k.highest`,
  },
  {
    invariant: 'The account kinds and their bounds match this version.',
    broken: `SELECT * FROM (SELECT kind, owner_type, lowest, highest FROM ledger_account_kinds EXCEPT ${kindsOfDomain})
      UNION ALL SELECT * FROM (${kindsOfDomain} EXCEPT SELECT kind, owner_type, lowest, highest FROM ledger_account_kinds)`,
  },
  {
    invariant: 'Amounts are positive safe integers.',
    broken:
      "SELECT id, amount FROM ledger_transfers WHERE typeof(amount) <> 'integer' OR amount <= 0 OR amount > 9007199254740991",
  },
  {
    invariant: 'Both accounts of a transfer have its organization and currency.',
    broken: `SELECT t.id FROM ledger_transfers t
      JOIN ledger_accounts d ON d.id = t.debit_account_id JOIN ledger_accounts c ON c.id = t.credit_account_id
      WHERE d.id = c.id OR d.organization_id <> t.organization_id OR c.organization_id <> t.organization_id
        OR d.currency <> t.currency OR c.currency <> t.currency`,
  },
  {
    invariant: 'A transfer is reversed at most once, by an equal and opposite one.',
    broken: `SELECT r.id FROM ledger_transfers r JOIN ledger_transfers o ON o.id = r.reverses_id
      WHERE r.amount <> o.amount OR r.debit_account_id <> o.credit_account_id OR r.credit_account_id <> o.debit_account_id
        OR (SELECT count(*) FROM ledger_transfers x WHERE x.reverses_id = o.id) > 1`,
  },
  {
    invariant: 'A contact who owes credit has none available.',
    broken: `SELECT o.owner_id, o.currency FROM ledger_accounts o JOIN ledger_accounts a ON a.organization_id = o.organization_id
      AND a.owner_type = o.owner_type AND a.owner_id = o.owner_id AND a.currency = o.currency AND a.kind = 'available'
      WHERE o.kind = 'owed' AND o.balance < 0 AND a.balance > 0`,
  },
  {
    invariant: 'An account belongs to its organization or to a contact of it.',
    broken: `SELECT a.id FROM ledger_accounts a LEFT JOIN contacts p ON p.id = a.owner_id AND p.organization_id = a.organization_id
      WHERE (a.owner_type = 'contact' AND p.id IS NULL) 
        OR ((a.owner_type = 'organization' OR a.kind = 'settlements') AND a.owner_id <> a.organization_id)`,
  },
]
