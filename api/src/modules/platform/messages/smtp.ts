import { createTransport, type NodemailerError } from 'nodemailer'
import addressparser from 'nodemailer/lib/addressparser'
import type { Services } from '../../../shared/context.ts'
import { SettingError } from '../../../shared/settingError.ts'
import { htmlOf, textOf } from './messages.html.ts'
import { DeliveryError, type Outgoing, type Transport } from './outgoing.ts'

const connectionsAtOnce = 3
const waitMs = 15_000

/** Sends emails through a mail server. */
export function sendBySmtp(url: string, config: Services['config']): Transport {
  const from = senderOf(config.mailFrom)
  const host = new URL(config.publicUrl).hostname
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: connectionsAtOnce,
    connectionTimeout: waitMs,
    greetingTimeout: waitMs,
    socketTimeout: 2 * waitMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send(message) {
      assertOneLine(message)
      try {
        await transport.sendMail({
          messageId: `<${message.id}@${host}>`,
          from,
          to: { name: message.name ?? '', address: message.to },
          subject: message.subject,
          ...(message.replyTo === null ? {} : { replyTo: { name: '', address: message.replyTo } }),
          text: textOf(message),
          html: htmlOf(message),
          headers: {
            'Auto-Submitted': 'auto-generated',
            ...(message.language === null ? {} : { 'Content-Language': message.language }),
            ...stopHeaders(message.stopLink),
          },
        })
      } catch (error) {
        throw refusalOf(error)
      }
    },
    close: () => transport.close(),
  }
}

/** RFC 8058: lets mail programs unsubscribe with a single POST. */
const stopHeaders = (stopLink: string | null): Record<string, string> =>
  stopLink === null
    ? {}
    : { 'List-Unsubscribe': `<${stopLink}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }

/** Throws SettingError unless MAIL_FROM is one address, with or without a name. */
function senderOf(text: string): { name: string; address: string } {
  const [one, ...others] = addressparser(text)
  if (!one || !('address' in one) || !one.address?.includes('@') || others.length > 0 || /[\r\n]/.test(text)) {
    throw new SettingError(
      `The setting MAIL_FROM=${text} is not an address. Use one like Goodword <hello@example.com>.`,
    )
  }
  return { name: one.name, address: one.address }
}

/** A line break would let the author of a header value add headers of their own. */
function assertOneLine({ to, name, subject, replyTo }: Outgoing): void {
  if ([to, name ?? '', subject, replyTo ?? ''].some((header) => /[\r\n]/.test(header)))
    throw new DeliveryError('The address, the name or the subject contains a line break.', true)
}

/** RFC 3463: the mailbox doesn't exist, or was moved or disabled. Other refusals say nothing about it. */
const mailboxUnknown = /\b5\.(?:1\.[1236]|2\.1)\b/

/** The mail server's reply on one line. A mailbox or text that was permanently rejected isn't retried. */
function refusalOf(error: unknown): DeliveryError {
  const { code, permanent, message } = error as Partial<NodemailerError>
  const forGood = permanent === true && (code === 'EENVELOPE' || code === 'EMESSAGE')
  const words = (message ?? String(error)).replace(/\p{C}+/gu, ' ').slice(0, 300)
  const isUnknown = forGood && code === 'EENVELOPE' && mailboxUnknown.test(words)
  return new DeliveryError(words, forGood, isUnknown ? 'unknown_mailbox' : null)
}
