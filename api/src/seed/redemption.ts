import type { Currency } from '@goodword/contracts'
import { and, eq } from 'drizzle-orm'
import { balanceIn } from '../modules/money/ledger/ledger.ts'
import { redeemCredit } from '../modules/money/rewards/credit.ts'
import { rewards } from '../modules/money/rewards/rewards.table.ts'
import type { Ctx } from '../shared/context.ts'

const invoiceNumber = (at: number) => 1_000 + (Math.floor(at / 3_600_000) % 9_000)
const appliedTo = (ctx: Ctx) => `Applied to invoice ${invoiceNumber(ctx.clock())}`

/** Uses up to a reward's amount on an invoice. Pending, voided and redeemed rewards stay as they are. */
export async function useReward(ctx: Ctx, conversionId: string, side: 'advocate' | 'friend'): Promise<void> {
  const [reward] = await ctx.db
    .select()
    .from(rewards)
    .where(
      and(
        eq(rewards.organizationId, ctx.organizationId),
        eq(rewards.sourceType, 'conversion'),
        eq(rewards.sourceId, conversionId),
        eq(rewards.side, side),
        eq(rewards.kind, 'credit'),
        eq(rewards.status, 'issued'),
      ),
    )
  if (!reward) return
  const { contactId, currency } = reward
  const { available } = await balanceIn(ctx, contactId, currency)
  const amount = Math.min(reward.amount, available)
  if (amount > 0) await redeemCredit(ctx, contactId, { amount, currency, note: appliedTo(ctx) })
}

/** Uses part of a contact's credit on an invoice, from any rewards. */
export const useCredit = (ctx: Ctx, contactId: string, amount: number, currency: Currency): Promise<unknown> =>
  redeemCredit(ctx, contactId, { amount, currency, note: appliedTo(ctx) })
