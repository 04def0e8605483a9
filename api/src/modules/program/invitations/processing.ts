import { reasonNoEmail, reasonNoText } from '@goodword/domain'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { reachabilityOf } from '../../people/contacts/reachability.ts'
import { type MessageOfInvitation, messagesOfInvitation } from '../../platform/messages/messages.invitations.queries.ts'
import { contactOfJob, findInvitation, type InvitationRow } from './asking.queries.ts'
import { decideForContact } from './deciding.ts'
import { sleep, updateInvitation } from './invitationRows.ts'
import { isFollowUp, noteEnds, openMessages } from './sending.ts'

/** So many messages of one invitation may end without being sent before it is given up. */
const mostMessages = 6

/**
 * Decides again about what a row of the queue names: an invitation that is due or whose message ended, or a job whose score was
 * waited for. Doing it again changes nothing.
 */
export const processAsk = (ctx: Ctx, subjectId: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    if (subjectId.startsWith('job_')) {
      const contactId = await contactOfJob(tx, subjectId)
      if (contactId !== null) await decideForContact(tx, contactId, subjectId)
      return
    }
    const invitation = await findInvitation(tx, subjectId)
    if (invitation) await processInvitation(tx, invitation)
  })

async function processInvitation(tx: Ctx, invitation: InvitationRow): Promise<void> {
  const handedOver = await openMessages(tx, invitation)
  if (handedOver.some(({ state }) => state === 'queued')) return
  await noteEnds(tx, invitation, handedOver)
  if (await isGivenUp(tx, invitation, handedOver)) return giveUp(tx, invitation, handedOver)
  await decideForContact(tx, invitation.contactId, null)
}

/** Nobody took it, and nothing that was learned by it makes another attempt worth while. */
async function isGivenUp(tx: Ctx, { id, contactId }: InvitationRow, ended: MessageOfInvitation[]): Promise<boolean> {
  if (ended.length === 0 || ended.some(({ state }) => state === 'sent' || state === 'kept')) return false
  if ((await messagesOfInvitation(tx, id)).length >= mostMessages) return true
  const { phone, email } = (await reachabilityOf(tx, contactId)).facts
  return ended.some(
    ({ state, channel }) =>
      state === 'failed' && (channel === 'sms' ? reasonNoText(phone) : reasonNoEmail(email)) === null,
  )
}

async function giveUp(tx: Ctx, invitation: InvitationRow, [first]: MessageOfInvitation[]): Promise<void> {
  if (first && isFollowUp(first)) await updateInvitation(tx, invitation, { followUpAt: null })
  else if (invitation.state === 'scheduled')
    await updateInvitation(tx, invitation, { state: 'skipped', sendAt: null, reason: { reason: 'send_failed' } })
  await sleep(tx, invitation.id)
}
