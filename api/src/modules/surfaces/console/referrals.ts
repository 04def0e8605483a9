import * as conversion from '../../program/conversions/conversions.ts'
import * as reversal from '../../program/conversions/reversal.ts'
import * as assignment from '../../program/referrals/assignment.ts'
import * as attribution from '../../program/referrals/attributing.ts'
import * as referrals from '../../program/referrals/referrals.ts'
import * as reopening from '../../program/referrals/reopening.ts'
import { answering, answeringNew } from './answering.ts'
import { loadReferral } from './referrals.detail.queries.ts'

const answered = answering(loadReferral)

export const createReferral = answeringNew(loadReferral)(referrals.createReferral)
export const acceptReferral = answered(referrals.acceptReferral)
export const unacceptReferral = answered(referrals.unacceptReferral)
export const declineReferral = answered(referrals.declineReferral)
export const reopenReferral = answered(reopening.reopenReferral)
export const attributeReferral = answered(attribution.attributeReferral)
export const nameFriend = answered(attribution.nameFriend)
export const assignReferral = answered(assignment.assignReferral)
export const clearFlags = answered(assignment.clearFlags)
export const convertReferral = answered(conversion.convertReferral)
export const reverseConversion = answered(reversal.reverseConversion)
