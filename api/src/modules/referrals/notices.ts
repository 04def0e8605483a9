import { advocateOffer, firstName, friendOffer, withExceptions } from '@goodword/domain'
import type { Ctx } from '../../shared/context.ts'
import { addressFor, getContact, type PersonDescription } from '../contacts/contacts.ts'
import { membersToNotify } from '../members/notices.ts'
import { queueMessage } from '../messages/messages.ts'
import type { Recorded } from './submission.ts'

/** The lead notice: who works on referrals hears of a new one, with a way to open it. */
export async function tellStaff(tx: Ctx, recorded: Recorded): Promise<void> {
  const { organization, campaign } = recorded
  for (const member of await membersToNotify(tx)) {
    await queueMessage(tx, {
      organizationId: tx.organizationId,
      referralId: recorded.id,
      personId: member.personId,
      channel: 'email',
      to: member.email,
      name: member.name,
      template: 'referral_received_staff',
      values: {
        organizationName: organization.name,
        campaignName: campaign.name,
        advocateFirstName: await advocateFirstName(tx, recorded),
        advocateNamed: recorded.advocateNamed,
        referralUrl: `${tx.config.publicUrl}/console/referrals/${recorded.id}`,
      },
      idempotencyKey: `referral:${recorded.id}:staff:${member.personId}`,
    })
  }
}

/** The activity notice: someone is interested, never who. */
export async function tellAdvocateOfInterest(tx: Ctx, recorded: Recorded): Promise<void> {
  const { organization, campaign, enrollment } = recorded
  if (!enrollment) return
  const advocate = await getContact(tx, enrollment.contactId)
  const reach = await addressFor(tx, advocate.id)
  if (!reach) return
  const terms = withExceptions(recorded.terms, enrollment.exceptions)
  await queueMessage(tx, {
    organizationId: tx.organizationId,
    referralId: recorded.id,
    contactId: advocate.id,
    ...reach,
    name: advocate.name,
    template: 'referral_received_advocate',
    values: {
      organizationName: organization.name,
      advocateFirstName: firstName(advocate.name),
      advocateOffer: advocateOffer(terms, campaign.currency).short || null,
    },
    link: 'portal_view',
    idempotencyKey: `referral:${recorded.id}:advocate:${enrollment.id}`,
  })
}

/** The acknowledgement, only to an address the friend typed that is also the contact's. */
export async function tellFriend(tx: Ctx, recorded: Recorded, person: PersonDescription): Promise<void> {
  const { organization, campaign, enrollment, friendContactId } = recorded
  if (friendContactId === null) return
  const reach = await addressFor(tx, friendContactId)
  if (!reach || (reach.to !== person.email && reach.to !== person.phone)) return
  const terms = withExceptions(recorded.terms, enrollment?.exceptions ?? null)
  await queueMessage(tx, {
    organizationId: tx.organizationId,
    referralId: recorded.id,
    contactId: friendContactId,
    ...reach,
    name: person.name,
    template: 'referral_received_friend',
    values: {
      organizationName: organization.name,
      organizationPhone: organization.phone,
      friendFirstName: firstName(person.name),
      advocateFirstName: (await nameForFriend(tx, recorded)) ?? 'a friend',
      offer: terms.friend.kind === 'none' ? null : friendOffer(terms, campaign.currency, campaign.friendOffer).sentence,
    },
    link: 'friend_page',
    idempotencyKey: `referral:${recorded.id}:friend`,
  })
}

/** null while nobody knows who referred, and for an advocate who does not want their name shown. */
async function nameForFriend(tx: Ctx, { enrollment }: Recorded): Promise<string | null> {
  const advocate = enrollment && (await getContact(tx, enrollment.contactId))
  return advocate?.sharesName ? firstName(advocate.name) : null
}

/** null while nobody knows who referred. */
async function advocateFirstName(tx: Ctx, { enrollment }: Recorded): Promise<string | null> {
  return enrollment && firstName((await getContact(tx, enrollment.contactId)).name)
}
