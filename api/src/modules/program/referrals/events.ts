import type { ReferralStatus } from '@goodword/contracts'
import { preparedInsert } from '../../../database/prepared.ts'
import { actorKey, type Ctx } from '../../../shared/context.ts'
import { referralEvents } from './referrals.table.ts'

const addRow = preparedInsert(referralEvents)

/** Records a step of a referral with its date and the current actor. */
export async function addEvent(
  tx: Ctx,
  step: { referralId: string; status: ReferralStatus; reason?: string | undefined },
): Promise<void> {
  await addRow(tx.db, {
    id: tx.newId('referralEvent'),
    organizationId: tx.organizationId,
    referralId: step.referralId,
    status: step.status,
    actor: actorKey(tx.actor),
    reason: step.reason ?? null,
    at: tx.clock(),
  })
}
