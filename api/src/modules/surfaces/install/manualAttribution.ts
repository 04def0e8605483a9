import type { EventData } from '@goodword/contracts'
import { and, between, eq } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { getEnrollment } from '../../program/advocates/advocates.ts'
import { getReferral } from '../../program/referrals/referrals.ts'
import { embedEvents } from './activity.table.ts'
import { writeActivity } from './activity.ts'

const nearMs = 60_000

/** Records in website activity that staff attributed a friend who came from a website. */
export async function recordManualAttribution(
  tx: Ctx,
  { referralId }: EventData<'referral.attributed'>,
): Promise<void> {
  const referral = await getReferral(tx, referralId)
  if (referral.source !== 'widget' || referral.enrollmentId === null) return
  const { id, createdAt } = referral
  const { code } = await getEnrollment(tx, referral.enrollmentId)
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
  await writeActivity(tx, {
    ...(arrival ?? { origin: null, version: null }),
    kind: 'submit',
    code,
    enrollmentId: referral.enrollmentId,
    referralId: id,
    outcome: 'attributed_by_hand',
  })
}
