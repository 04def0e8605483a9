import * as approvals from '../../money/rewards/approvals.ts'
import * as reinstating from '../../program/conversions/reinstating.ts'
import { returningChanged } from './returning.ts'
import { loadReward } from './rewards.queries.ts'

const returning = returningChanged(loadReward)

export const fulfillReward = returning(approvals.fulfillReward)
export const reinstateReward = returning(reinstating.reinstateReward)
