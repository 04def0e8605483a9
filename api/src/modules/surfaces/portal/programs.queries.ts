import {
  Currency,
  type Page,
  type PortalFriend,
  type PortalFriendsQuery,
  type PortalProgram,
  type Terms,
} from '@goodword/contracts'
import { campaignOpenness, monthIn, startOfDay, withExceptions } from '@goodword/domain'
import { type Words, wordsIn } from '@goodword/words/server'
import { and, asc, eq, getTableColumns, gte, isNull, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { rewards } from '../../money/rewards/rewards.table.ts'
import { getContact } from '../../people/contacts/contacts.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { enrollments } from '../../program/advocates/advocates.table.ts'
import { linkOf } from '../../program/advocates/links.ts'
import { readTerms, termsText } from '../../program/campaigns/campaignContext.queries.ts'
import { campaigns, campaignTerms } from '../../program/campaigns/campaigns.table.ts'
import { conversions } from '../../program/conversions/conversions.table.ts'
import { nextFriendOf } from '../../program/referrals/converted.queries.ts'
import { referrals } from '../../program/referrals/referrals.table.ts'
import { advocateReward, friendsPage, ofEnrollment } from './friends.queries.ts'
import { howItWorks, smallPrint } from './howItWorks.ts'
import { maskedName } from './maskedName.ts'
import { type Booked, lastThreshold, nextReward } from './nextReward.ts'

const programsShown = 20
const friendsFirst = 20

/** The campaigns in which a contact has an active enrollment, oldest first. */
export const enrollmentsOf = ({ db, organizationId }: Ctx, contactId: string) =>
  activeEnrollments(db).all({ organizationId, contactId })

const activeEnrollments = prepared((db) =>
  db
    .select({
      enrollment: getTableColumns(enrollments),
      campaign: getTableColumns(campaigns),
      terms: termsText,
    })
    .from(enrollments)
    .innerJoin(campaigns, eq(campaigns.id, enrollments.campaignId))
    .innerJoin(
      campaignTerms,
      and(eq(campaignTerms.campaignId, campaigns.id), eq(campaignTerms.version, campaigns.termsVersion)),
    )
    .where(
      and(
        eq(enrollments.organizationId, sql.placeholder('organizationId')),
        eq(enrollments.contactId, sql.placeholder('contactId')),
        isNull(enrollments.archivedAt),
        isNull(campaigns.archivedAt),
      ),
    )
    .orderBy(asc(enrollments.createdAt), asc(enrollments.id))
    .limit(programsShown)
    .prepare(),
)

type Enrolled = Awaited<ReturnType<typeof enrollmentsOf>>[number]
type Home = { name: string; timeZone: string; words: Words }

const termsOf = ({ terms, enrollment }: Enrolled) => withExceptions(readTerms(terms), enrollment.exceptions)

/** What a friend who hasn't booked yet would pay is what the next one pays. */
export async function friendsShown(ctx: Ctx, enrolled: Enrolled, { timeZone, words }: Omit<Home, 'name'>) {
  const { enrollment, campaign } = enrolled
  const terms = termsOf(enrolled)
  const nth = await nextFriendOf(ctx, enrollment, terms, timeZone)
  const offer = words.advocateOffer(terms, Currency.parse(campaign.currency), nth).short
  return { nth, enrollmentId: enrollment.id, setting: { now: ctx.clock(), timeZone, offer, words } }
}

/**
 * A page of the friends a contact referred in the program with this code, in the language of `lang` or else their own.
 * Throws not_found for somebody else's code.
 */
export async function friendsOfProgram(
  ctx: Ctx,
  contactId: string,
  { code, ...wanted }: PortalFriendsQuery,
  lang?: string,
): Promise<Page<PortalFriend>> {
  const enrolled = (await enrollmentsOf(ctx, contactId)).find(({ enrollment }) => enrollment.code === code)
  if (!enrolled) throw new AppError('not_found')
  const [{ timeZone }, { language }] = await Promise.all([
    getOrganization(ctx, ctx.organizationId),
    getContact(ctx, contactId),
  ])
  return friendsPage(ctx, await friendsShown(ctx, enrolled, { timeZone, words: wordsIn(lang ?? language) }), wanted)
}

/** A program as its advocate sees it: link, offer by their own terms, friends. */
export async function programOf(ctx: Ctx, enrolled: Enrolled, home: Home): Promise<PortalProgram> {
  const { enrollment, campaign } = enrolled
  const terms = termsOf(enrolled)
  const currency = Currency.parse(campaign.currency)
  const { words } = home
  const { open } = campaignOpenness(campaign, ctx.clock())
  const setting = { currency, timeZone: home.timeZone, words }
  const shown = await friendsShown(ctx, enrolled, home)
  const friends = await friendsPage(ctx, shown, { limit: friendsFirst })
  const next = open ? await nextRewardOf(ctx, enrollment, terms, setting) : null
  const offered = terms.friend.kind === 'none' ? '' : words.offer(terms, currency, campaign.friendOffer).sentence
  return {
    campaignName: campaign.name,
    open,
    code: enrollment.code,
    link: linkOf({ campaign, code: enrollment.code, publicUrl: ctx.config.publicUrl }),
    headline: words.headline(terms, currency, shown.nth),
    explanation: words.explanation(terms, currency, campaign.friendOffer),
    friendOffer: offered,
    shareText: campaign.shareText === '' ? words.shareText(home.name, offered) : campaign.shareText,
    howItWorks: howItWorks(terms, campaign, home),
    smallPrint: smallPrint(terms, campaign, home),
    nextReward: next,
    friends: friends.items,
    friendsCursor: friends.nextCursor,
    friendsTotal: enrollment.referralCount,
  }
}

type Setting = Parameters<typeof nextReward>[2]

/** Reads no more friends than the last tier or bonus asks for. */
async function nextRewardOf(ctx: Ctx, enrollment: Enrolled['enrollment'], terms: Terms, setting: Setting) {
  const last = lastThreshold(terms, setting)
  const { timeZone } = setting
  const year = terms.countEachYear ? startOfDay(`${monthIn(timeZone, ctx.clock()).slice(0, 4)}-01-01`, timeZone) : null
  if (last === 0 || (year === null && enrollment.convertedCount >= last)) return null
  return nextReward(terms, await bookedOf(ctx, enrollment.id, year ?? 0, last), setting)
}

/** The first friends who booked since a moment, oldest first. */
async function bookedOf(ctx: Ctx, enrollmentId: string, since: number, most: number): Promise<Booked[]> {
  const { db, organizationId } = ctx
  const rows = await bookedRows(db).all({ organizationId, enrollmentId, since, most })
  return rows.map(({ submitted, status, availableAt }) => ({
    displayName: maskedName(submitted.name),
    heldUntil: status === 'pending' ? availableAt : null,
  }))
}

const bookedRows = prepared((db) =>
  db
    .select({ submitted: referrals.submitted, status: rewards.status, availableAt: rewards.availableAt })
    .from(referrals)
    .innerJoin(conversions, eq(conversions.referralId, referrals.id))
    .leftJoin(rewards, advocateReward)
    .where(and(ofEnrollment, eq(referrals.status, 'converted'), gte(conversions.createdAt, sql.placeholder('since'))))
    .orderBy(asc(conversions.createdAt), asc(conversions.id))
    .limit(sql.placeholder('most'))
    .prepare(),
)
