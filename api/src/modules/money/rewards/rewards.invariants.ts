import { rewardSourceTypes } from '@goodword/contracts'
import type { Invariant } from '../../../shared/module.ts'

const sourceTypes = rewardSourceTypes.map((type) => `'${type}'`).join(', ')

export const rewardsInvariants: Invariant[] = [
  {
    invariant: 'A reward has a source of a known type.',
    broken: `SELECT id, source_type FROM rewards WHERE source_type NOT IN (${sourceTypes})`,
  },
  {
    invariant: 'Held credit is what waiting rewards say.',
    broken: `SELECT a.owner_id, a.currency, a.balance FROM ledger_accounts a WHERE a.kind = 'held' AND a.owner_type = 'contact' AND a.balance <>
      (SELECT coalesce(sum(r.amount), 0) FROM rewards r WHERE r.contact_id = a.owner_id AND r.currency = a.currency
        AND r.kind = 'credit' AND r.status = 'pending')`,
  },
  {
    invariant: 'Credit that was given is what rewards say.',
    broken: `SELECT w.id, w.status, w.amount FROM rewards w WHERE w.kind = 'credit' AND
      CASE w.status WHEN 'voided' THEN 0 ELSE w.amount END <> (SELECT coalesce(sum(
        CASE WHEN d.kind = 'rewards' THEN t.amount WHEN c.kind = 'rewards' THEN -t.amount ELSE 0 END), 0)
      FROM ledger_transfers t JOIN ledger_accounts d ON d.id = t.debit_account_id
      JOIN ledger_accounts c ON c.id = t.credit_account_id WHERE t.refers_to_id = w.id)
      OR w.kind = 'credit' AND w.status <> 'voided' AND (w.status = 'pending') <> NOT EXISTS (SELECT 1 FROM ledger_transfers t
        JOIN ledger_accounts c ON c.id = t.credit_account_id WHERE t.refers_to_id = w.id AND c.kind = 'available')`,
  },
  {
    invariant: 'What was entered by hand moved as much as it says.',
    broken: `SELECT e.id, e.amount FROM credit_entries e WHERE e.amount <> (SELECT coalesce(sum(
        CASE WHEN c.kind = 'available' THEN t.amount ELSE 0 END - CASE WHEN d.kind = 'available' THEN t.amount ELSE 0 END), 0)
      FROM ledger_transfers t JOIN ledger_accounts d ON d.id = t.debit_account_id
      JOIN ledger_accounts c ON c.id = t.credit_account_id WHERE t.refers_to_type = 'credit_entry' AND t.refers_to_id = e.id)`,
  },
  {
    invariant: 'A request that is done has its redemption, and no other has.',
    broken: `SELECT q.id FROM credit_requests q LEFT JOIN credit_entries e ON e.request_id = q.id
      WHERE (q.state = 'done') <> (e.id IS NOT NULL) OR e.amount <> -q.amount`,
  },
  {
    invariant: 'What came off its own job was used there, to the cent.',
    broken: `SELECT w.id, w.status, w.amount FROM rewards w WHERE w.off_this_job AND (w.kind <> 'credit'
      OR w.status NOT IN ('redeemed', 'voided') OR CASE w.status WHEN 'voided' THEN 0 ELSE w.amount END <>
      (SELECT coalesce(sum(CASE WHEN c.kind = 'settlements' THEN t.amount WHEN d.kind = 'settlements' THEN -t.amount ELSE 0 END), 0)
      FROM ledger_transfers t JOIN ledger_accounts d ON d.id = t.debit_account_id
      JOIN ledger_accounts c ON c.id = t.credit_account_id WHERE t.refers_to_id = w.id))`,
  },
  {
    invariant: 'A discount code that was earned is given, to that reward alone.',
    broken: `SELECT w.id FROM rewards w LEFT JOIN discount_codes k ON k.reward_id = w.id
      WHERE (w.kind <> 'discount_code' AND k.id IS NOT NULL)
        OR (w.kind = 'discount_code' AND w.status <> 'voided' AND (w.status = 'pending') <> (k.id IS NULL))`,
  },
  {
    invariant: 'What waits for staff is not out yet.',
    broken: "SELECT id FROM rewards WHERE needs_approval AND status NOT IN ('pending', 'voided')",
  },
]
