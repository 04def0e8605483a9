import type { FlagReason, ReferralSource, Terms } from '@goodword/contracts'
import {
  blockingStatuses,
  campaignOpenness,
  decideSubmission,
  isCrowded,
  isPersonName,
  type Traffic,
  withExceptions,
} from '@goodword/domain'
import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { type ContactMatch, matchContact, type PersonDescription } from '../../people/contacts/contacts.ts'
import type { MatchedContact } from '../../people/contacts/duplicates.ts'
import { type Enrollment, findEnrollment } from '../advocates/advocates.ts'
import type { CampaignContext } from '../campaigns/campaigns.ts'
import { isDisposableEmail } from './disposableEmail.ts'
import { evidenceOf, type Flood } from './evidence.ts'
import { hasStatus } from './inStatus.ts'
import { referrals } from './referrals.table.ts'

/** What is known about two people when a referral is created or completed. */
export type Introduction = CampaignContext & {
  /** The referral being completed, so that it isn't taken for a duplicate of itself. */
  id?: string
  enrollment: Enrollment | null
  advocateNamed: string | null
  person: PersonDescription | null
  /** The friend's contact if known; otherwise it is matched from `person`. */
  friend?: MatchedContact | null
  source: ReferralSource
  networkHash?: string
  deviceHash?: string
  traffic?: Omit<Traffic, 'codeHour' | 'codeDay'>
  /** What the form itself noticed about how it was filled in. */
  noticed?: FlagReason[]
  /** The friend's form has to show a proof of work once too many come, and has none. */
  unproven?: boolean
}

export type Checked = { match: ContactMatch | null; flags: FlagReason[]; withoutReward: boolean; flood: Flood }

/**
 * Runs the checks of SPEC §4 on what is known so far. Throws the code of the first that fails; already_referred
 * includes the existing referral.
 */
export async function checkReferral(tx: Ctx, input: Introduction): Promise<Checked> {
  const { enrollment, campaign, person } = input
  const terms: Terms = withExceptions(input.terms, enrollment?.exceptions ?? null)
  const known = input.friend ? { contact: input.friend, flags: [] } : null
  const match = known ?? (person && (await matchContact(tx, person)))
  const { earlier, ...facts } = await factsOfFriend(tx, input, match)
  const evidence = await evidenceOf(tx, {
    liveReferralsMax: terms.liveReferralsMax,
    ...input,
    friendContactId: match?.contact?.id,
  })
  const flags = [...(match?.flags ?? []), ...flagsOf(input), ...evidence.flags]
  const crowded = isCrowded(flags)
  // What the form noticed about proof matters only where proof was due.
  const noticed = (input.noticed ?? []).filter((flag) => flag !== 'no_proof' || crowded)
  const decision = decideSubmission({
    openness: campaignOpenness(campaign, tx.clock()),
    alreadyReferred: earlier !== undefined,
    liveReferrals: evidence.liveReferrals,
    liveReferralsMax: terms.liveReferralsMax,
    existingCustomers: terms.existingCustomers,
    flags: [...new Set([...flags, ...noticed])],
    needsProof: crowded && input.unproven === true,
    ...facts,
  })
  if (!decision.ok) {
    const { code } = decision
    throw new AppError(code, code === 'already_referred' && earlier !== undefined ? { existingId: earlier } : {})
  }
  return { match, flags: decision.flags, withoutReward: decision.withoutReward, flood: evidence.flood }
}

const flagsOf = ({ person, source }: Introduction): FlagReason[] => [
  ...(person?.email && isDisposableEmail(person.email) ? (['disposable_email'] as const) : []),
  ...(person && source === 'widget' && !isPersonName(person.name) ? (['name_missing'] as const) : []),
]

async function factsOfFriend(tx: Ctx, input: Introduction, match: ContactMatch | null) {
  const friend = match?.contact
  if (!friend) {
    return {
      friendIsAdvocatePerson: false,
      friendReferredAdvocate: false,
      friendEnrolledHere: false,
      earlier: undefined,
      friendIsExistingCustomer: false,
    }
  }
  const { enrollment, campaign } = input
  const own = await findEnrollment(tx, campaign.id, friend.id)
  return {
    friendIsAdvocatePerson: friend.id === enrollment?.contactId,
    friendReferredAdvocate:
      own !== undefined &&
      enrollment !== null &&
      (await referralOf(tx, own.id, enrollment.contactId, '')) !== undefined,
    friendEnrolledHere: own !== undefined && own.archivedAt === null,
    /** The existing referral of the same friend and advocate. */
    earlier: enrollment
      ? await referralOf(tx, enrollment.id, friend.id, input.id ?? '')
      : await unattributedReferralOf(tx, input, friend.id),
    friendIsExistingCustomer: friend.customerSince !== null && friend.customerSince <= tx.clock(),
  }
}

const ofFriend = and(
  eq(referrals.friendContactId, sql.placeholder('friendContactId')),
  eq(referrals.organizationId, sql.placeholder('organizationId')),
  hasStatus(...blockingStatuses),
  isNull(referrals.archivedAt),
  ne(referrals.id, sql.placeholder('except')),
)

const blockingReferral = prepared((db) =>
  db
    .select({ id: referrals.id })
    .from(referrals)
    .where(and(eq(referrals.enrollmentId, sql.placeholder('enrollmentId')), ofFriend))
    .prepare(),
)

async function referralOf(
  tx: Ctx,
  enrollmentId: string,
  friendContactId: string,
  except: string,
): Promise<string | undefined> {
  const { organizationId } = tx
  return (await blockingReferral(tx.db).get({ enrollmentId, friendContactId, organizationId, except }))?.id
}

const unattributedReferral = prepared((db) =>
  db
    .select({ id: referrals.id })
    .from(referrals)
    .where(
      and(
        eq(referrals.campaignId, sql.placeholder('campaignId')),
        isNull(referrals.enrollmentId),
        sql`lower(coalesce(${referrals.advocateNamed}, '')) = lower(${sql.placeholder('advocateNamed')})`,
        ofFriend,
      ),
    )
    .prepare(),
)

/** An unattributed referral in which the same friend named the same person. */
async function unattributedReferralOf(
  tx: Ctx,
  input: Introduction,
  friendContactId: string,
): Promise<string | undefined> {
  const known = await unattributedReferral(tx.db).get({
    organizationId: tx.organizationId,
    campaignId: input.campaign.id,
    advocateNamed: input.advocateNamed ?? '',
    friendContactId,
    except: input.id ?? '',
  })
  return known?.id
}
