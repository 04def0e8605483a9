import type { PortalHome, PortalProgram } from '@goodword/contracts'

export type Currency = PortalHome['currency']
export type Entry = PortalHome['history'][number]
export type Friend = PortalProgram['friends'][number]
export type Reward = NonNullable<PortalProgram['nextReward']>
export type Step = Reward['steps'][number]
