import type { AskRule } from '@goodword/contracts'

export type AskChannel = 'sms' | 'email'

/** What decides whether texts may go to a contact's number. */
export type PhoneFacts = {
  /** Where the owner may be, see `zonesOfPhone`. */
  zones: readonly string[]
  /** The contact agreed to texts. */
  agreed: boolean
  /** Somebody replied STOP from this number, or the provider said so. It counts for every contact with the number. */
  stopped: boolean
  /** The provider said that it can't receive texts. */
  landline: boolean
  /** Nobody set up how texts are sent. */
  off?: boolean
}

export type EmailFacts = {
  unsubscribed: boolean
  undeliverable: boolean /** Nobody set up how email is sent. */
  off?: boolean
}

export type AddressFacts = { phone: PhoneFacts | null; email: EmailFacts | null }

export type NoText = 'no_phone' | 'stopped' | 'landline' | 'not_agreed' | 'not_set_up'
export type NoEmail = 'no_email' | 'unsubscribed' | 'undeliverable' | 'not_set_up'

/** Why a contact gets no text; null if they may get one. */
export function reasonNoText(phone: PhoneFacts | null): NoText | null {
  if (!phone) return 'no_phone'
  if (phone.stopped) return 'stopped'
  if (phone.landline) return 'landline'
  if (phone.off) return 'not_set_up'
  return phone.agreed ? null : 'not_agreed'
}

/** Why a contact gets no email; null if they may get one. */
export function reasonNoEmail(email: EmailFacts | null): NoEmail | null {
  if (!email) return 'no_email'
  if (email.unsubscribed) return 'unsubscribed'
  if (email.undeliverable) return 'undeliverable'
  return email.off ? 'not_set_up' : null
}

/** The channels of an ask, in the order to show them; empty if none reaches the contact. */
export function channelsFor(rule: Pick<AskRule, 'channel'>, { phone, email }: AddressFacts): AskChannel[] {
  const reached: AskChannel[] = []
  if (reasonNoText(phone) === null) reached.push('sms')
  if (reasonNoEmail(email) === null) reached.push('email')
  if (rule.channel === 'both') return reached
  return (rule.channel === 'email_first' ? reached.reverse() : reached).slice(0, 1)
}

/**
 * The numbers of a text provider's refusals that change what we know about a number (Twilio's). Any other refusal says
 * nothing about it.
 */
export function numberAfterRefusal(code: number): 'stopped' | 'landline' | null {
  if (code === 21_610) return 'stopped'
  return code === 21_635 || code === 30_006 ? 'landline' : null
}

/** One event in the life of a number: a reply, or the owner's way back in the portal. The newest one counts. */
export type StopEvent = { wish: 'stop' | 'start'; at: number }

/**
 * Whether a number is stopped. Only a START undoes a STOP: an import or an owner's statement that comes later doesn't. Of two
 * at the same moment, STOP counts.
 */
export function isStopped(events: readonly StopEvent[]): boolean {
  const latest = Math.max(...events.map(({ at }) => at))
  return events.some(({ wish, at }) => at === latest && wish === 'stop')
}
