import type { RewardSummary } from '@goodword/contracts'
import { countText } from '../../shared/ui/count.ts'

/** Something about rewards that waits for the team, where to do it, and how much of it there is. */
export type RewardTask = { count: number; text: string; href: string }

const tasks = [
  { name: 'to_approve', one: 'reward to approve', many: 'rewards to approve', tab: 'to_approve' },
  { name: 'to_deliver', one: 'reward to deliver', many: 'rewards to deliver', tab: 'to_deliver' },
  { name: 'requests', one: 'request to use credit', many: 'requests to use credit', tab: 'requests' },
  { name: 'without_codes', one: 'campaign has no codes left', many: 'campaigns have no codes left', tab: 'codes' },
] as const

/** What the home lists and the side bar counts, so that both agree. */
export const rewardsToDecide = (counts: RewardSummary | null): RewardTask[] =>
  tasks.flatMap(({ name, one, many, tab }) => {
    const count = counts?.[name] ?? 0
    if (count === 0) return []
    const isCapped = counts?.capped.some((capped) => capped === name)
    const text = `${countText(count, isCapped)} ${count === 1 ? one : many}`
    return [{ count, text, href: `/console/rewards?tab=${tab}` }]
  })
