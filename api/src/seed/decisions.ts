import type { Currency } from '@goodword/contracts'
import { balanceIn } from '../modules/money/ledger/ledger.ts'
import { requestCredit } from '../modules/money/rewards/requests.ts'
import { updateCampaign } from '../modules/surfaces/console/campaigns.ts'
import type { Ctx } from '../shared/context.ts'
import type { Campaigns } from './campaigns.ts'

/** For the last months, the owner approves each reward of the trade partners. */
export const requireApproval = (owner: Ctx, { partners }: Campaigns) =>
  updateCampaign(owner, partners.id, {
    terms: { ...partners.terms, approval: 'staff' },
    termsVersion: partners.termsVersion,
  })

/** An advocate requests credit off the next invoice: all available, up to `most`. */
export async function requestAvailableCredit(
  ctx: Ctx,
  contactId: string,
  most: number,
  currency: Currency,
): Promise<void> {
  const { available } = await balanceIn(ctx, contactId, currency)
  const amount = Math.min(available, most)
  if (amount > 0) await requestCredit(ctx, { contactId, amount, currency, use: 'next_invoice' })
}
