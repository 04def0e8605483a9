import type { Offer } from '@goodword/contracts'
import { firstName, hueOf, initials, isPersonName, withExceptions } from '@goodword/domain'
import type { Words } from '@goodword/words/server'
import { and, count, eq, isNotNull, ne, or } from 'drizzle-orm'
import type { Ctx, Services } from '../../../shared/context.ts'
import { discountCodes, rewards } from '../../money/rewards/rewards.table.ts'
import { contactAddresses } from '../../people/contacts/contacts.table.ts'
import { getContact } from '../../people/contacts/contacts.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { enrollments } from '../../program/advocates/advocates.table.ts'
import { getEnrollment } from '../../program/advocates/advocates.ts'
import { getCampaign, termsOf } from '../../program/campaigns/campaigns.ts'
import { ofConversion } from '../../program/conversions/conversions.queries.ts'
import { conversions } from '../../program/conversions/conversions.table.ts'
import { referralOfLink } from '../../program/referrals/friendLinks.ts'
import { referrals } from '../../program/referrals/referrals.table.ts'
import { type Business, businessOf, type HostedView } from './hosted.view.ts'

type Found = NonNullable<Awaited<ReturnType<typeof referralOfLink>>>

/** What a friend sees about their own referral. */
export type FriendView = Found & {
  business: Business
  /** The advocate: "Anna", or "A friend" if unknown or not to be shown. */
  advocate: HostedView['advocate']
  /** The offer, or null if there is no reward. */
  offer: Offer | null
  status: string
  since: string
  code: string | null
  /** The business knows them from more than this referral. */
  knownOtherwise: boolean
}

/** The page of a token, in these words; null for an unknown token. */
export async function friendViewOf(services: Services, token: string, words: Words): Promise<FriendView | null> {
  const found = await referralOfLink(services, token)
  if (!found) return null
  const { ctx, referral } = found
  const [organization, campaign, enrollment] = await Promise.all([
    getOrganization(ctx, ctx.organizationId),
    getCampaign(ctx, referral.campaignId),
    referral.enrollmentId === null ? null : getEnrollment(ctx, referral.enrollmentId),
  ])
  const terms = withExceptions(await termsOf(ctx, campaign.id, referral.termsVersion), referral.promisedExceptions)
  const advocate = enrollment && (await getContact(ctx, enrollment.contactId))
  const gives = terms.friend.kind !== 'none' && !referral.withoutReward
  return {
    ...found,
    business: businessOf(organization),
    advocate: shown(advocate?.sharesName && isPersonName(advocate.name) ? advocate.name : null, words),
    offer: gives ? words.offer(terms, campaign.currency, campaign.friendOffer) : null,
    status: words.say(`hosted.status.${referral.status}`),
    since: words.date(referral.updatedAt, organization.timeZone),
    code: await codeGiven(ctx, referral.id),
    knownOtherwise:
      referral.friendContactId !== null && (await isKnownOtherwise(ctx, referral.friendContactId, referral.id)),
  }
}

const shown = (name: string | null, { unnamed }: Words) => ({
  firstName: name === null ? unnamed.first : firstName(name),
  initials: initials(name ?? unnamed.first),
  hue: hueOf(name ?? unnamed.first),
})

async function codeGiven(ctx: Ctx, referralId: string): Promise<string | null> {
  const [row] = await ctx.db
    .select({ code: discountCodes.code })
    .from(rewards)
    .innerJoin(conversions, ofConversion)
    .innerJoin(discountCodes, eq(discountCodes.rewardId, rewards.id))
    .where(
      and(
        eq(rewards.organizationId, ctx.organizationId),
        eq(conversions.referralId, referralId),
        eq(rewards.side, 'friend'),
        ne(rewards.status, 'voided'),
      ),
    )
  return row?.code ?? null
}

/** Whether a contact is more than the friend of one referral: a customer, an advocate, or somebody staff know. */
export async function isKnownOtherwise(ctx: Ctx, contactId: string, referralId: string): Promise<boolean> {
  const { customerSince } = await getContact(ctx, contactId)
  if (customerSince !== null) return true
  const mine = { organizationId: ctx.organizationId, contactId }
  const counts = await Promise.all([
    ctx.db
      .select({ n: count() })
      .from(referrals)
      .where(
        and(
          eq(referrals.organizationId, mine.organizationId),
          eq(referrals.friendContactId, contactId),
          or(ne(referrals.id, referralId), isNotNull(referrals.archivedAt)),
        ),
      ),
    ctx.db
      .select({ n: count() })
      .from(enrollments)
      .where(and(eq(enrollments.organizationId, mine.organizationId), eq(enrollments.contactId, contactId))),
    ctx.db
      .select({ n: count() })
      .from(rewards)
      .where(and(eq(rewards.organizationId, mine.organizationId), eq(rewards.contactId, contactId))),
    ctx.db
      .select({ n: count() })
      .from(contactAddresses)
      .where(
        and(
          eq(contactAddresses.organizationId, mine.organizationId),
          eq(contactAddresses.contactId, contactId),
          ne(contactAddresses.proof, 'stranger'),
        ),
      ),
  ])
  return counts.some(([row]) => (row?.n ?? 0) > 0)
}
