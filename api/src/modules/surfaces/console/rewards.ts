import * as approvals from '../../money/rewards/approvals.ts'
import * as deliveries from '../../money/rewards/deliveries.staff.ts'
import * as overriding from '../../program/conversions/overriding.ts'
import * as reinstating from '../../program/conversions/reinstating.ts'
import { returningChanged } from './returning.ts'
import { loadReward } from './rewards.queries.ts'

const returning = returningChanged(loadReward)

export const fulfillReward = returning(approvals.fulfillReward)
export const reinstateReward = returning(reinstating.reinstateReward)
export const overrideReward = returning(overriding.overrideReward)
export const deliverReward = returning(deliveries.deliverReward)
export const retryDelivery = returning(deliveries.retryDelivery)
export const changeDeliveryDay = returning(deliveries.changeDeliveryDay)
