import { type Services, transaction } from '../../../shared/context.ts'
import { eraseReferral } from '../../program/conversions/erasing.ts'
import { isFriendLink, referralOfLink } from '../../program/referrals/friendLinks.ts'
import { erasePerson } from '../person/erasing.ts'
import { isMore } from './friendPage.queries.ts'

/**
 * A friend deletes their data with the token of their page: what they submitted with this referral and, when the business
 * knows them for nothing else, the contact. Answers false for a token we do not know, also when it was used before.
 */
export async function eraseFriend(services: Services, token: string): Promise<boolean> {
  const found = await referralOfLink(services, token)
  if (!found) return false
  const { ctx, referral } = found
  return transaction(ctx, async (tx) => {
    // Pressed twice at once, the second finds the link gone.
    if (!(await isFriendLink(tx, token))) return false
    const { id, friendContactId } = referral
    const whole = friendContactId !== null && !(await isMore(tx, friendContactId, id))
    await eraseReferral(tx, id)
    if (whole) await erasePerson(tx, friendContactId)
    return true
  })
}
