import type { PortalGift, PortalHome, PortalRequest } from '@goodword/contracts'
import { firstName, initials } from '@goodword/domain'
import { type Words, wordsIn } from '@goodword/words/server'
import { and, asc, type Column, desc, eq, getTableColumns, inArray, ne, notInArray, sql, sum } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx, Services } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { balancesOfContact } from '../../money/ledger/ledger.ts'
import { rewardDeliveries } from '../../money/rewards/deliveries.table.ts'
import { isDelivered } from '../../money/rewards/deliveries.ts'
import { balanceKinds, describeReward } from '../../money/rewards/kinds/kinds.ts'
import { creditRequests, discountCodes, rewards } from '../../money/rewards/rewards.table.ts'
import { getContact } from '../../people/contacts/contacts.ts'
import { organizations } from '../../platform/organizations/organizations.table.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { enrollments } from '../../program/advocates/advocates.table.ts'
import { cardOf } from './cards.ts'
import { historyPage } from './history.queries.ts'
import { portalLeaderboard } from './leaderboard.ts'
import { otherPortals } from './organizationSwitch.queries.ts'
import { enrollmentsOf, programOf } from './programs.queries.ts'

const countriesRead = 20
const requestsShown = 10
const giftsShown = 20

/** Everything the portal shows its contact. Friends are only shown by first name and initial (SPEC §13). */
export async function portalHome(ctx: Ctx): Promise<PortalHome> {
  const { actor } = ctx
  if (actor.type !== 'contact') throw new AppError('unauthenticated')
  const [organization, contact, enrolled, others] = await Promise.all([
    getOrganization(ctx, ctx.organizationId),
    getContact(ctx, actor.id),
    enrollmentsOf(ctx, actor.id),
    otherPortals(ctx),
  ])
  const words = wordsIn(contact.language)
  const { id, name, logo, phone, brandColor, timeZone, currency, creditUses } = organization
  const [programs, booked, balances, heldUntil, history, gifts, requests, leaderboard] = await Promise.all([
    Promise.all(enrolled.map((row) => programOf(ctx, row, { name, timeZone, words }))),
    bookedBecauseOf(ctx, actor.id),
    balancesOfContact(ctx, actor.id),
    nextRelease(ctx, actor.id),
    historyPage(ctx, actor.id, currency, {}, words),
    giftsOf(ctx, actor.id, timeZone, words),
    requestsShownTo(ctx, actor.id),
    portalLeaderboard(ctx, contact, words),
  ])
  const balance = balances.find((one) => one.currency === currency)
  return {
    scope: actor.scope,
    language: words.language,
    organization: { id, name, logo, phone, brandColor, timeZone },
    others: others.map((other) => ({ id: other.organizationId, name: other.name })),
    firstName: firstName(contact.name),
    initials: initials(contact.name),
    booked,
    currency,
    available: balance?.available ?? 0,
    held: balance?.held ?? 0,
    owed: balance?.owed ?? 0,
    heldUntil: isoOrNull(heldUntil?.at ?? null),
    programs,
    gifts,
    history: history.items,
    historyCursor: history.nextCursor,
    creditUses,
    requests,
    leaderboard,
    asOf: iso(ctx.clock()),
  }
}

/** The countries of the installation's organizations, for reading phone numbers without +. */
export async function countriesServed(services: Services): Promise<string[]> {
  const rows = await services.database.read
    .selectDistinct({ country: organizations.country })
    .from(organizations)
    .orderBy(organizations.country)
    .limit(countriesRead)
  return rows.map(({ country }) => country)
}

/** Friends who booked, under every enrollment they ever had. */
async function bookedBecauseOf(ctx: Ctx, contactId: string): Promise<number> {
  const row = await bookedOfContact(ctx.db).get({ organizationId: ctx.organizationId, contactId })
  return row?.booked ?? 0
}

const bookedOfContact = prepared((db) =>
  db
    .select({ booked: sum(enrollments.convertedCount).mapWith(Number) })
    .from(enrollments)
    .where(ofContact(enrollments))
    .prepare(),
)

