import type { SubmittedReferral } from '@goodword/contracts'
import type { Services } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { getReferral } from '../../program/referrals/referrals.ts'
import { thanks } from '../embed/submit.ts'
import type { HostedView } from './hosted.view.ts'

const purpose = 'hosted-thanks'

/** A signed token for the referral that was just sent. It reveals nothing about it. */
export const thanksToken = (services: Services, referralId: string): string => services.signer.sign(purpose, referralId)

/** The thank-you text for a token; null if it is invalid or belongs to another link. */
export async function thanksOf(view: HostedView, token: string): Promise<SubmittedReferral | null> {
  const referralId = view.ctx.signer.verify(purpose, token)
  if (referralId === null) return null
  try {
    const referral = await getReferral(view.ctx, referralId)
    return referral.enrollmentId === view.enrollment.id
      ? thanks(view.facts, referral.submitted.name, view.speech.words.language)
      : null
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null
    throw error
  }
}
