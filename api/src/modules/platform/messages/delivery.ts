import type { Services } from '../../../shared/context.ts'
import type { LinkKind } from './newMessage.ts'
import type { Outgoing, Transport } from './outgoing.ts'
import { sendBySmtp } from './smtp.ts'
import { sendByTwilio } from './twilio.ts'

/** A link that lets its reader view a page but doesn't sign them in. */
export const showsOnly = (link: LinkKind | null): boolean => link === 'portal_view' || link === 'friend_page'

/**
 * Whether a message is saved for the console and nothing else happens to it: no link of it is printed either. On a
 * remote database, the worker finds that out, because the request would wait for more round trips.
 */
export const isOnlySaved = (
  { sends, database }: Pick<Services, 'sends' | 'database'>,
  { channel, link }: { channel: Outgoing['channel']; link: LinkKind | null },
): boolean => !sends[channel] && database.kind === 'embedded' && (link === null || showsOnly(link))

export type Delivery = {
  /** Whether messages on this channel are sent, or only saved and shown. */
  leaves(channel: Outgoing['channel']): boolean
  /** Sends a message. Throws DeliveryError. */
  deliver(message: Outgoing): Promise<'sent' | 'kept'>
  close(): void
}

/**
 * How messages are sent: emails by SMTP if SMTP_URL is set, texts by Twilio if it is set up. Without a channel a
 * message is only saved, and `show` prints sign-in links in the terminal.
 */
export function createDelivery(
  { config }: Pick<Services, 'config'>,
  show: (text: string) => void = (text) => void process.stdout.write(text),
): Delivery {
  const ways: Partial<Record<Outgoing['channel'], Transport>> = {
    ...(config.smtpUrl === undefined ? {} : { email: sendBySmtp(config.smtpUrl, config) }),
    ...(config.twilio === undefined ? {} : { sms: sendByTwilio(config.twilio, config.publicUrl) }),
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

/** Escaped, so that a name can't move the terminal's cursor. */
const oneName = ({ name, to }: Outgoing) => (name ? `${name} <${to}>` : to).replace(/\p{C}/gu, ' ')