/** The next day on which held credit is released, and whether it is a part of it; null if none is held. */
export async function nextRelease(ctx: Ctx, contactId: string): Promise<{ at: number; isPart: boolean } | null> {
  const [first, second] = await firstReleases(ctx.db).all({ organizationId: ctx.organizationId, contactId })
  return first ? { at: first.at, isPart: second !== undefined } : null
}

const firstReleases = prepared((db) =>
  db
    .select({ at: rewards.availableAt })
    .from(rewards)
    .where(and(ofContact(rewards), sql`${rewards.status} = 'pending'`, inArray(rewards.kind, balanceKinds)))
    .orderBy(asc(rewards.availableAt))
    .limit(2)
    .prepare(),
)

/**
 * Rewards they received as a friend that don't add to their balance. Their rewards as an advocate appear beside each
 * friend.
 */
export async function giftsOf(ctx: Ctx, contactId: string, timeZone: string, words: Words): Promise<PortalGift[]> {
  const rows = await giftRows(ctx.db).all({ organizationId: ctx.organizationId, contactId })
  const { say } = words
  const on = (at: number) => ({ day: words.day(at, timeZone) })
  return rows.map(({ reward, code, delivery }) => {
    const { status, redeemedAt, updatedAt, createdAt } = reward
    const whenText =
      status === 'redeemed'
        ? say('credit.when.used', on(redeemedAt ?? updatedAt))
        : status === 'pending'
          ? say('credit.gift.soon', on(createdAt))
          : isEmailed(delivery)
            ? say('credit.gift.emailed', on(delivery?.doneAt ?? updatedAt))
            : say('credit.gift.since', on(createdAt))
    const text = words.start(describeReward(reward, words)) || say('credit.gift.thanks')
    return { text, code, card: cardOf(ctx, delivery, { timeZone, words }), whenText }
  })
}

/** The provider sent it in an email of its own. */
const isEmailed = (delivery: typeof rewardDeliveries.$inferSelect | null): boolean =>
  delivery?.way === 'email' && isDelivered(delivery)

const giftRows = prepared((db) =>
  db
    .select({ reward: getTableColumns(rewards), code: discountCodes.code, delivery: rewardDeliveries })
    .from(rewards)
    .leftJoin(discountCodes, eq(discountCodes.rewardId, rewards.id))
    .leftJoin(rewardDeliveries, eq(rewardDeliveries.rewardId, rewards.id))
    .where(
      and(
        ofContact(rewards),
        sql`${rewards.side} = 'friend'`,
        notInArray(rewards.kind, balanceKinds),
        ne(rewards.status, 'voided'),
      ),
    )
    .orderBy(desc(rewards.createdAt), desc(sql`${rewards}.rowid`))
    .limit(giftsShown)
    .prepare(),
)

async function requestsShownTo(ctx: Ctx, contactId: string): Promise<PortalRequest[]> {
  const rows = await requestRows(ctx.db).all({ organizationId: ctx.organizationId, contactId })
  return rows.map(({ id, amount, currency, use, state, answer, createdAt, closedAt }) => ({
    id,
    amount,
    currency,
    use,
    state,
    answer,
    at: iso(createdAt),
    closedAt: isoOrNull(closedAt),
  }))
}

const requestRows = prepared((db) =>
  db
    .select()
    .from(creditRequests)
    .where(ofContact(creditRequests))
    .orderBy(desc(creditRequests.createdAt), desc(sql`${creditRequests}.rowid`))
    .limit(requestsShown)
    .prepare(),
)

/** The placeholders are `organizationId` and `contactId`. The plus sign is that of `ownRow`. */
function ofContact(table: { organizationId: Column; contactId: Column }) {
  return and(
    sql`+${table.organizationId} = ${sql.placeholder('organizationId')}`,
    eq(table.contactId, sql.placeholder('contactId')),
  )
}
