import { and, eq } from 'drizzle-orm'
import type { Queries } from '../../../database/queries.ts'
import type { EndedMessage } from '../../../shared/context.ts'
import { contactAddresses } from './contacts.table.ts'

/** Takes note of addresses that a provider said can't be reached. Only another address helps. */
export async function noteRefusals(db: Queries, ended: EndedMessage[]): Promise<void> {
  for (const { organizationId, addressId, refusal } of ended) {
    if (organizationId === null || addressId === null || refusal === null || refusal === 'stopped') continue
    await db
      .update(contactAddresses)
      .set({ undeliverable: refusal })
      .where(and(eq(contactAddresses.organizationId, organizationId), eq(contactAddresses.id, addressId)))
  }
}
