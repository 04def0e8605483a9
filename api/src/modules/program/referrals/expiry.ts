import { dueNow, nextExpiry } from '@goodword/domain'
import { and, eq } from 'drizzle-orm'
import type { Queries } from '../../../database/queries.ts'
import { contextFor, type Services } from '../../../shared/context.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { addEvent } from './events.ts'
import { campaignExpiry } from './expiry.table.ts'
import {
  type CampaignToCheck,
  campaignsToCheck,
  type DueReferral,
  dueReferrals,
  expiryRulesOf,
  oldestPending,
} from './referrals.due.queries.ts'
import { referrals } from './referrals.table.ts'

const batch = 200
const campaignsAtOnce = 50

/**
 * Expires open referrals whose campaign has ended or that have been pending longer than its terms allow, without
 * messages, in batches. Looks only at campaigns in which something can be due. A failure is logged, is retried and
 * delays no other referral. Returns how many expired.
 */
export async function expireDueReferrals(services: Services): Promise<number> {
  const now = services.clock()
  let found = 0
  let expired = 0
  for (const campaign of await campaignsToCheck(services.database.read, now, campaignsAtOnce)) {
    const due = await findDue(services, campaign, now, batch - found)
    for (const referral of due) if (await tryToExpire(services, campaign, referral, now)) expired += 1
    found += due.length
    if (found === batch) break
    await scheduleCheck(services, campaign, now)
  }
  return expired
}

async function findDue({ database }: Services, campaign: CampaignToCheck, now: number, limit: number) {
  const due = dueNow(await expiryRulesOf(database.read, campaign), now)
  const reason = due.ended ? 'The campaign ended' : 'No reply in time'
  const found = await dueReferrals(database.read, campaign, due, limit)
  return found.map((referral) => ({ ...referral, reason }))
}

/** Whether it was still due. */
const tryToExpire = (
  services: Services,
  { organizationId }: CampaignToCheck,
  { id, status, reason }: DueReferral & { reason: string },
  now: number,
): Promise<boolean> => {
  const expire = async (db: Queries): Promise<boolean> => {
    const tx = { ...contextFor(services, organizationId, { type: 'system' }), db, inTransaction: true }
    const [expired] = await db
      .update(referrals)
      .set({ status: 'expired', reason, updatedAt: now })
      .where(and(eq(referrals.id, id), eq(referrals.status, status)))
      .returning({ id: referrals.id })
    if (!expired) return false
    await addEvent(tx, { referralId: id, status: 'expired', reason })
    await recordEvent(tx, 'referral.expired', { referralId: id, reason })
    return true
  }
  return services.database.write(expire).catch((error: unknown) => {
    services.log.error({ err: error, referralId: id }, 'could not expire a referral')
    return false
  })
}

/** Reads everything again, in the transaction that says when to look next. */
const scheduleCheck = ({ database }: Services, campaign: CampaignToCheck, now: number) =>
  database.write(async (tx) => {
    const rules = await expiryRulesOf(tx, campaign)
    const due = dueNow(rules, now)
    const left = await dueReferrals(tx, campaign, due, 1)
    const nextAt = left.length > 0 ? 0 : nextExpiry(rules, now, await oldestPending(tx, campaign))
    const checkedAt = due.ended ? null : now
    await tx.update(campaignExpiry).set({ checkedAt, nextAt }).where(eq(campaignExpiry.campaignId, campaign.id))
  })
