import type { Currency } from '@goodword/contracts'
import { balanceIn } from '../modules/money/ledger/ledger.ts'
import { requestCredit } from '../modules/money/rewards/requests.ts'
import { updateCampaign } from '../modules/surfaces/console/campaigns.ts'
import type { Ctx } from '../shared/context.ts'
import type { Campaigns } from './offers.ts'

/** For some weeks now the owner looks at each reward of the trade partners before it is given. */
export const lookFirst = (owner: Ctx, { partners }: Campaigns) =>
  updateCampaign(owner, partners.id, {
    terms: { ...partners.terms, approval: 'staff' },
    termsVersion: partners.termsVersion,
  })

/** An advocate asks to have credit taken off the next invoice: as much as there is, up to `most`. */
export async function askForCredit(ctx: Ctx, contactId: string, most: number, currency: Currency): Promise<void> {
  const { available } = await balanceIn(ctx, contactId, currency)
  const amount = Math.min(available, most)
  if (amount > 0) await requestCredit(ctx, { contactId, amount, currency, use: 'next_invoice' })
}
