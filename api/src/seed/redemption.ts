import type { Currency } from '@goodword/contracts'
import { redeemCredit } from '@goodword/domain'
import { and, eq } from 'drizzle-orm'
import { postEntries } from '../modules/ledger/ledger.ts'
import { rewards } from '../modules/rewards/rewards.table.ts'
import { type Ctx, transaction } from '../shared/context.ts'

/** A reward is used up on an invoice. What waits, is void or used already stays as it is. */
export async function useReward(ctx: Ctx, conversionId: string, side: 'advocate' | 'friend'): Promise<void> {
  await transaction(ctx, async (tx) => {
    const [used] = await tx.db
      .update(rewards)
      .set({ status: 'redeemed', updatedAt: tx.clock() })
      .where(
        and(
          eq(rewards.organizationId, tx.organizationId),
          eq(rewards.conversionId, conversionId),
          eq(rewards.side, side),
          eq(rewards.kind, 'credit'),
          eq(rewards.status, 'issued'),
        ),
      )
      .returning()
    if (!used) return
    const currency = used.currency
    await postEntries(tx, [
      {
        ...redeemCredit({ contactId: used.contactId, amount: used.amount, currency }),
        refersTo: { type: 'reward', id: used.id },
        idempotencyKey: `reward:${used.id}:redeemed`,
      },
    ])
  })
}

/** Part of a contact's credit is used on an invoice, whichever rewards it came from. */
export const useCredit = (ctx: Ctx, contactId: string, amount: number, currency: Currency): Promise<void> =>
  transaction(ctx, (tx) =>
    postEntries(tx, [
      {
        ...redeemCredit({ contactId, amount, currency }),
        refersTo: { type: 'contact', id: contactId },
        idempotencyKey: `contact:${contactId}:used:${tx.clock()}`,
      },
    ]),
  )
