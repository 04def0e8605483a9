import * as approvals from '../../money/rewards/approvals.ts'
import * as reinstating from '../../program/conversions/reinstating.ts'
import { answering } from './answering.ts'
import { loadReward } from './rewards.queries.ts'

const answered = answering(loadReward)

export const fulfillReward = answered(approvals.fulfillReward)
export const reinstateReward = answered(reinstating.reinstateReward)
