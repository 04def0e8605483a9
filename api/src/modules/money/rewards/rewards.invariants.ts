import { rewardSourceTypes } from '@goodword/contracts'
import type { Invariant } from '../../../shared/module.ts'

const sourceTypes = rewardSourceTypes.map((type) => `'${type}'`).join(', ')

export const rewardsInvariants: Invariant[] = [
  {
    invariant: 'A reward has a source of a known type.',
    broken: `SELECT id, source_type FROM rewards WHERE source_type NOT IN (${sourceTypes})`,
  },
  {
    invariant: 'Held credit equals the sum of pending rewards.',
    broken: `SELECT a.owner_id, a.currency, a.balance FROM ledger_accounts a WHERE a.kind = 'held' AND a.owner_type = 'contact' AND a.balance <>
      (SELECT coalesce(sum(r.amount), 0) FROM rewards r WHERE r.contact_id = a.owner_id AND r.currency = a.currency
        AND r.kind = 'credit' AND r.status = 'pending')`,
  },
  {
    invariant: 'Issued credit equals the sum of issued rewards.',
    broken: `SELECT w.id, w.status, w.amount FROM rewards w WHERE w.kind = 'credit' AND
      CASE w.status WHEN 'voided' THEN 0 ELSE w.amount END <> (SELECT coalesce(sum(
        CASE WHEN d.kind = 'rewards' THEN t.amount WHEN c.kind = 'rewards' THEN -t.amount ELSE 0 END), 0)
      FROM ledger_transfers t JOIN ledger_accounts d ON d.id = t.debit_account_id
      JOIN ledger_accounts c ON c.id = t.credit_account_id WHERE t.refers_to_id = w.id)
      OR w.kind = 'credit' AND w.status <> 'voided' AND (w.status = 'pending') <> NOT EXISTS (SELECT 1 FROM ledger_transfers t
        JOIN ledger_accounts c ON c.id = t.credit_account_id WHERE t.refers_to_id = w.id AND c.kind = 'available')`,
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
    invariant: 'A reward off its own job was redeemed there, to the cent.',
    broken: `SELECT w.id, w.status, w.amount FROM rewards w WHERE w.off_this_job AND (w.kind <> 'credit'
      OR w.status NOT IN ('redeemed', 'voided') OR CASE w.status WHEN 'voided' THEN 0 ELSE w.amount END <>
      (SELECT coalesce(sum(CASE WHEN c.kind = 'settlements' THEN t.amount WHEN d.kind = 'settlements' THEN -t.amount ELSE 0 END), 0)
      FROM ledger_transfers t JOIN ledger_accounts d ON d.id = t.debit_account_id
      JOIN ledger_accounts c ON c.id = t.credit_account_id WHERE t.refers_to_id = w.id))`,
  },
  {
    invariant: 'An earned discount code is assigned to its reward, and to no other.',
    broken: `SELECT w.id FROM rewards w LEFT JOIN discount_codes k ON k.reward_id = w.id
      WHERE (w.kind <> 'discount_code' AND k.id IS NOT NULL)
        OR (w.kind = 'discount_code' AND w.status <> 'voided' AND (w.status = 'pending') <> (k.id IS NULL))`,
  },
  {
    invariant: 'A reward that needs approval has not been issued.',
    broken: "SELECT id FROM rewards WHERE needs_approval AND status NOT IN ('pending', 'voided')",
  },
]
