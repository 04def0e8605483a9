import type { Language } from '@goodword/contracts'

/** A message with its link in place, about to leave. */
export type Outgoing = {
  id: string
  channel: 'email' | 'sms'
  to: string
  name: string | null
  subject: string
  body: string
  /** The language of subject and body; null when nobody knows. */
  language: Language | null
  /** The language of what we add to them. */
  reads: Language
  /** The link in `body` that signs its reader in; null when there is none. */
  signInLink: string | null
  /** Where the organization reads answers; null for nowhere in particular. */
  replyTo: string | null
  /** Stops more like it with one click; null for what somebody asked for. */
  stopLink: string | null
}

/** `permanent`: trying again cannot help. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError'
  constructor(
    message: string,
    readonly permanent: boolean,
  ) {
    super(message)
  }
}

/** One way out. Throws DeliveryError. */
export type Way = { send(message: Outgoing): Promise<void>; close(): void }
