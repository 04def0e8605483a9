import type { Language } from '@goodword/contracts'
import type { Services } from '../../../shared/context.ts'
import { sendBySmtp } from './smtp.ts'
import { sendByTwilio } from './twilio.ts'

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

export type Delivery = {
  /** Whether messages of this channel leave, or are kept and shown. */
  leaves(channel: Outgoing['channel']): boolean
  /** Hands a message over. Throws DeliveryError. */
  deliver(message: Outgoing): Promise<'sent' | 'kept'>
  close(): void
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

/**
 * How messages leave: mail by SMTP when SMTP_URL is set, texts by Twilio when its settings are. What has no way out is
 * kept, and a link in it that signs someone in is handed to `show`, the terminal.
 */
export function createDelivery(
  { config }: Pick<Services, 'config'>,
  show: (text: string) => void = (text) => void process.stdout.write(text),
): Delivery {
  const ways: Partial<Record<Outgoing['channel'], Way>> = {
    ...(config.smtpUrl === undefined ? {} : { email: sendBySmtp(config.smtpUrl, config) }),
    ...(config.twilio === undefined ? {} : { sms: sendByTwilio(config.twilio) }),
  }
  return {
    leaves: (channel) => ways[channel] !== undefined,
    async deliver(message) {
      const way = ways[message.channel]
      if (!way) {
        if (message.signInLink) show(`Sign-in link for ${oneName(message)}:\n  ${message.signInLink}\n`)
        return 'kept'
      }
      await way.send(message)
      return 'sent'
    },
    close() {
      for (const way of Object.values(ways)) way.close()
    },
  }
}

/** Printed as data: a name cannot move the cursor of a terminal. */
const oneName = ({ name, to }: Outgoing) => (name ? `${name} <${to}>` : to).replace(/\p{C}/gu, ' ')
