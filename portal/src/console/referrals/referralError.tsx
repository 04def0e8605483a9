import type { ProblemCode } from '@goodword/contracts'
import type { Failure } from '../core/failure.ts'
import { Notice } from '../core/notice.tsx'

/** Submission errors worded for staff; the catalog words them for the person who submitted. */
const staffMessages: Partial<Record<ProblemCode, string>> = {
  self_referral: 'The friend and the advocate are the same person.',
  referral_loop: 'This friend referred the advocate. It cannot go both ways in one campaign.',
  friend_is_advocate: 'This friend refers others in the campaign already.',
  already_referred: 'This advocate has referred this friend already.',
  existing_customer: 'This friend is a customer already, and the campaign is for first-time customers.',
}

/** Why the change failed, with a link to the conflicting referral. */
export function ReferralError({ failure }: { failure: Failure | null }) {
  if (!failure || Object.keys(failure.fields).length > 0) return null
  const { code, sentence, existingId } = failure
  return (
    <Notice tone="bad">
      {(code && staffMessages[code]) ?? sentence}{' '}
      {existingId?.startsWith('ref_') && <a href={`/console/referrals/${existingId}`}>Open it</a>}
    </Notice>
  )
}
