import type { Queries } from '../../../database/queries.ts'
import { type Ctx, contextWithin, type EndedMessage, type Services } from '../../../shared/context.ts'
import { messagesOfInvitation } from '../../platform/messages/messages.invitations.queries.ts'
import { findInvitation, type InvitationRow, invitationsOf } from './asking.queries.ts'
import { updateInvitation, wakeAt } from './invitationRows.ts'

/**
 * Leaves it to the queue to take note of an ask that was sent or wasn't. One that staff sent again after it had failed counts
 * too.
 */
export async function noteEndedAsks(db: Queries, ended: EndedMessage[], services: Services): Promise<void> {
  for (const { id, organizationId, invitationId, state, refusal } of ended) {
    if (organizationId === null || invitationId === null) continue
    const tx = contextWithin(services, organizationId, db)
    const invitation = await findInvitation(tx, invitationId)
    if (!invitation) continue
    if (state === 'sent' && !invitation.handedOver.includes(id))
      await updateInvitation(tx, invitation, { handedOver: [...invitation.handedOver, id] })
    if (refusal !== null && !invitation.handedOver.includes(id)) await takeBackSent(tx, invitation)
    await wakeAt(tx, invitationId, services.clock())
  }
}

/** A text that the provider took turned out to reach nobody: unless another message did, the ask is still to be sent. */
async function takeBackSent(tx: Ctx, invitation: InvitationRow): Promise<void> {
  const others = await messagesOfInvitation(tx, invitation.id)
  if (invitation.state !== 'sent' || others.some(({ state }) => state === 'sent' || state === 'queued')) return
  const all = await invitationsOf(tx, invitation.contactId)
  if (all.some(({ campaignId, state }) => campaignId === invitation.campaignId && state === 'scheduled')) return
  await updateInvitation(tx, invitation, {
    state: 'scheduled',
    sendAt: tx.clock(),
    sentAt: null,
    channels: [],
    followUpAt: null,
  })
}
