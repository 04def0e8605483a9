import type { MessageTemplate } from '@goodword/contracts'

/**
 * What a message is for. `always`: somebody asked for it, or works here. `reward`: what a contact is owed. `program`: all
 * else that the program has to say. Preferences and unsubscribing are about the last two (SPEC §12).
 */
type Purpose = 'always' | 'reward' | 'program'

const purposes: Record<MessageTemplate, Purpose> = {
  member_sign_in: 'always',
  portal_sign_in: 'always',
  portal_address: 'always',
  referral_received_staff: 'always',
  codes_needed_staff: 'always',
  webhook_disabled_staff: 'always',
  credit_requested_staff: 'always',
  credit_request_done: 'always',
  credit_request_refused: 'always',
  reward_earned: 'reward',
  reward_released: 'reward',
  reward_code: 'reward',
  reward_refused: 'reward',
  reward_reinstated: 'reward',
  conversion_reversed: 'reward',
  friend_welcome: 'reward',
  advocate_invited: 'program',
  referral_received_advocate: 'program',
  referral_received_friend: 'program',
}

/** Whether the message carries a link that stops more like it. */
export const canBeStopped = (template: MessageTemplate): boolean => purposes[template] !== 'always'

/** What is known of whoever it is for. */
export type Audience = { notify: 'all' | 'rewards' | 'none'; suppressed: boolean }

/**
 * Why a message is kept and not sent; null when it goes out. A number that said STOP gets no text at all, since that is
 * what carriers and the law ask for; what is owed stands in the portal all the same.
 */
export function whyNotSent(template: MessageTemplate, channel: 'email' | 'sms', audience: Audience): string | null {
  if (channel === 'sms' && audience.suppressed) return 'This number asked for no more texts.'
  if (!canBeStopped(template)) return null
  if (audience.suppressed) return 'This address asked for no more mail.'
  if (audience.notify === 'none') return 'This contact wants no messages.'
  if (audience.notify === 'rewards' && purposes[template] === 'program')
    return 'This contact wants to hear of rewards only.'
  return null
}
