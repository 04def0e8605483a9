import type { ContactLedger, Currency, LedgerEntry } from '@goodword/contracts'
import type { AccountKind, TransferCode } from '@goodword/domain'
import { type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { descending, mapPage, type PageRequest, readPage } from '../../../shared/keyset.ts'
import { iso } from '../../../shared/pages.ts'
import { balancesOfContact } from '../../money/ledger/ledger.ts'
import { getContact } from '../../people/contacts/contacts.ts'

type Row = [
  id: string,
  at: number,
  code: TransferCode,
  currency: Currency,
  available: number,
  held: number,
  owed: number,
  balance: number,
  side: 'advocate' | 'friend' | null,
  referralId: string | null,
  friendName: string | null,
  note: string | null,
  by: string | null,
]

const newestFirst = [
  descending<Row>(sql`entries.created_at`, ([, at]) => at),
  descending<Row>(sql`entries.id`, ([id]) => id),
]

/**
 * A contact's balances and every movement, newest first, each with the available credit after it; minor units. Throws
 * not_found.
 */
export async function ledgerOfContact(ctx: Ctx, contactId: string, query: PageRequest): Promise<ContactLedger> {
  await getContact(ctx, contactId)
  const page = await readPage(query, newestFirst, ({ where, orderBy, limit }) =>
    ctx.db.all<Row>(
      sql`${movements(ctx.organizationId, contactId, where)} ORDER BY ${sql.join(orderBy, sql`, `)} LIMIT ${limit}`,
    ),
  )
  return { balances: await balancesOfContact(ctx, contactId), ...mapPage(page, entryOf) }
}

const change = (kind: AccountKind) =>
  sql.raw(`sum(CASE WHEN a.kind <> '${kind}' THEN 0 WHEN t.credit_account_id = a.id THEN t.amount ELSE -t.amount END)`)

/** A voided reward that was already released goes back through the hold account; that second transfer isn't shown. */
const visible = sql.raw(
  `NOT (code = 'reversal' AND available = 0 AND owed = 0 AND EXISTS (SELECT 1 FROM ledger_transfers r
    WHERE r.refers_to_id = entries.refers_to_id AND r.code = 'reward_released'))`,
)

const movements = (organizationId: string, contactId: string, where: SQL | undefined) => sql`
  WITH moves AS (
    SELECT t.id, t.created_at, t.code, t.currency, t.refers_to_type, t.refers_to_id,
      ${change('available')} AS available, ${change('held')} AS held, -${change('owed')} AS owed
    FROM ledger_accounts a JOIN ledger_transfers t ON t.debit_account_id = a.id OR t.credit_account_id = a.id
    WHERE a.organization_id = ${organizationId} AND a.owner_type = 'contact' AND a.owner_id = ${contactId}
    GROUP BY t.id
  ), entries AS (
    SELECT *, sum(available) OVER (PARTITION BY currency ORDER BY created_at, id) AS balance FROM moves
  )
  SELECT entries.id, entries.created_at, entries.code, entries.currency, available, held, owed, balance,
    w.side, r.id, json_extract(r.submitted, '$.name'), nullif(n.note, ''), coalesce(m.name, k.name)
  FROM entries
  LEFT JOIN rewards w ON entries.refers_to_type = 'reward' AND w.id = entries.refers_to_id
  LEFT JOIN conversions c ON w.source_type = 'conversion' AND c.id = w.source_id
  LEFT JOIN referrals r ON r.id = c.referral_id
  LEFT JOIN credit_entries n ON entries.refers_to_type = 'credit_entry' AND n.id = entries.refers_to_id
  LEFT JOIN members m ON m.id = substr(n.actor, 8)
  LEFT JOIN keys k ON k.id = substr(n.actor, 5)
  WHERE ${visible} AND ${where ?? sql`1`}`

function entryOf(row: Row): LedgerEntry {
  const [id, at, code, currency, available, held, owed, balance, side, referralId, friendName, note, by] = row
  return {
    id,
    at: iso(at),
    label: labelOf(code, side, friendName),
    note,
    by,
    currency,
    available,
    held,
    owed,
    balance,
    referralId,
  }
}

const labels: Record<TransferCode, string> = {
  reward_held: 'on hold',
  reward_issued: '',
  reward_released: 'released',
  reward_voided: 'not paid',
  redemption: 'redeemed',
  adjustment: 'Adjusted',
  reversal: 'taken back',
  set_off: 'Set off against what was owed',
  merge: 'Brought together with another contact',
  opening: 'Opening balance',
}

/** "Reward for Priya Shah, released". Entries that aren't rewards have their own description. */
function labelOf(code: TransferCode, side: Row[8], friendName: string | null): string {
  const words = labels[code]
  if (side === null) return words.charAt(0).toUpperCase() + words.slice(1)
  const reward = side === 'friend' ? 'Reward as a friend' : `Reward for ${friendName || 'a friend'}`
  return words === '' ? reward : `${reward}, ${words}`
}
