import { firstName, withExceptions } from '@goodword/domain'
import type { Ctx } from '../../../shared/context.ts'
import type { PersonDescription } from '../../people/contacts/contacts.ts'
import { getMessageRecipient, type MessageRecipient } from '../../people/contacts/recipients.ts'
import { membersToNotify } from '../../platform/members/notices.ts'
import { queueMessage } from '../../platform/messages/messages.ts'
import { confirmationsToday } from './confirmations.queries.ts'
import { nextFriendOf } from './converted.queries.ts'
import { leftToDigest } from './digests.ts'
import type { Recorded } from './submission.ts'

/** So many confirmations a mailbox or phone gets within a day, however many links somebody types it into. */
const confirmationsADay = 3

type Advocate = MessageRecipient | null

/**
 * Sends the messages about a new referral to staff and the advocate. With `person`, the friend submitted it themselves
 * and gets a confirmation at an address they typed. Of too many at once, a digest tells instead, and friends get none:
 * whoever sends them decides who would.
 */
export async function notifyOfReferral(tx: Ctx, recorded: Recorded, person: PersonDescription | null): Promise<void> {
  const { enrollment } = recorded
  if (await leftToDigest(tx, recorded)) return
  const advocate = enrollment && (await getMessageRecipient(tx, enrollment.contactId))
  await notifyStaff(tx, recorded, advocate)
  if (advocate) await notifyAdvocate(tx, recorded, advocate)
  if (person) await notifyFriend(tx, recorded, person, advocate)
}

/** The lead notice to staff who work on referrals, with a link to the referral. */
async function notifyStaff(tx: Ctx, recorded: Recorded, advocate: Advocate): Promise<void> {
  const { organization, campaign, friendContactId } = recorded
  const mentions = [advocate?.id, friendContactId].filter((id) => typeof id === 'string')
  for (const member of await membersToNotify(tx)) {
    await queueMessage(tx, {
      organizationId: tx.organizationId,
      referralId: recorded.id,
      personId: member.personId,
      mentions,
      channel: 'email',
      to: member.email,
      name: member.name,
      template: 'referral_received_staff',
      values: {
        organizationName: organization.name,
        campaignName: campaign.name,
        advocateFirstName: advocate && firstName(advocate.name),
        advocateNamed: recorded.advocateNamed,
        referralUrl: `${tx.config.publicUrl}/console/referrals/${recorded.id}`,
      },
      idempotencyKey: `referral:${recorded.id}:staff:${member.personId}`,
    })
  }
}

/** The activity notice to the advocate: someone is interested, without saying who. */
export async function notifyAdvocateOfInterest(tx: Ctx, recorded: Recorded): Promise<void> {
  const { enrollment } = recorded
  if (enrollment) await notifyAdvocate(tx, recorded, await getMessageRecipient(tx, enrollment.contactId))
}

async function notifyAdvocate(
  tx: Ctx,
  recorded: Recorded,
  { id, name, language, reach }: MessageRecipient,
): Promise<void> {
  const { organization, campaign, enrollment } = recorded
  if (!enrollment || !reach) return
  const terms = withExceptions(recorded.terms, enrollment.exceptions)
  const nth = await nextFriendOf(tx, enrollment, terms, organization.timeZone)
  await queueMessage(tx, {
    organizationId: tx.organizationId,
    referralId: recorded.id,
    contactId: id,
    mentions: [],
    name,
    template: 'referral_received_advocate',
    language,
    values: (words) => ({
      organizationName: organization.name,
      advocateFirstName: firstName(name),
      advocateOffer: words.advocateOffer(terms, campaign.currency, nth).short || null,
    }),
    link: 'portal_view',
    idempotencyKey: `referral:${recorded.id}:advocate:${enrollment.id}`,
    ...reach,
  })
}

/** The confirmation to the friend, sent only to an address they typed that is also their contact's. */
async function notifyFriend(tx: Ctx, recorded: Recorded, person: PersonDescription, advocate: Advocate): Promise<void> {
  const { organization, campaign, enrollment, friendContactId } = recorded
  if (friendContactId === null) return
  const { reach, language } = recorded.newFriend ?? (await getMessageRecipient(tx, friendContactId))
  if (!reach || (reach.to !== person.email && reach.to !== person.phone)) return
  // Nothing was sent yet to a new contact with a mailbox of its own.
  const mayBeMany = recorded.newFriend === undefined || recorded.newFriend.sharesMailbox
  if (mayBeMany && (await confirmationsToday(tx, friendContactId, person.email)) >= confirmationsADay) return
  const terms = withExceptions(recorded.terms, enrollment?.exceptions ?? null)
  const named = advocate?.sharesName ? advocate : null
  await queueMessage(tx, {
    organizationId: tx.organizationId,
    referralId: recorded.id,
    contactId: friendContactId,
    mentions: named ? [named.id] : [],
    name: person.name,
    template: 'referral_received_friend',
    language: person.language ?? language,
    values: (words) => ({
      organizationName: organization.name,
      organizationPhone: organization.phone,
      friendFirstName: firstName(person.name),
      advocateFirstName: named && firstName(named.name),
      offer: terms.friend.kind === 'none' ? null : words.offer(terms, campaign.currency, campaign.friendOffer).sentence,
    }),
    link: 'friend_page',
    idempotencyKey: `referral:${recorded.id}:friend`,
    ...reach,
  })
}
