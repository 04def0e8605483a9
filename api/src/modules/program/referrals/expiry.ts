import { dueNow, nextExpiry } from '@goodword/domain'
import { and, eq } from 'drizzle-orm'
import type { Queries } from '../../../database/queries.ts'
import { contextFor, type Services } from '../../../shared/context.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { addEvent } from './events.ts'
import {
  campaignsToCheck,
  type DueReferral,
  dueReferrals,
  type OpenInCampaign,
  readOpen,
  scheduleNext,
} from './referrals.due.queries.ts'
import { referrals } from './referrals.table.ts'

const batch = 200
const campaignsAtOnce = 200

/**
 * Expires open referrals whose campaign has ended or that have been pending longer than its terms allow, without
 * messages, in batches. Looks only at campaigns in which something can be due, and at all of them together. A failure is
 * logged, is retried and delays no other referral. Returns how many expired.
 */
export async function expireDueReferrals(services: Services): Promise<number> {
  const now = services.clock()
  const { read } = services.database
  const toCheck = await campaignsToCheck(read, now, campaignsAtOnce)
  if (toCheck.length === 0) return 0
  const open = new Map((await readOpen(read, toCheck)).map((campaign) => [campaign.id, campaign]))
  const checked: string[] = []
  let found = 0
  let expired = 0
  for (const id of toCheck) {
    const campaign = open.get(id)
    if (!campaign) throw new Error(`The campaign ${id} has no terms.`)
    const due = isAnyDue(campaign, now) ? await findDue(services, campaign, now, batch - found) : []
    for (const referral of due) if (await tryToExpire(services, campaign, referral, now)) expired += 1
    found += due.length
    if (found === batch) break
    checked.push(id)
  }
  await scheduleChecks(services, checked, now)
  return expired
}

function isAnyDue({ rules, oldestPending, hasAccepted }: OpenInCampaign, now: number): boolean {
  const { pendingSince, accepted } = dueNow(rules, now)
  return (accepted && hasAccepted) || (pendingSince !== null && oldestPending !== null && oldestPending <= pendingSince)
}

async function findDue({ database }: Services, campaign: OpenInCampaign, now: number, limit: number) {
  const due = dueNow(campaign.rules, now)
  const reason = due.ended ? 'The campaign ended' : 'No reply in time'
  const found = await dueReferrals(database.read, campaign, due, limit)
  return found.map((referral) => ({ ...referral, reason }))
}

/** Whether it was still due. */
const tryToExpire = (
  services: Services,
  { organizationId }: OpenInCampaign,
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
const scheduleChecks = ({ database }: Services, ids: string[], now: number) =>
  database.write(async (tx) => {
    const open = await readOpen(tx, ids)
    await scheduleNext(
      tx,
      open.map((campaign) => ({
        campaignId: campaign.id,
        checkedAt: dueNow(campaign.rules, now).ended ? null : now,
        nextAt: isAnyDue(campaign, now) ? 0 : nextExpiry(campaign.rules, now, campaign.oldestPending),
      })),
    )
  })
