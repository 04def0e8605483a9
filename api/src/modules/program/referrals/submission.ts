import type { FlagReason, ReferralSource } from '@goodword/contracts'
import { preparedInsert } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { personFields } from '../../people/contacts/contacts.search.queries.ts'
import { type FoundContact, findOrCreateContact, type PersonDescription } from '../../people/contacts/contacts.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { searchAdded } from '../../platform/search/changes.ts'
import type { Enrollment } from '../advocates/advocates.ts'
import type { CampaignContext } from '../campaigns/campaigns.ts'
import { checkReferral, type Introduction } from './checks.ts'
import { addEvent } from './events.ts'
import { flagFlood } from './flood.ts'
import { referralTerms } from './referrals.search.queries.ts'
import { referrals, type Submitted } from './referrals.table.ts'

export type NewReferral = CampaignContext & {
  /** Null while the advocate is unknown: the friend typed a name, or nothing. */
  enrollment: Enrollment | null
  /** The advocate's name as the friend typed it, if there was no code. */
  advocateNamed?: string
  /** Null while there are no contact details of the friend: "they said Anna sent them". */
  person: PersonDescription | null
  submitted: Submitted
  source: ReferralSource
  externalId?: string
  metadata?: Record<string, string>
  formNonce?: string
  networkHash?: string
  deviceHash?: string
  importId?: string
} & Pick<Introduction, 'traffic' | 'noticed' | 'unproven'>

/** The new referral, with what its messages need. */
export type Recorded = CampaignContext & {
  id: string
  enrollment: Enrollment | null
  advocateNamed: string | null
  friendContactId: string | null
  flags: readonly FlagReason[]
  /** How the friend is reached, if their contact is new. */
  newFriend?: FoundContact['created']
}

const introductionIn = (
  { organization, campaign, terms, enrollment, person, source, networkHash, deviceHash, ...form }: NewReferral,
  advocateNamed: string | null,
): Introduction => ({
  organization,
  campaign,
  terms,
  enrollment,
  advocateNamed,
  person,
  source,
  ...(networkHash === undefined ? {} : { networkHash }),
  ...(deviceHash === undefined ? {} : { deviceHash }),
  ...(form.traffic ? { traffic: form.traffic } : {}),
  ...(form.noticed ? { noticed: form.noticed } : {}),
  ...(form.unproven ? { unproven: true } : {}),
})

/** A server passes on what its own form received, so none of it is verified either (SPEC §1). */
const isSubmittedByFriend = new Set<ReferralSource>(['widget', 'hosted', 'request', 'api'])

const addRow = preparedInsert(referrals)

/**
 * Records a referral after the checks of SPEC §4. Throws the code of the first that fails. Checks that need an advocate
 * or a friend run later if one is missing.
 */
export async function recordReferral(tx: Ctx, input: NewReferral): Promise<Recorded> {
  const { enrollment, campaign, person, source } = input
  const advocateNamed = enrollment ? null : (input.advocateNamed ?? null)
  const { match, flags, withoutReward, flood } = await checkReferral(tx, introductionIn(input, advocateNamed))
  const proof = isSubmittedByFriend.has(source) ? 'stranger' : 'staff'
  const found = person && match ? await findOrCreateContact(tx, person, proof, match) : null
  const friend = found?.contact ?? null
  const id = tx.newId('referral')
  const now = tx.clock()
  await addRow(tx.db, {
    id,
    organizationId: tx.organizationId,
    campaignId: campaign.id,
    enrollmentId: enrollment?.id ?? null,
    friendContactId: friend?.id ?? null,
    status: 'pending',
    source,
    submitted: input.submitted,
    termsVersion: campaign.termsVersion,
    advocateNamed,
    flags,
    flagsClearedAt: null,
    promisedExceptions: enrollment?.exceptions ?? null,
    withoutReward,
    reason: null,
    invalidReason: null,
    assigneeId: null,
    archivedAt: null,
    reopenedAt: null,
    supersededBy: null,
    externalId: input.externalId ?? null,
    metadata: input.metadata ?? {},
    formNonce: input.formNonce ?? null,
    networkHash: input.networkHash ?? null,
    deviceHash: input.deviceHash ?? null,
    importId: input.importId ?? null,
    createdAt: now,
    updatedAt: now,
    convertedAt: null,
  })
  if (enrollment && flood) await flagFlood(tx, enrollment.id, flood)
  const own = { submitted: input.submitted, advocateNamed, externalId: input.externalId ?? null }
  if (!person || !found?.created || referralTerms(own, personFields(person)).length > 0) searchAdded(tx, 'referral', id)
  await addEvent(tx, { referralId: id, status: 'pending' })
  await recordEvent(tx, 'referral.created', {
    referralId: id,
    campaignId: campaign.id,
    advocateId: enrollment?.id ?? null,
    friendContactId: friend?.id ?? null,
    source,
  })
  const { organization, terms } = input
  const friendContactId = friend?.id ?? null
  const newFriend = found?.created
  return { id, enrollment, advocateNamed, organization, campaign, terms, friendContactId, flags, newFriend }
}
