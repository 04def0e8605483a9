import type { SideReward } from '@goodword/domain'
import { kinds } from '../../money/rewards/kinds/kinds.ts'

/** What a side gets that can be handed over; null for nothing, or for what a limit took away. */
export function earnedBy({ kind, text, amount }: SideReward) {
  return kind === 'none' || !kinds[kind].isEarned(amount) ? null : { kind, text, amount }
}
