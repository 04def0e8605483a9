import { rewardSourceTypes } from '@goodword/contracts'
import type { Invariant } from '../../../shared/module.ts'
import { kinds } from './kinds/kinds.ts'

const sourceTypes = rewardSourceTypes.map((type) => `'${type}'`).join(', ')

export const rewardsInvariants: Invariant[] = [
  ...Object.values(kinds).flatMap(({ invariants }) => invariants),
  {
    invariant: 'A reward has a source of a known type.',
    broken: `SELECT id, source_type FROM rewards WHERE source_type NOT IN (${sourceTypes})`,
  },
  {
    invariant: 'A manual entry moved exactly its amount.',
    broken: `SELECT e.id, e.amount FROM credit_entries e WHERE e.amount <> (SELECT coalesce(sum(
        CASE WHEN c.kind = 'available' THEN t.amount ELSE 0 END - CASE WHEN d.kind = 'available' THEN t.amount ELSE 0 END), 0)
      FROM ledger_transfers t JOIN ledger_accounts d ON d.id = t.debit_account_id
      JOIN ledger_accounts c ON c.id = t.credit_account_id WHERE t.refers_to_type = 'credit_entry' AND t.refers_to_id = e.id)`,
  },
  {
    invariant: 'Completed requests, and only those, have a redemption.',
    broken: `SELECT q.id FROM credit_requests q LEFT JOIN credit_entries e ON e.request_id = q.id
      WHERE (q.state = 'done') <> (e.id IS NOT NULL) OR e.amount <> -q.amount`,
  },
  {
    invariant: 'A reward that needs approval has not been issued.',
    broken: "SELECT id FROM rewards WHERE needs_approval AND status NOT IN ('pending', 'voided')",
  },
]
