import * as conversion from '../../program/conversions/conversions.ts'
import * as reversal from '../../program/conversions/reversal.ts'
import * as assignment from '../../program/referrals/assignment.ts'
import * as attribution from '../../program/referrals/attributing.ts'
import * as referrals from '../../program/referrals/referrals.ts'
import * as reopening from '../../program/referrals/reopening.ts'
import { loadReferral } from './referrals.detail.queries.ts'
import { returningChanged, returningCreated } from './returning.ts'

const returning = returningChanged(loadReferral)

export const createReferral = returningCreated(loadReferral)(referrals.createReferral)
export const acceptReferral = returning(referrals.acceptReferral)
export const unacceptReferral = returning(referrals.unacceptReferral)
export const declineReferral = returning(referrals.declineReferral)
export const reopenReferral = returning(reopening.reopenReferral)
export const attributeReferral = returning(attribution.attributeReferral)
export const setFriend = returning(attribution.setFriend)
export const assignReferral = returning(assignment.assignReferral)
export const clearFlags = returning(assignment.clearFlags)
export const convertReferral = returning(conversion.convertReferral)
export const reverseConversion = returning(reversal.reverseConversion)
