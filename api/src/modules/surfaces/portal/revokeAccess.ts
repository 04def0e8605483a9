import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { portalLinks, portalSessions } from './portal.table.ts'

/** Ends all sessions of a contact and every link that could open one. */
export async function endPortalAccess(tx: Ctx, contactId: string): Promise<void> {
  await tx.db
    .delete(portalSessions)
    .where(and(eq(portalSessions.organizationId, tx.organizationId), eq(portalSessions.contactId, contactId)))
  await tx.db
    .delete(portalLinks)
    .where(and(eq(portalLinks.organizationId, tx.organizationId), eq(portalLinks.contactId, contactId)))
}
