import { sql } from 'drizzle-orm'
import type { Queries } from '../../../database/queries.ts'
import { malformedIds, malformedTimes } from '../../../database/storedShape.ts'

/** A broken promise: which, and the rows that break it (at most ten). */
export type Finding = { promise: string; rows: unknown[] }

/** Each query answers the rows that break the promise; none is the only right answer (RELIABILITY, invariants). */
const promises: { promise: string; broken: string }[] = [
  {
    promise: 'Per organization and currency all balances sum to zero.',
    broken:
      'SELECT organization_id, currency, sum(balance) FROM ledger_accounts GROUP BY 1, 2 HAVING sum(balance) <> 0',
  },
  {
    promise: 'A balance is the sum of its transfers.',
    broken: `SELECT a.id, a.balance FROM ledger_accounts a WHERE a.balance <>
      (SELECT coalesce(sum(amount), 0) FROM ledger_transfers WHERE credit_account_id = a.id) -
      (SELECT coalesce(sum(amount), 0) FROM ledger_transfers WHERE debit_account_id = a.id)`,
  },
  {
    promise: 'Credit of a contact is never negative.',
    broken: `SELECT id, balance FROM ledger_accounts
      WHERE (kind LIKE 'contact_%' AND balance < 0) OR (kind = 'owed_by_contact' AND balance > 0)`,
  },
  {
    promise: 'Amounts are positive whole numbers that a computer holds exactly.',
    broken:
      "SELECT id, amount FROM ledger_transfers WHERE typeof(amount) <> 'integer' OR amount <= 0 OR amount > 9007199254740991",
  },
  {
    promise: 'Both sides of a transfer are of its organization and currency.',
    broken: `SELECT t.id FROM ledger_transfers t
      JOIN ledger_accounts d ON d.id = t.debit_account_id JOIN ledger_accounts c ON c.id = t.credit_account_id
      WHERE d.id = c.id OR d.organization_id <> t.organization_id OR c.organization_id <> t.organization_id
        OR d.currency <> t.currency OR c.currency <> t.currency`,
  },
  {
    promise: 'A transfer is reversed at most once, equal and opposite.',
    broken: `SELECT r.id FROM ledger_transfers r JOIN ledger_transfers o ON o.id = r.reverses_id
      WHERE r.amount <> o.amount OR r.debit_account_id <> o.credit_account_id OR r.credit_account_id <> o.debit_account_id
        OR (SELECT count(*) FROM ledger_transfers x WHERE x.reverses_id = o.id) > 1`,
  },
  {
    promise: 'Held credit is what waiting rewards say.',
    broken: `SELECT a.contact_id, a.currency, a.balance FROM ledger_accounts a WHERE a.kind = 'contact_held' AND a.balance <>
      (SELECT coalesce(sum(r.amount), 0) FROM rewards r WHERE r.contact_id = a.contact_id AND r.currency = a.currency
        AND r.kind = 'credit' AND r.status = 'pending')`,
  },
  {
    promise: 'Credit that was given is what rewards say.',
    broken: `SELECT w.id, w.status, w.amount FROM rewards w WHERE w.kind = 'credit' AND
      CASE w.status WHEN 'voided' THEN 0 ELSE w.amount END <> (SELECT coalesce(sum(
        CASE WHEN d.kind = 'organization_rewards' THEN t.amount WHEN c.kind = 'organization_rewards' THEN -t.amount ELSE 0 END), 0)
      FROM ledger_transfers t JOIN ledger_accounts d ON d.id = t.debit_account_id
      JOIN ledger_accounts c ON c.id = t.credit_account_id WHERE t.refers_to_id = w.id)
      OR w.kind = 'credit' AND w.status <> 'voided' AND (w.status = 'pending') <> NOT EXISTS (SELECT 1 FROM ledger_transfers t
        JOIN ledger_accounts c ON c.id = t.credit_account_id WHERE t.refers_to_id = w.id AND c.kind = 'contact_available')`,
  },
  {
    promise: 'One referral of a friend earns in a campaign, and every converted referral has its conversion.',
    broken: `SELECT r.id FROM referrals r LEFT JOIN conversions c ON c.referral_id = r.id
      WHERE (r.status IN ('converted', 'reversed') AND c.id IS NULL) OR (r.status NOT IN ('converted', 'reversed') AND c.id IS NOT NULL)`,
  },
  {
    promise: 'The rewards of a conversion are what it froze.',
    broken: `SELECT c.id FROM conversions c WHERE c.advocate_amount + c.friend_amount <>
      (SELECT coalesce(sum(amount), 0) FROM rewards r WHERE r.conversion_id = c.id)`,
  },
  {
    promise: 'The rewards of a reversed referral are void, those of a converted one are not.',
    broken: `SELECT w.id FROM rewards w JOIN conversions c ON c.id = w.conversion_id JOIN referrals r ON r.id = c.referral_id
      WHERE (r.status = 'reversed' AND w.status <> 'voided')
        OR (r.status = 'converted' AND w.status = 'voided' AND w.decided_by IS NULL)`,
  },
  {
    promise: 'Whoever owes has no credit to use.',
    broken: `SELECT o.contact_id, o.currency FROM ledger_accounts o JOIN ledger_accounts a ON a.organization_id = o.organization_id
      AND a.contact_id = o.contact_id AND a.currency = o.currency AND a.kind = 'contact_available'
      WHERE o.kind = 'owed_by_contact' AND o.balance < 0 AND a.balance > 0`,
  },
  {
    promise: 'What was entered by hand moved as much as it says.',
    broken: `SELECT e.id, e.amount FROM credit_entries e WHERE e.amount <> (SELECT coalesce(sum(
        CASE WHEN c.kind = 'contact_available' THEN t.amount ELSE 0 END - CASE WHEN d.kind = 'contact_available' THEN t.amount ELSE 0 END), 0)
      FROM ledger_transfers t JOIN ledger_accounts d ON d.id = t.debit_account_id
      JOIN ledger_accounts c ON c.id = t.credit_account_id WHERE t.refers_to_type = 'credit_entry' AND t.refers_to_id = e.id)`,
  },
  {
    promise: 'A request that is done has its redemption, and no other has.',
    broken: `SELECT q.id FROM credit_requests q LEFT JOIN credit_entries e ON e.request_id = q.id
      WHERE (q.state = 'done') <> (e.id IS NOT NULL) OR e.amount <> -q.amount`,
  },
  {
    promise: 'What came off its own job was used there, to the cent.',
    broken: `SELECT w.id, w.status, w.amount FROM rewards w WHERE w.off_this_job AND (w.kind <> 'credit'
      OR w.status NOT IN ('redeemed', 'voided') OR CASE w.status WHEN 'voided' THEN 0 ELSE w.amount END <>
      (SELECT coalesce(sum(CASE WHEN c.kind = 'settlements' THEN t.amount WHEN d.kind = 'settlements' THEN -t.amount ELSE 0 END), 0)
      FROM ledger_transfers t JOIN ledger_accounts d ON d.id = t.debit_account_id
      JOIN ledger_accounts c ON c.id = t.credit_account_id WHERE t.refers_to_id = w.id))`,
  },
  {
    promise: 'A discount code that was earned is given, to that reward alone.',
    broken: `SELECT w.id FROM rewards w LEFT JOIN discount_codes k ON k.reward_id = w.id
      WHERE (w.kind <> 'discount_code' AND k.id IS NOT NULL)
        OR (w.kind = 'discount_code' AND w.status <> 'voided' AND (w.status = 'pending') <> (k.id IS NULL))`,
  },
  {
    promise: 'What waits for staff is not out yet.',
    broken: "SELECT id FROM rewards WHERE needs_approval AND status NOT IN ('pending', 'voided')",
  },
  {
    promise: 'Nothing belongs to two organizations.',
    broken: `SELECT r.id FROM referrals r JOIN enrollments e ON e.id = r.enrollment_id JOIN contacts f ON f.id = r.friend_contact_id
      JOIN campaigns p ON p.id = r.campaign_id WHERE r.organization_id <> e.organization_id
        OR r.organization_id <> f.organization_id OR r.organization_id <> p.organization_id`,
  },
  {
    promise: 'An account is of a contact of its organization.',
    broken: `SELECT a.id FROM ledger_accounts a LEFT JOIN contacts p ON p.id = a.contact_id AND p.organization_id = a.organization_id
      WHERE (a.contact_id <> '') <> (a.kind LIKE 'contact_%' OR a.kind = 'owed_by_contact') OR (a.contact_id <> '' AND p.id IS NULL)`,
  },
  {
    promise: 'Every message and delivery that waits stands in the queue, and nothing else of theirs does.',
    broken: `WITH waiting(kind, id) AS (SELECT 'message', id FROM messages WHERE state = 'queued'
        UNION ALL SELECT 'webhook', id FROM webhook_deliveries WHERE state = 'queued')
      SELECT kind, id FROM waiting w WHERE NOT EXISTS (SELECT 1 FROM queue q WHERE q.kind = w.kind AND q.subject_id = w.id)
      UNION ALL SELECT kind, subject_id FROM queue q WHERE kind IN ('message', 'webhook')
        AND NOT EXISTS (SELECT 1 FROM waiting w WHERE w.kind = q.kind AND w.id = q.subject_id)`,
  },
  {
    promise: 'Whoever holds something of the queue has begun to attempt it.',
    broken: 'SELECT kind, subject_id FROM queue WHERE attempts < 0 OR (holder IS NOT NULL AND attempts = 0)',
  },
  { promise: 'Every reference leads somewhere.', broken: 'PRAGMA foreign_key_check' },
  { promise: 'The file is whole.', broken: "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'" },
]

/** What holds for every table there is. */
const ofEveryTable: { promise: string; broken: (db: Queries) => Promise<unknown[]> }[] = [
  { promise: 'Every id looks as ids do, so that its address can be opened.', broken: malformedIds },
  { promise: 'Every time is a whole number of milliseconds, between 1900 and 2200.', broken: malformedTimes },
]

/** Checks every promise that can be checked from the rows. An empty answer means all of them hold. */
export async function verify(db: Queries): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { promise, broken } of promises) {
    const rows = await db.all<unknown[]>(sql.raw(broken))
    if (rows.length > 0) findings.push({ promise, rows: rows.slice(0, 10) })
  }
  for (const { promise, broken } of ofEveryTable) {
    const rows = await broken(db)
    if (rows.length > 0) findings.push({ promise, rows: rows.slice(0, 10) })
  }
  return findings
}

export const promisesChecked = promises.length + ofEveryTable.length
