import { Currency, type ReinstateReward } from '@goodword/contracts'
import { periodsAround, tightestLimit, withExceptions } from '@goodword/domain'
import type { Words } from '@goodword/words/server'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { originOf } from '../../money/rewards/origin.ts'
import { reinstate } from '../../money/rewards/reinstate.ts'
import { messageBase } from '../../money/rewards/release.ts'
import type { Reward } from '../../money/rewards/reward.ts'
import { getReward, paidInCampaign, paidToAdvocate } from '../../money/rewards/rewards.ts'
import { getContact } from '../../people/contacts/contacts.ts'
import { queueMessage } from '../../platform/messages/messages.ts'
import { getEnrollment } from '../advocates/advocates.ts'
import { loadCampaignContext } from '../campaigns/campaigns.ts'

/**
 * Reinstates a reward that staff rejected, with a reason. A new transfer puts its credit back on hold, and it is
 * released on its date; no further approval is needed. Throws not_found, reward_not_refused if it isn't rejected or its
 * conversion was reversed, contact_gone, and reward_over_limit if the campaign's limits leave no room for it.
 */
export function reinstateReward(ctx: Ctx, id: string, input: ReinstateReward): Promise<Reward> {
  return transaction(ctx, async (tx) => {
    const reward = await getReward(tx, id)
    if (reward.status !== 'voided' || !(await originOf(tx, reward)).stands) throw new AppError('reward_not_refused')
    const owner = await getContact(tx, reward.contactId)
    if (owner.erasedAt !== null) throw new AppError('contact_gone', { detail: 'The data of this person was erased.' })
    await assertUnderLimit(tx, reward)
    const released = await reinstate(tx, reward, input.reason)
    if (input.notify && !released) await notifyReinstated(tx, reward)
    return getReward(tx, id)
  })
}

/** Today's limits, applied to the month and year in which the reward was earned. */
async function assertUnderLimit(tx: Ctx, reward: Reward): Promise<void> {
  const { terms, organization } = await loadCampaignContext(tx, reward.campaignId)
  const { enrollmentId, side, amount, createdAt } = reward
  const enrollment = enrollmentId === null ? null : await getEnrollment(tx, enrollmentId)
  const current = enrollment ? withExceptions(terms, enrollment.exceptions) : terms
  const tightest = tightestLimit(side, {
    current,
    currency: Currency.parse(reward.currency),
    paidToAdvocate:
      enrollmentId === null
        ? { ever: 0, year: 0, month: 0 }
        : await paidToAdvocate(tx, {
            enrollmentId,
            caps: current.advocateCaps,
            ...periodsAround(createdAt, organization.timeZone),
          }),
    paidInCampaign: await paidInCampaign(tx, reward.campaignId),
  })
  if (tightest && tightest.left < amount)
    throw new AppError('reward_over_limit', { detail: `${tightest.sentence} Raise the limit of the campaign first.` })
}

async function notifyReinstated(tx: Ctx, reward: Reward): Promise<void> {
  const to = await messageBase(tx, reward, `reinstated:${tx.clock()}`)
  if (!to) return
  const { timeZone } = (await loadCampaignContext(tx, reward.campaignId)).organization
  const values = (words: Words) => ({
    ...to.values(words),
    until: reward.availableAt > tx.clock() ? words.day(reward.availableAt, timeZone) : null,
  })
  await queueMessage(tx, { ...to.message, template: 'reward_reinstated', values })
}
