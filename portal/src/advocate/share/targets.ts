import { say } from '../words.ts'

export type ShareMessage = {
  /** "Harbor & Sons Plumbing" */
  business: string
  /** The advocate's text before the link. */
  text: string
  link: string
}

const whole = ({ text, link }: ShareMessage) => (text.includes(link) ? text : `${text} ${link}`.trim())

/** URLs that open a ready-to-send message in each app. */
export const shareTargets = {
  whatsapp: (message: ShareMessage) => `https://wa.me/?text=${encodeURIComponent(whole(message))}`,
  sms: (message: ShareMessage) => `sms:?&body=${encodeURIComponent(whole(message))}`,
  email: (message: ShareMessage) =>
    `mailto:?subject=${encodeURIComponent(say('widget.share.subject', { organization: message.business }))}&body=${encodeURIComponent(whole(message))}`,
}
