import type { MessageTemplate } from '@goodword/contracts'

/**
 * What a message is for. `always`: somebody asked for it, or works here. `reward`: what a contact is owed. `answer`: to who
 * just sent a form. `program`: all else that the program has to say. Preferences and unsubscribing are about the last three
 * (SPEC §12).
 */
type Purpose = 'always' | 'reward' | 'answer' | 'program'

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
  referral_received_friend: 'answer',
}

/** Whether the message carries a link that stops more like it. */
export const canBeStopped = (template: MessageTemplate): boolean => purposes[template] !== 'always'

/** What is known of whoever it is for. */
export type Audience = {
  notify: 'all' | 'rewards' | 'none'
  /** Why the address is on the list of those that want no more; null when it is not. */
  stopped: 'unsubscribed' | 'stop' | 'preference' | 'erased' | null
}

/**
 * Why a message is kept and not sent; null when it goes out. A number that said STOP gets no text at all, since that is
 * what carriers and the law ask for; what is owed stands in the portal all the same.
 *
 * Who was erased and comes back as a friend gets an answer and hears of what they are owed, because they asked for that anew.
 * The program speaks to them as an advocate once they switch it on.
 */
export function whyNotSent(template: MessageTemplate, channel: 'email' | 'sms', audience: Audience): string | null {
  const { stopped } = audience
  const isAsked = stopped !== null && stopped !== 'erased'
  if (channel === 'sms' && isAsked) return 'This number asked for no more texts.'
  if (!canBeStopped(template)) return null
  if (isAsked) return 'This address asked for no more mail.'
  if (stopped === 'erased' && purposes[template] === 'program')
    return 'This person was erased, and has not asked to hear of the program since.'
  if (audience.notify === 'none') return 'This contact wants no messages.'
  if (audience.notify === 'rewards' && purposes[template] !== 'reward')
    return 'This contact wants to hear of rewards only.'
  return null
}
