import { type Services, transaction } from '../../../shared/context.ts'
import { eraseReferral } from '../../program/conversions/erasing.ts'
import { isFriendLink, referralOfLink } from '../../program/referrals/friendLinks.ts'
import { erasePerson } from '../person/erasing.ts'
import { isKnownOtherwise } from './friendPage.queries.ts'

/**
 * Deletes a friend's data by the token of their page: what they submitted with this referral and, if the business knows
 * them from nothing else, the contact. Returns false for an unknown or used token.
 */
export async function eraseFriend(services: Services, token: string): Promise<boolean> {
  const found = await referralOfLink(services, token)
  if (!found) return false
  const { ctx, referral } = found
  return transaction(ctx, async (tx) => {
    // If the button is pressed twice at once, the link is gone for the second request.
    if (!(await isFriendLink(tx, token))) return false
    const { id, friendContactId } = referral
    const whole = friendContactId !== null && !(await isKnownOtherwise(tx, friendContactId, id))
    await eraseReferral(tx, id)
    if (whole) await erasePerson(tx, friendContactId)
    return true
  })
}
