import { sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import type { WaitingMessage } from '../../../shared/context.ts'
import { contactAddresses } from './contacts.table.ts'

const ownersOf = prepared((db) =>
  db
    .select({ id: contactAddresses.id, contactId: contactAddresses.contactId })
    .from(contactAddresses)
    .where(sql`${contactAddresses.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`)
    .prepare(),
)

/** Messages to an address that its contact no longer has, because it was removed or turned out to be someone else's. */
export async function withholdFromAddresses(db: Queries, waiting: WaitingMessage[]): Promise<Map<string, string>> {
  const addressed = waiting.filter(({ contactId, addressId }) => contactId !== null && addressId !== null)
  if (addressed.length === 0) return new Map()
  const rows = await ownersOf(db).all({ ids: JSON.stringify(addressed.map(({ addressId }) => addressId)) })
  const owners = new Map(rows.map(({ id, contactId }) => [id, contactId]))
  return new Map(
    addressed
      .filter(({ contactId, addressId }) => owners.get(addressId ?? '') !== contactId)
      .map(({ id }) => [id, 'This contact no longer has this address.']),
  )
}
