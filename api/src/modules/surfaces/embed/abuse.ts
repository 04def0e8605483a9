import type { FlagReason } from '@goodword/contracts'
import type { PersonDescription } from '../../people/contacts/contacts.ts'

/** Mailboxes that anyone can make for ten minutes. A short list of the common ones: it flags, it never refuses. */
const disposableDomains = new Set([
  '10minutemail.com',
  'discard.email',
  'getnada.com',
  'guerrillamail.com',
  'maildrop.cc',
  'mailinator.com',
  'mailnesia.com',
  'moakt.com',
  'sharklasers.com',
  'temp-mail.org',
  'tempmail.com',
  'throwawaymail.com',
  'trashmail.com',
  'yopmail.com',
])

/** Reasons for staff to look twice that can be seen from what was typed. */
export function noticedAbout(person: PersonDescription): FlagReason[] {
  const domain = person.email?.split('@').at(-1) ?? ''
  return disposableDomains.has(domain) ? ['disposable_email'] : []
}
