import type { Services } from '../../../shared/context.ts'
import type { Outgoing, Way } from './outgoing.ts'
import { sendBySmtp } from './smtp.ts'
import { sendByTwilio } from './twilio.ts'

export type Delivery = {
  /** Whether messages of this channel leave, or are kept and shown. */
  leaves(channel: Outgoing['channel']): boolean
  /** Hands a message over. Throws DeliveryError. */
  deliver(message: Outgoing): Promise<'sent' | 'kept'>
  close(): void
}

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
