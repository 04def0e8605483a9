import type { Queries } from '../../../database/queries.ts'
import { contextWithin, type EndedMessage, type Services } from '../../../shared/context.ts'
import { findInvitation } from './asking.queries.ts'
import { updateInvitation, wakeAt } from './invitationRows.ts'

/**
 * Leaves it to the queue to take note of an ask that was sent or wasn't. One that staff sent again after it had failed counts
 * too.
 */
export async function noteEndedAsks(db: Queries, ended: EndedMessage[], services: Services): Promise<void> {
  for (const { id, organizationId, invitationId, state } of ended) {
    if (organizationId === null || invitationId === null) continue
    const tx = contextWithin(services, organizationId, db)
    const invitation = await findInvitation(tx, invitationId)
    if (!invitation) continue
    if (state === 'sent' && !invitation.handedOver.includes(id))
      await updateInvitation(tx, invitation, { handedOver: [...invitation.handedOver, id] })
    await wakeAt(tx, invitationId, services.clock())
  }
}
