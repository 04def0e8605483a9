import type { MessageTemplate } from '@goodword/contracts'
import type { Words } from '@goodword/words/server'
import type { TemplateValues } from './messages.templates.ts'

/** The link that takes the place of {{link}} when the message is handed over. */
export type LinkKind = 'member_sign_in' | 'portal_sign_in' | 'portal_view' | 'portal_address' | 'friend_page'

export type NewMessage<T extends MessageTemplate> = {
  /** null for a message of the installation itself. */
  organizationId: string | null
  contactId?: string
  /**
   * Contacts whose data its words hold or may hold, besides the one it goes to: a name, or what staff wrote about them. When
   * one of them is erased, so are the words, and they are sent no more.
   */
  mentions: readonly string[]
  /** The referral it is about, whose page lists it. */
  referralId?: string
  personId?: string
  /** The member whose sign-in link it carries. */
  memberId?: string
  channel: 'email' | 'sms'
  template: T
  to: string
  name: string | null
  /** As they are, or as the words say them that the message is written with. */
  values: TemplateValues[T] | ((words: Words) => TemplateValues[T])
  /** What its reader is spoken to in, where a contact gets it; the team gets English. */
  language?: string
  /** Without it the paragraph of the link is left out. */
  link?: LinkKind
  /** The contact's address that opening a portal link proves: the one in `to`. */
  addressId?: string
  /** The same key within an organization queues one message, however often it is asked for. */
  idempotencyKey?: string
}
