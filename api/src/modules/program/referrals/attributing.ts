import type { AttributeReferral, FlagReason, FriendInput, ReferralSource } from '@goodword/contracts'
import { liveStatuses } from '@goodword/domain'
import { isUniqueViolation } from '../../../database/constraint.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { describePerson, findOrCreateContact, getContact } from '../../people/contacts/contacts.ts'
import { describeKnown } from '../../people/contacts/describeKnown.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { mentionInNotices } from '../../platform/messages/mentions.ts'
import { getEnrollment } from '../advocates/advocates.ts'
import { loadCampaignContext } from '../campaigns/campaigns.ts'
import { checkReferral } from './checks.ts'
import { notifyAdvocateOfInterest } from './notices.ts'
import { writeAudit } from './referrals.audit.ts'
import { enrollmentNamed, getReferral, type ReferralRecord, statusChanged, updateReferral } from './referrals.ts'

/** Flags about the pair of friend and advocate, which another advocate wouldn't have. */
const pairFlags: ReadonlySet<FlagReason> = new Set([
  'same_network',
  'same_device',
  'canonical_email_match',
  'same_name',
  'velocity',
])
/** The advocate is notified about a friend who submitted the form, but not about one entered by staff. */
const submittedByFriend: ReadonlySet<ReferralSource> = new Set(['widget', 'hosted', 'request', 'api'])

/**
 * Sets or corrects the advocate, after the checks of SPEC §4 with the exact code. The referral gets the campaign's
 * current terms and the advocate's current custom terms. Throws transition_not_allowed once it is decided.
 */
export async function attributeReferral(ctx: Ctx, id: string, input: AttributeReferral): Promise<ReferralRecord> {
  const enrollment = await enrollmentNamed(ctx, input)
  return translateConflict(() =>
    transaction(ctx, async (tx) => {
      const referral = await openReferral(tx, id)
      if (referral.enrollmentId === enrollment.id) return getReferral(tx, id)
      if (referral.campaignId !== enrollment.campaignId) throw otherCampaign()
      const campaignContext = await loadCampaignContext(tx, referral.campaignId)
      const { friendContactId, submitted } = referral
      const friend = friendContactId === null ? null : await getContact(tx, friendContactId)
      const person = friend && describeKnown(campaignContext.organization.country, submitted)
      const checked = await checkReferral(tx, { ...tracesOf(referral), ...campaignContext, enrollment, person, friend })
      await updateReferral(tx, id, {
        enrollmentId: enrollment.id,
        termsVersion: campaignContext.campaign.termsVersion,
        promisedExceptions: enrollment.exceptions,
        withoutReward: checked.withoutReward,
        ...flagged(referral, [...referral.flags.filter((flag) => !pairFlags.has(flag)), ...checked.flags]),
      })
      if (referral.advocateNamed !== null) await mentionInNotices(tx, id, enrollment.contactId)
      const from = referral.enrollmentId
      await writeAudit(tx, { action: 'referral.attributed', subjectId: id, data: { advocateId: enrollment.id, from } })
      const payload = {
        referralId: id,
        campaignId: referral.campaignId,
        advocateId: enrollment.id,
        from,
        friendContactId,
      }
      await recordEvent(tx, 'referral.attributed', payload)
      const { advocateNamed } = referral
      if (submittedByFriend.has(referral.source))
        await notifyAdvocateOfInterest(tx, {
          ...campaignContext,
          id,
          enrollment,
          advocateNamed,
          friendContactId,
          flags: checked.flags,
        })
      return getReferral(tx, id)
    }),
  )
}

/** Sets the friend if there was none. The contact is found or created, and the checks of SPEC §4 run now. */
export function setFriend(ctx: Ctx, id: string, input: FriendInput): Promise<ReferralRecord> {
  return translateConflict(() =>
    transaction(ctx, async (tx) => {
      const referral = await openReferral(tx, id)
      if (referral.friendContactId !== null) throw friendKnown()
      const campaignContext = await loadCampaignContext(tx, referral.campaignId)
      const { enrollmentId, submitted } = referral
      const enrollment = enrollmentId === null ? null : await getEnrollment(tx, enrollmentId)
      const person = describePerson(campaignContext.organization.country, input)
      const checked = await checkReferral(tx, {
        ...tracesOf(referral),
        ...campaignContext,
        enrollment,
        person,
        friend: null,
      })
      const { contact } = await findOrCreateContact(tx, person, 'staff', checked.match ?? undefined)
      await mentionInNotices(tx, id, contact.id)
      const { name, email, phone } = input
      await updateReferral(tx, id, {
        friendContactId: contact.id,
        submitted: { ...submitted, name, ...(email ? { email } : {}), ...(phone ? { phone } : {}) },
        withoutReward: checked.withoutReward,
        ...flagged(referral, [...referral.flags, ...checked.flags]),
      })
      await writeAudit(tx, { action: 'referral.friend_named', subjectId: id, data: { contactId: contact.id } })
      return getReferral(tx, id)
    }),
  )
}

const isOpen = ({ status }: ReferralRecord) => liveStatuses.some((live) => live === status)

async function openReferral(tx: Ctx, id: string): Promise<ReferralRecord> {
  const referral = await getReferral(tx, id)
  if (!isOpen(referral)) throw statusChanged(referral.status)
  return referral
}

const tracesOf = ({ id, advocateNamed, source, networkHash, deviceHash }: ReferralRecord) => ({
  id,
  advocateNamed,
  source,
  ...(networkHash === null ? {} : { networkHash }),
  ...(deviceHash === null ? {} : { deviceHash }),
})

/** Flags that staff cleared stay cleared unless there is a new one. */
function flagged(referral: ReferralRecord, found: FlagReason[]): Pick<ReferralRecord, 'flags' | 'flagsClearedAt'> {
  const flags = [...new Set(found)]
  const isNew = flags.some((flag) => !referral.flags.includes(flag))
  return { flags, flagsClearedAt: isNew ? null : referral.flagsClearedAt }
}

/** If two requests create the same pair at once, the unique index catches the second. */
async function translateConflict<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isUniqueViolation(error, 'referrals.')) throw new AppError('already_referred')
    throw error
  }
}

function otherCampaign() {
  const message = 'This advocate is in another campaign. Invite them to the campaign of this referral first.'
  return new AppError('validation_failed', { detail: message, errors: [{ path: 'advocateId', message }] })
}

const friendKnown = () =>
  new AppError('transition_not_allowed', { detail: 'The friend of this referral is known. Edit the contact instead.' })
