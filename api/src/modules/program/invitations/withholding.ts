import { decideAsk } from '@goodword/domain'
import type { Queries } from '../../../database/queries.ts'
import { type Ctx, contextWithin, type Services, type WaitingMessage } from '../../../shared/context.ts'
import { messagesOfInvitation } from '../../platform/messages/messages.invitations.queries.ts'
import { findInvitation } from './asking.queries.ts'
import { factsFor, knownOf } from './facts.ts'
import { reasonSentence } from './reasonSentence.ts'
import { isFollowUp } from './sending.ts'

const canceled = 'The ask was canceled.'

/**
 * Asks that must not be sent now: every condition is checked once more, in the transaction that claims the message for sending.
 */
export async function withholdAsks(
  db: Queries,
  waiting: WaitingMessage[],
  services: Services,
): Promise<Map<string, string>> {
  const withheld = new Map<string, string>()
  for (const { id, organizationId, invitationId } of waiting) {
    if (organizationId === null || invitationId === null) continue
    const why = await reasonNow(contextWithin(services, organizationId, db), invitationId, id)
    if (why !== null) withheld.set(id, why)
  }
  return withheld
}

async function reasonNow(tx: Ctx, invitationId: string, messageId: string): Promise<string | null> {
  const invitation = await findInvitation(tx, invitationId)
  const message = (await messagesOfInvitation(tx, invitationId)).find(({ id }) => id === messageId)
  if (!invitation || !message) return canceled
  const known = await knownOf(tx, invitation.contactId, invitation.jobId)
  const campaign = known.campaigns.get(invitation.campaignId)
  const job = known.jobs.find(({ id }) => id === invitation.jobId) ?? null
  if (!campaign || !known.jobsOn || (invitation.jobId !== null && !job)) return canceled
  const isFirst = !isFollowUp(message)
  // Staff may send one again that had failed.
  const isOpen = invitation.state === 'scheduled' || invitation.reason?.reason === 'send_failed'
  if (isFirst && !isOpen && invitation.sentAt === null) return canceled
  // Of two messages of one ask, the first that was sent doesn't hold back the other.
  const asIs = isFirst ? { ...invitation, state: 'scheduled' as const, sentAt: null } : invitation
  const decision = decideAsk(factsFor(tx, known, { campaign, job, invitation: asIs }))
  if (decision.do === 'wait') return canceled
  if (decision.do !== 'send') return reasonSentence(known.timeZone, decision)
  if (decision.at > tx.clock()) return 'Quiet hours began before it could be sent.'
  return decision.channels.includes(message.channel) ? null : 'It goes by another channel.'
}
