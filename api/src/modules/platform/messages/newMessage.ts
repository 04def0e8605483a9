import type { TemplateName } from '@goodword/contracts'
import type { Words } from '@goodword/words/server'
import type { TemplateValues } from './messages.templates.ts'

/** The link that replaces {{link}} when the message is sent. */
export type LinkKind = 'member_sign_in' | 'portal_sign_in' | 'portal_view' | 'portal_address' | 'friend_page'

export type NewMessage<T extends TemplateName> = {
  /** Null for a message of the installation itself. */
  organizationId: string | null
  contactId?: string
  /**
   * Contacts other than the recipient whose data the text may contain, such as a name or a note by staff. When one of
   * them is erased, the text is erased too and no longer sent.
   */
  mentions: readonly string[]
  /** The referral it is about, whose page lists the message. */
  referralId?: string
  /** The ask it carries. */
  invitationId?: string
  personId?: string
  /** The member whose sign-in link it contains. */
  memberId?: string
  channel: 'email' | 'sms'
  template: T
  to: string
  name: string | null
  /** The payload, or a function that builds it from the words the message is written in. */
  values: TemplateValues[T] | ((words: Words) => TemplateValues[T])
  /** The recipient's language; English by default, as for the team, whose language is unknown. */
  language?: string
  /** Without it, the paragraph of the link is left out. */
  link?: LinkKind
  /** The contact address that opening a portal link verifies: the one in `to`. */
  addressId?: string
  /** Within an organization, the same key queues one message however often it is requested. */
  idempotencyKey?: string
}
