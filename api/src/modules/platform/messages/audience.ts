import type { TemplateName } from '@goodword/contracts'

/**
 * Why a message is sent. `always`: the reader requested it or works here. `reward`: it is about a reward the contact
 * earned. `answer`: it replies to a form the reader just sent. `program`: everything else about the program.
 * Preferences and unsubscribing cover the last three (SPEC §12).
 */
type Purpose = 'always' | 'reward' | 'answer' | 'program'

const purposes: Record<TemplateName, Purpose> = {
  member_sign_in: 'always',
  portal_sign_in: 'always',
  portal_address: 'always',
  referral_received_staff: 'always',
  referral_digest_staff: 'always',
  codes_needed_staff: 'always',
  reward_notice_staff: 'always',
  webhook_disabled_staff: 'always',
  credit_requested_staff: 'always',
  credit_request_done: 'always',
  credit_request_refused: 'always',
  reward_earned: 'reward',
  reward_released: 'reward',
  reward_code: 'reward',
  reward_card: 'reward',
  reward_refused: 'reward',
  reward_reinstated: 'reward',
  reward_adjusted: 'reward',
  conversion_reversed: 'reward',
  friend_welcome: 'reward',
  advocate_invited: 'program',
  invitation_ask: 'program',
  invitation_reminder: 'program',
  invitation_follow_up: 'program',
  low_score_staff: 'always',
  text_reply_staff: 'always',
  referral_received_advocate: 'program',
  referral_digest_advocate: 'program',
  leaderboard_winner: 'program',
  referral_received_friend: 'answer',
}

/** Whether the message has an unsubscribe link. */
export const canUnsubscribe = (template: TemplateName): boolean => purposes[template] !== 'always'

/** What is known about the recipient. */
export type Audience = {
  notify: 'all' | 'rewards' | 'none'
  /** Why the address is suppressed; null if it isn't. */
  stopped: 'unsubscribed' | 'stop' | 'preference' | 'erased' | null
}

/**
 * Why a message is saved but not sent; null if it may be sent. A number that replied STOP gets no texts at all, as
 * carriers and the law require. The portal still shows what its owner earned.
 * An erased person who comes back as a friend gets replies to their forms and messages about their rewards, because
 * they asked for those again. They get advocate messages only after they turn them on.
 */
export function reasonNotSent(template: TemplateName, channel: 'email' | 'sms', audience: Audience): string | null {
  const { stopped } = audience
  const isAsked = stopped !== null && stopped !== 'erased'
  if (channel === 'sms' && isAsked) return 'This number asked for no more texts.'
  if (!canUnsubscribe(template)) return null
  if (isAsked) return 'This address asked for no more mail.'
  if (stopped === 'erased' && purposes[template] === 'program')
    return 'This person was erased, and has not asked to hear of the program since.'
  if (audience.notify === 'none') return 'This contact wants no messages.'
  if (audience.notify === 'rewards' && purposes[template] !== 'reward')
    return 'This contact wants to hear of rewards only.'
  return null
}
