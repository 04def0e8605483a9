import { budgetReached, budgetWarningPercent, formatMoney } from '@goodword/domain'
import type { Ctx } from '../../../shared/context.ts'
import { paidInCampaign } from '../../money/rewards/rewards.ts'
import { notifyStaff } from '../../money/rewards/staffNotices.ts'
import { budgetedCampaign } from './budgets.queries.ts'
import { loadCampaignContext } from './campaigns.ts'

/**
 * Tells staff when a reward that was just created makes a campaign reach the warning level of its budget, or all of it. Once
 * for each budget: raising it starts anew.
 */
export async function noteBudget(tx: Ctx, { rewardId, amount }: { rewardId: string; amount: number }): Promise<void> {
  if (amount === 0) return
  const found = await budgetedCampaign(tx.db).get({ organizationId: tx.organizationId, rewardId })
  if (!found) return
  const { campaign, terms } = await loadCampaignContext(tx, found.campaignId)
  const { budget, budgetWarningPercent: warningPercent = budgetWarningPercent } = terms
  if (budget === undefined) return
  const spent = await paidInCampaign(tx, campaign.id)
  const level = budgetReached(spent - amount, spent, { budget, warningPercent })
  if (level === null) return
  const money = (minor: number) => formatMoney(minor, campaign.currency)
  const values = { campaign: campaign.name, used: money(spent), budget: money(budget) }
  await notifyStaff(tx, `campaign:${campaign.id}:budget:${budget}:${level}`, ({ say }) => ({
    ...(level === 'used_up'
      ? { subject: say('staff.budget.usedUp', values), sentence: say('staff.budget.usedUpBody', values) }
      : {
          subject: say('staff.budget.subject', { percent: String(warningPercent), ...values }),
          sentence: say('staff.budget.body', { left: money(Math.max(0, budget - spent)), ...values }),
        }),
    open: say('staff.budget.open'),
    url: `${tx.config.publicUrl}/console/campaigns/${campaign.id}`,
  }))
}
