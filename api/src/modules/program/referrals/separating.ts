import { liveStatuses, sameName } from '@goodword/domain'
import { languageOf } from '@goodword/words'
import { and, eq, notInArray } from 'drizzle-orm'
import type { Ctx, DroppedAddresses } from '../../../shared/context.ts'
import { keepSubmittedAddresses } from '../../people/contacts/addresses.ts'
import { addressesOf, findOrCreateContact, getContact, type PersonDescription } from '../../people/contacts/contacts.ts'
import { describeKnown } from '../../people/contacts/describeKnown.ts'
import { flagTwoMatches, type MatchedContact } from '../../people/contacts/duplicates.ts'
import { wasEver } from '../../platform/audit/audit.queries.ts'
import { moveMessagesOfReferral } from '../../platform/messages/merge.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { getEnrollment } from '../advocates/advocates.ts'
import { writeAudit } from './referrals.audit.ts'
import { referrals } from './referrals.table.ts'
import { type Attributed, moveReferral, type ReferralRecord, updateReferral } from './referrals.ts'
import { convertedRivalOf, liveRivalOf } from './rivals.ts'

/**
 * One form can contain addresses of two people. When the owner of one, or staff, made the contact theirs, referrals
 * submitted with the dropped ones alone belong to another contact, found or created from what was submitted. Those that
 * were converted stay, because they kept their own addresses then. Does nothing if no address is left, because then
 * staff replaced all of them.
 */
export async function separateReferrals(tx: Ctx, { contactId, dropped }: DroppedAddresses): Promise<void> {
  const kept = await addressesOf(tx, contactId)
  if (kept.length === 0) return
  const { country } = await getOrganization(tx, tx.organizationId)
  const linked = await tx.db
    .select()
    .from(referrals)
    .where(
      and(
        eq(referrals.organizationId, tx.organizationId),
        eq(referrals.friendContactId, contactId),
        notInArray(referrals.status, ['converted', 'reversed']),
      ),
    )
    .orderBy(referrals.createdAt, referrals.id)
  for (const referral of linked) {
    const person = describeKnown(country, referral.submitted)
    if (has(person, dropped) && !has(person, kept)) await giveToOther(tx, referral, contactId, person)
  }
}

/**
 * Before a referral converts: its friend's contact keeps only the addresses submitted with it, if none is verified.
 * Returns false if the referral has moved to another contact instead. That happens to one whose contact became somebody
 * else's before such referrals were separated, and not if its own addresses were removed or merged on purpose.
 */
export async function settleFriend(tx: Ctx, referral: Attributed, country: string): Promise<boolean> {
  const contactId = referral.friendContactId
  const person = describeKnown(country, referral.submitted)
  const addresses = await addressesOf(tx, contactId)
  const isStrange =
    (person.email !== null || person.phone !== null) &&
    addresses.length > 0 &&
    addresses.every(({ proof }) => proof === 'owner') &&
    !has(person, addresses)
  if (isStrange && !(await wasEver(tx, contactId, ['contact.address_removed', 'contact.merged']))) {
    await giveToOther(tx, referral, contactId, person)
    return false
  }
  await keepSubmittedAddresses(tx, contactId, person, addresses)
  return true
}

const has = ({ email, phone }: PersonDescription, addresses: DroppedAddresses['dropped']) =>
  addresses.some(({ kind, value }) => value === (kind === 'email' ? email : phone))

async function giveToOther(tx: Ctx, referral: ReferralRecord, from: string, person: PersonDescription) {
  const { id } = referral
  const first = await getContact(tx, from)
  const known = { ...person, language: languageOf(first.language) }
  const { contact, flags } = await findOrCreateContact(tx, known, 'stranger')
  if (sameName(first.name, contact.name)) await flagTwoMatches(tx, first, contact)
  const friend = { ...referral, friendContactId: contact.id }
  if (liveStatuses.some((live) => live === referral.status)) await closeIfTaken(tx, friend, contact)
  await updateReferral(tx, id, {
    friendContactId: contact.id,
    flags: [...new Set([...referral.flags, ...flags])],
    flagsClearedAt: flags.every((flag) => referral.flags.includes(flag)) ? referral.flagsClearedAt : null,
  })
  await moveMessagesOfReferral(tx, id, from, contact.id)
  await writeAudit(tx, { action: 'referral.friend_separated', subjectId: id, data: { from, contactId: contact.id } })
}

/** Two open referrals of one pair, one after a conversion, and one of oneself can't be open (SPEC §4). */
async function closeIfTaken(tx: Ctx, referral: ReferralRecord, contact: MatchedContact): Promise<void> {
  const { id, enrollmentId } = referral
  const advocate = enrollmentId === null ? null : await getEnrollment(tx, enrollmentId)
  if (advocate?.contactId === contact.id) {
    await moveReferral(tx, id, 'declined', 'The friend is the advocate')
    return
  }
  const winner = await convertedRivalOf(tx, referral)
  const earlier = winner ?? (await liveRivalOf(tx, referral))
  if (!earlier) return
  const reason = winner ? 'Another referral of this friend converted' : 'The advocate has referred this friend before'
  await moveReferral(tx, id, 'expired', reason, earlier.id)
}
