import { say } from '../words.ts'

export type ShareMessage = {
  /** "Harbor & Sons Plumbing" */
  business: string
  /** What the advocate says before the link. */
  text: string
  link: string
}

const whole = ({ text, link }: ShareMessage) => (text.includes(link) ? text : `${text} ${link}`.trim())

/** Addresses that open a message, ready to send, in the app of each target. */
export const shareTargets = {
  whatsapp: (message: ShareMessage) => `https://wa.me/?text=${encodeURIComponent(whole(message))}`,
  sms: (message: ShareMessage) => `sms:?&body=${encodeURIComponent(whole(message))}`,
  email: (message: ShareMessage) =>
    `mailto:?subject=${encodeURIComponent(say('widget.share.subject', { organization: message.business }))}&body=${encodeURIComponent(whole(message))}`,
}
