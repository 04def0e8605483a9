import type { Language } from '@goodword/contracts'
import type { AddressRefusal } from '../../../shared/context.ts'

/** A message with its link filled in, ready to send. */
export type Outgoing = {
  id: string
  channel: 'email' | 'sms'
  to: string
  name: string | null
  subject: string
  body: string
  /** The language of subject and body; null if unknown. */
  language: Language | null
  /** The language of the parts we add. */
  reads: Language
  /** The sign-in link in `body`; null if there is none. */
  signInLink: string | null
  /** The organization's reply-to address; null if it has none. */
  replyTo: string | null
  /** The one-click unsubscribe URL; null for a message the reader requested. */
  stopLink: string | null
}

/** `permanent`: retrying can't help. `refusal`: what the provider's answer says about the address. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError'
  constructor(
    message: string,
    readonly permanent: boolean,
    readonly refusal: AddressRefusal | null = null,
  ) {
    super(message)
  }
}

/** One channel. Throws DeliveryError. */
export type Transport = { send(message: Outgoing): Promise<void>; close(): void }
