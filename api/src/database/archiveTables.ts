import { type SQL, sql } from 'drizzle-orm'
import type { Queries } from './queries.ts'

/**
 * Tables that aren't exported: sessions, secrets, sign-in links, pending work and short-lived data. Webhooks, secret keys,
 * the secrets of connected systems and the account for gift cards have to be set up again in the new installation.
 */
const excludedTables = new Map<string, SQL | null>([
  ['sessions', null],
  ['portal_sessions', null],
  ['portal_links', null],
  ['idempotency_records', null],
  ['embed_events', null],
  ['advocate_traces', null],
  ['queue', null],
  ['campaign_expiry', null],
  ['reward_counts', null],
  ['discount_code_counts', null],
  ['search_organizations', null],
  ['webhook_endpoints', null],
  ['webhook_events', null],
  ['webhook_deliveries', null],
  ['webhook_attempts', null],
  ['connection_secrets', null],
  ['gift_card_settings', null],
  ['address_names', null],
  ['job_event_counts', null],
  ['rollup_subjects', null],
  ['leaderboards', null],
  ['leaderboard_redating', null],
  ['visit_links', null],
  ['referral_counts', null],
  ['enrollment_counts', null],
  ['ledger_totals', null],
  ['contact_balances', null],
  ['contact_balance_totals', null],
  ['contact_balance_changes', null],
  ['keys', sql`kind = 'publishable'`],
])

/** Views that are exported in place of their tables, with the tables they come after and the columns of their order. */
export const archivedViews = new Map([['visits', { after: ['enrollments'], key: ['link', 'quarter', 'place'] }]])

/** Columns kept by triggers (see Projection): an import derives them again. */
const derivedColumns = new Map<string, readonly string[]>([
  ['contacts', ['enrollment_count', 'referred_count', 'duplicate_count']],
  ['enrollments', ['referral_count', 'converted_count', 'earned']],
  ['referrals', ['converted_at']],
  ['discount_codes', ['code_key']],
  // Hashes with a key of the installation; they say what goes on here.
  ['imports', ['content_hash', 'request_hash']],
  // They only say where the row is stored.
  ['visits', ['link', 'quarter', 'place']],
])
export const isDerived = (table: string, column: string) => derivedColumns.get(table)?.includes(column) ?? false

/** The newest migration that ran. Archives only move between equal schemas. */
export async function schemaOf(tx: Queries): Promise<number> {
  const [row] = await tx.all<[number]>(sql`SELECT max(made_at) FROM migrations`)
  return row?.[0] ?? 0
}

/** The tables with an organization's rows, each after the tables it references. */
export async function tablesInOrder(tx: Queries): Promise<string[]> {
  const all = await tx.all<[string, string]>(
    sql`SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'`,
  )
  const wanted = new Set(['organizations', 'persons'])
  for (const [table, type] of all) {
    if (type === 'view' && !archivedViews.has(table)) continue
    if ((await columnsOf(tx, table)).includes('organization_id') && excludedTables.get(table) !== null)
      wanted.add(table)
  }
  const pointsAt = new Map<string, string[]>()
  for (const table of wanted) {
    const keys = await tx.all<[number, number, string]>(
      sql`SELECT id, seq, "table" FROM pragma_foreign_key_list(${table})`,
    )
    const others = [...keys.map(([, , other]) => other), ...(archivedViews.get(table)?.after ?? [])]
    pointsAt.set(
      table,
      [...new Set(others)].filter((other) => other !== table && wanted.has(other)),
    )
  }
  const ordered: string[] = []
  const place = (table: string) => {
    if (ordered.includes(table)) return
    for (const other of pointsAt.get(table) ?? []) place(other)
    ordered.push(table)
  }
  for (const table of [...wanted].sort()) place(table)
  return ordered
}

/** The stored columns, without derived and generated ones. */
export async function columnsOf(tx: Queries, table: string): Promise<string[]> {
  const columns = await tx.all<[string]>(sql`SELECT name FROM pragma_table_info(${table})`)
  return columns.map(([name]) => name).filter((name) => !isDerived(table, name))
}

/** SQL condition for the organization's rows in a table. A person belongs to it if they were ever a member. */
export function rowsOf(table: string, organizationId: string): SQL {
  if (table === 'organizations') return sql`id = ${organizationId}`
  if (table === 'persons') return sql`id IN (SELECT person_id FROM members WHERE organization_id = ${organizationId})`
  const only = excludedTables.get(table)
  return only ? sql`organization_id = ${organizationId} AND ${only}` : sql`organization_id = ${organizationId}`
}
