import { and, eq } from 'drizzle-orm'
import { type Ctx, contextFor, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { otherPortals } from './organizationSwitch.queries.ts'
import { writeAudit } from './portal.audit.ts'
import { portalSessions } from './portal.table.ts'

/**
 * Switches the session to another organization of the same person, with the same scope and the same expiry. Throws
 * not_found for an organization the session doesn't give access to.
 */
export const switchPortal = (ctx: Ctx, organizationId: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    if (tx.actor.type !== 'contact') throw new AppError('unauthenticated')
    const { actor } = tx
    if (organizationId === tx.organizationId) return
    const to = (await otherPortals(tx)).find((one) => one.organizationId === organizationId)
    if (!to) throw new AppError('not_found')
    await tx.db
      .update(portalSessions)
      .set({ organizationId, contactId: to.contactId, addressId: to.addressId })
      .where(and(eq(portalSessions.organizationId, tx.organizationId), eq(portalSessions.id, actor.sessionId)))
    const there = { ...contextFor(tx, organizationId, { ...actor, id: to.contactId }), db: tx.db, inTransaction: true }
    await writeAudit(there, { action: 'portal.opened', subjectId: to.contactId, data: { scope: actor.scope } })
  })
