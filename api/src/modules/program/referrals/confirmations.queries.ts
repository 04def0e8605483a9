import { canonicalEmail } from '@goodword/domain'
import { type SQL, sql } from 'drizzle-orm'
import { preparedSql } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { dayMs } from './evidence.ts'

const value = (name: string) => sql.placeholder(name)

const sentTo = (contact: SQL) =>
  preparedSql<[count: number]>(
    sql`SELECT count(*) FROM (SELECT 1 FROM messages WHERE ${contact} AND +organization_id = ${value('organizationId')}
      AND template = 'referral_received_friend' AND created_at > ${value('since')} LIMIT 10)`,
  )
const toContact = sentTo(sql`contact_id = ${value('contactId')}`)
const toMailbox = sentTo(sql`contact_id IN (SELECT contact_id FROM contact_addresses
  WHERE organization_id = ${value('organizationId')} AND canonical = ${value('canonical')} LIMIT 200)`)

/**
 * How many confirmations went to a friend within a day, counted up to ten: to their mailbox, whatever tag was typed, or to
 * their phone.
 */
export async function confirmationsToday(tx: Ctx, contactId: string, email: string | null): Promise<number> {
  const about = { organizationId: tx.organizationId, since: tx.clock() - dayMs }
  const row = await (email === null
    ? toContact(tx.db).get({ ...about, contactId })
    : toMailbox(tx.db).get({ ...about, canonical: canonicalEmail(email) }))
  return row?.[0] ?? 0
}
