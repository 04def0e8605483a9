import type { SideReward } from '@goodword/domain'
import { kinds } from '../../money/rewards/kinds/kinds.ts'

/** The reward of a side that can be issued; null for none, or for one that a limit reduced to nothing. */
export function earnedBy({ kind, text, amount, card, cards }: SideReward) {
  if (kind === 'none' || !kinds[kind].isEarned(amount)) return null
  return { kind, text, amount, cardDelivery: card ?? null, cardProducts: cards ?? null }
}
