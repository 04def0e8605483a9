import type { AskChannel } from '@goodword/domain'
import { firstName, withExceptions } from '@goodword/domain'
import type { Ctx } from '../../../shared/context.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { type MessageOfInvitation, messagesOfInvitation } from '../../platform/messages/messages.invitations.queries.ts'
import { queueMessage } from '../../platform/messages/messages.ts'
import { getEnrollment } from '../advocates/advocates.ts'
import { linkOf } from '../advocates/links.ts'
import { loadCampaignContext } from '../campaigns/campaigns.ts'
import { nextFriendOf } from '../referrals/converted.queries.ts'
import type { InvitationRow } from './asking.queries.ts'
import type { Known } from './facts.ts'
import { updateInvitation } from './invitationRows.ts'

type What = 'ask' | 'reminder' | 'follow_up'

const templateOf = {
  ask: 'invitation_ask',
  reminder: 'invitation_reminder',
  follow_up: 'invitation_follow_up',
} as const

/** Hands the messages of an invitation to the outbox. It counts as sent when a provider has taken one of them. */
export async function handOver(
  tx: Ctx,
  known: Known,
  row: InvitationRow,
  { what, channels }: { what: What; channels: AskChannel[] },
): Promise<void> {
  const { contact, reach } = known
  const { organization, campaign, terms } = await loadCampaignContext(tx, row.campaignId)
  const enrollment = await getEnrollment(tx, row.enrollmentId ?? '')
  const own = withExceptions(terms, enrollment.exceptions)
  const nth = await nextFriendOf(tx, enrollment, own, organization.timeZone)
  const handedOver: string[] = []
  for (const channel of channels) {
    const to = reach[channel]
    if (!to) throw new Error(`There is no address for ${channel}.`)
    handedOver.push(
      await queueMessage(tx, {
        organizationId: tx.organizationId,
        contactId: contact.id,
        invitationId: row.id,
        mentions: [],
        ...to,
        name: contact.name,
        template: templateOf[what],
        language: contact.language,
        values: (words) => ({
          organizationName: organization.name,
          advocateFirstName: firstName(contact.name),
          headline: words.headline(own, campaign.currency, nth),
          shareLink: linkOf({ campaign, code: enrollment.code, publicUrl: tx.config.publicUrl }),
        }),
        link: 'portal_view',
      }),
    )
  }
  await updateInvitation(tx, row, { handedOver })
}

/** The messages of an invitation whose end wasn't taken note of. */
export async function openMessages(ctx: Ctx, { id, handedOver }: InvitationRow): Promise<MessageOfInvitation[]> {
  if (handedOver.length === 0) return []
  return (await messagesOfInvitation(ctx, id)).filter((message) => handedOver.includes(message.id))
}

/** Takes note of how its messages ended. One that a provider took makes it sent. */
export async function noteEnds(tx: Ctx, row: InvitationRow, ended: MessageOfInvitation[]): Promise<void> {
  await updateInvitation(tx, row, { handedOver: [] })
  const taken = ended.filter(({ state }) => state === 'sent' || state === 'kept')
  const [first] = taken
  if (!first) return
  const at = Math.max(...taken.map(({ sentAt }) => sentAt ?? tx.clock()))
  const followUp = isFollowUp(first)
  if (followUp) await updateInvitation(tx, row, { followUpSentAt: at, followUpAt: null })
  else
    await updateInvitation(tx, row, {
      state: row.joinedAt !== null ? 'joined' : row.openedAt !== null ? 'opened' : 'sent',
      sentAt: row.sentAt ?? at,
      channels: [...new Set([...row.channels, ...taken.map(({ channel }) => channel)])],
      reason: null,
      sendAt: null,
    })
  await recordEvent(tx, 'invitation.sent', { ...eventOf(row), channels: taken.map(({ channel }) => channel), followUp })
}

export const isFollowUp = ({ template }: { template: string }): boolean => template === templateOf.follow_up

/** What every event says of an invitation. */
export const eventOf = ({ id, contactId, campaignId, jobId, enrollmentId }: InvitationRow) => ({
  invitationId: id,
  contactId,
  campaignId,
  jobId,
  advocateId: enrollmentId,
})
