import { rewardSourceTypes } from '@goodword/contracts'
import { codeKey } from '@goodword/domain'
import { sql } from 'drizzle-orm'
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
    invariant: 'A payout is a redemption and has its day. Nothing else has a day, a method or a reference.',
    broken: `SELECT id FROM credit_entries WHERE is_payout <> (paid_on IS NOT NULL) OR is_payout AND kind <> 'redemption'
      OR NOT is_payout AND (payout_method IS NOT NULL OR payout_reference IS NOT NULL)`,
  },
  {
    invariant: 'A reward that needs approval has not been issued.',
    broken: "SELECT id FROM rewards WHERE needs_approval AND status NOT IN ('pending', 'voided')",
  },
  {
    invariant: 'The rewards of a campaign are counted and summed per tab.',
    broken: `SELECT organization_id, campaign_id, tab, sum(n), sum(amount) FROM (
        SELECT organization_id, campaign_id, tab, count AS n, amount FROM reward_counts
        UNION ALL SELECT organization_id, campaign_id, CASE WHEN status <> 'pending' THEN status WHEN needs_approval THEN 'to_approve'
          ELSE 'waiting' END, -1, -amount FROM rewards)
      GROUP BY 1, 2, 3 HAVING sum(n) <> 0 OR sum(amount) <> 0`,
  },
  {
    invariant:
      'The discount codes of a campaign are counted: those in the pool, those that were given, and those that are over.',
    broken: `SELECT campaign_id, sum(unused), sum(given), sum(past) FROM (
        SELECT campaign_id, left_count AS unused, given_count AS given, over_count AS past FROM discount_code_counts
        UNION ALL SELECT campaign_id, -(reward_id IS NULL AND over_at IS NULL), -(reward_id IS NOT NULL), -(over_at IS NOT NULL)
          FROM discount_codes)
      GROUP BY 1 HAVING sum(unused) <> 0 OR sum(given) <> 0 OR sum(past) <> 0`,
  },
  {
    invariant: 'A discount code that is over has a last day, and nobody has it.',
    broken: 'SELECT id FROM discount_codes WHERE over_at IS NOT NULL AND (reward_id IS NOT NULL OR last_day IS NULL)',
  },
  {
    invariant: 'Every discount code has its key, and of two with the same one the later one has its id after it.',
    broken: async (db) => {
      const rows = await db.all<[string, string, string | null]>(sql`SELECT id, code, code_key FROM discount_codes`)
      return rows.filter(([id, code, key]) => key !== codeKey(code) && key !== `${codeKey(code)} ${id}`)
    },
  },
]
