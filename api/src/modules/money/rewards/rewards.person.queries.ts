import { and, eq, sql } from 'drizzle-orm'
import { preparedRows } from '../../../database/prepared.ts'
import { byRowid } from '../../../shared/byRowid.ts'
import { type Ctx, inBackground } from '../../../shared/context.ts'
import { ascending } from '../../../shared/keyset.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { preparedPages } from '../../../shared/preparedPages.ts'
import { everyPage, everyPlace } from '../../../shared/wholeLists.ts'
import { rewardDeliveries } from './deliveries.table.ts'
import { creditRequests, discountCodes, rewards } from './rewards.table.ts'

/** All rewards of a contact, in pages. */
export async function* rewardsOf(ctx: Ctx, contactId: string) {
  const { db, organizationId } = inBackground(ctx)
  const places = await placesOf(db).all({ organizationId, contactId })
  yield* everyPlace(
    places.map(({ place }) => place),
    (json) => rowsAt(db).all({ places: json }),
    ({ reward, code, delivery }) => ({
      side: reward.side,
      kind: reward.kind,
      text: reward.text,
      amount: reward.amount,
      currency: reward.currency,
      status: reward.status,
      code: code ?? delivery?.code ?? null,
      link: delivery?.link ?? null,
      sentTo: delivery?.askedEmail ?? null,
      availableAt: iso(reward.availableAt),
      at: iso(reward.createdAt),
    }),
  )
}

/** No index has a contact's rewards in the order they were created. */
const placesOf = preparedRows((db) =>
  db
    .select({ place: sql<number>`${rewards}.rowid` })
    .from(rewards)
    .where(
      and(
        sql`+${rewards.organizationId} = ${sql.placeholder('organizationId')}`,
        eq(rewards.contactId, sql.placeholder('contactId')),
      ),
    )
    .orderBy(sql`${rewards}.rowid`)
    .prepare(),
)

const rowsAt = preparedRows((db) =>
  db
    .select({ reward: rewards, code: discountCodes.code, delivery: rewardDeliveries })
    .from(rewards)
    .leftJoin(discountCodes, eq(discountCodes.rewardId, rewards.id))
    .leftJoin(rewardDeliveries, eq(rewardDeliveries.rewardId, rewards.id))
    .where(sql`${rewards}.rowid IN (SELECT value FROM json_each(${sql.placeholder('places')}))`)
    .orderBy(sql`${rewards}.rowid`)
    .prepare(),
)

type Request = typeof creditRequests.$inferSelect

const requestPages = preparedPages<Request>(
  [ascending(creditRequests.createdAt, ({ createdAt }) => createdAt), byRowid(creditRequests, 'asc', ({ id }) => id)],
  (db, { where, orderBy, limit }) =>
    db
      .select()
      .from(creditRequests)
      .where(
        and(
          sql`+${creditRequests.organizationId} = ${sql.placeholder('organizationId')}`,
          eq(creditRequests.contactId, sql.placeholder('contactId')),
          where,
        ),
      )
      .orderBy(...orderBy)
      .limit(limit)
      .prepare(),
)

/** All requests of a contact to use credit, in pages. */
export function requestsOf(ctx: Ctx, contactId: string) {
  const { db, organizationId } = inBackground(ctx)
  return everyPage(
    (request) => requestPages(db, request, { organizationId, contactId }),
    ({ amount, currency, use, note, state, answer, createdAt, closedAt }) => ({
      amount,
      currency,
      use,
      note,
      state,
      answer,
      at: iso(createdAt),
      closedAt: isoOrNull(closedAt),
    }),
  )
}
