import { and, between, eq } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { embedEvents } from './embed.table.ts'
import { recordEmbedEvent } from './events.ts'

const nearMs = 60_000

/** Staff said who sent a friend who had come from a website: the feed tells it, with where that was. */
export async function recordAttributedByHand(
  tx: Ctx,
  referral: { id: string; createdAt: number },
  enrollment: { id: string; code: string },
): Promise<void> {
  const { id, createdAt } = referral
  const arrival = await tx.db
    .select({ origin: embedEvents.origin, version: embedEvents.version })
    .from(embedEvents)
    .where(
      and(
        eq(embedEvents.organizationId, tx.organizationId),
        between(embedEvents.at, createdAt - nearMs, createdAt + nearMs),
        eq(embedEvents.referralId, id),
      ),
    )
    .get()
  await recordEmbedEvent(tx, {
    ...(arrival ?? { origin: null, version: null }),
    kind: 'submit',
    code: enrollment.code,
    enrollmentId: enrollment.id,
    referralId: id,
    outcome: 'attributed_by_hand',
  })
}
