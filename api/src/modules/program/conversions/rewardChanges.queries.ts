import { Currency, type RewardChange as ShownChange } from '@goodword/contracts'
import type { Ctx } from '../../../shared/context.ts'
import type { Adjusting } from '../../money/rewards/adjusting.ts'
import type { Reward } from '../../money/rewards/reward.ts'
import type { Voided } from '../../money/rewards/voiding.ts'
import { getContact } from '../../people/contacts/contacts.ts'

/** What would happen to one reward; null if staff have to say what it is worth. */
export type RewardChange = { reward: Reward; change: Adjusting | null }

export const voiding = ({ reward, owed }: Voided): RewardChange => ({
  reward,
  change: { does: 'void', from: reward.amount, to: 0, owed },
})

/** Changes of rewards with their owners' names. */
export async function shownChanges(ctx: Ctx, changes: RewardChange[]): Promise<ShownChange[]> {
  const shown: ShownChange[] = []
  for (const { reward, change } of changes) {
    const { id, side, kind, text, status, contactId } = reward
    const { name } = await getContact(ctx, contactId)
    const currency = Currency.parse(reward.currency)
    const money = { currency, from: change?.from ?? reward.amount, to: change?.to ?? null }
    shown.push({ id, side, name, kind, text, status, ...money, does: change?.does ?? 'enter', owed: change?.owed ?? 0 })
  }
  return shown
}
