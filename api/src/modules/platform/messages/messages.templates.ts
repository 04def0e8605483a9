import type { MessageTemplate } from '@goodword/contracts'
import { type Words, wordsIn } from '@goodword/words/server'
import { type FriendValues, friendWordings, type RewardWaits } from './messages.friends.ts'
import { type RewardValues, rewardWordings } from './messages.rewards.ts'
import { asText, nameInMessage, oneLine } from './messages.words.ts'

/** What each message is told. Amounts and days are formatted already; null leaves the sentence out. */
export type TemplateValues = RewardValues &
  FriendValues & {
    /** null when the person belongs to no organization yet. */
    member_sign_in: { organizationName: string; invited: boolean }
    portal_sign_in: { organizationName: string }
    /** `reason` is a whole sentence. */
    webhook_disabled_staff: { organizationName: string; host: string; reason: string; webhookUrl: string }
    /** To an address the person wants to add; the link proves it. */
    portal_address: { organizationName: string }
    /** `headline` is the campaign's, as domain says it: "Give $20, get 5% back". */
    advocate_invited: { organizationName: string; advocateFirstName: string; headline: string; shareLink: string }
    /** `referralUrl` opens the referral in the console. The friend is not named: they typed it themselves. */
    referral_received_staff: {
      organizationName: string
      campaignName: string
      /** null while nobody knows who referred; `advocateNamed` is then what the friend typed, if anything. */
      advocateFirstName: string | null
      advocateNamed: string | null
      referralUrl: string
    }
    /** `advocateOffer` is what one friend earns: "5% back". Never who is interested. */
    referral_received_advocate: { organizationName: string; advocateFirstName: string; advocateOffer: string | null }
    /** `amount` is "$112.50" or the words of a custom reward; `until` the day a held reward can be used, null for now. */
    reward_earned: {
      organizationName: string
      advocateFirstName: string
      amount: string
      until: string | null
      waits?: RewardWaits
      /** The discount code that was given with it. */
      code?: string
    }
  }

/** `paragraphs` of the mail, one of them perhaps "Label:\nURL", which becomes a button; `text` is all of an SMS. */
type Wording = { subject: string; paragraphs: (string | null)[]; text: string }
type Write<T extends MessageTemplate> = (values: TemplateValues[T], words: Words) => Wording

const hello = (name: string) => `Hi ${nameInMessage(name, 'there')},`
const friendOf = (name: string) => nameInMessage(name, 'a friend')
const interested = ({ advocateFirstName }: { advocateFirstName: string | null }) =>
  advocateFirstName === null ? 'Someone' : `A friend of ${friendOf(advocateFirstName)}`
const whoSent = (named: string | null) =>
  named === null
    ? 'They did not say who sent them. Ask, and name the advocate on the referral.'
    : `They wrote that ${nameInMessage(named, 'someone')} sent them. Name the advocate on the referral.`
const button = (label: string, url: string) => `${label}:\n${url}`
const link = '{{link}}'

export const wordings: { [T in MessageTemplate]: Write<T> } = {
  ...rewardWordings,
  ...friendWordings,
  member_sign_in: ({ organizationName, invited }) => ({
    subject: invited ? `${organizationName} invited you to Goodword` : `Your sign-in link for ${organizationName}`,
    paragraphs: [
      invited
        ? `${organizationName} invited you to work on its referrals. Open this link to accept or decline. It works once, for 10 minutes; after that, ask for a new one on the sign-in page.`
        : 'Open this link to sign in to the console. It works once, for 10 minutes.',
      button(invited ? 'See the invitation' : 'Sign in', link),
      invited
        ? "If you don't know this business, ignore this email. You won't be added unless you accept."
        : "If you didn't ask for it, ignore this email. Nobody can sign in without the link.",
    ],
    text: `Your sign-in link for ${organizationName}, good for 10 minutes: ${link}`,
  }),
  webhook_disabled_staff: (values) => ({
    subject: `Events no longer go to ${values.host}`,
    paragraphs: [
      `A webhook of ${values.organizationName} was switched off. ${values.reason} Nothing is lost: enable it when it answers again, and replay what failed.`,
      button('Open the webhook', values.webhookUrl),
      values.organizationName,
    ],
    text: `A webhook of ${values.organizationName} to ${values.host} was switched off: ${values.webhookUrl}`,
  }),
  portal_sign_in: ({ organizationName }) => ({
    subject: `Your sign-in link for ${organizationName}`,
    paragraphs: [
      `Open this link to see your credit and your referrals at ${organizationName}. It works once, for 10 minutes.`,
      button('Open my portal', link),
      'If you did not ask for it, do nothing. Nobody can sign in without it.',
    ],
    text: `${organizationName}: your sign-in link, good for 10 minutes: ${link}`,
  }),
  portal_address: ({ organizationName }) => ({
    subject: `Confirm your address at ${organizationName}`,
    paragraphs: [
      `Open this link on the device where your portal of ${organizationName} is open. It works for an hour.`,
      button('Confirm my address', link),
      'If you did not ask for it, do nothing. The address is then not added.',
    ],
    text: `${organizationName}: confirm this number with the link, good for an hour: ${link}`,
  }),
  advocate_invited: (values) => ({
    subject: `${values.organizationName}: ${values.headline}`,
    paragraphs: [
      hello(values.advocateFirstName),
      `You know ${values.organizationName}, and you may know someone who needs us. ${values.headline}.`,
      button('Your own link, to send to a friend', values.shareLink),
      button('See your credit and who booked', link),
      values.organizationName,
    ],
    text: `${values.organizationName}: ${values.headline}. Your own link for friends: ${values.shareLink}`,
  }),
  referral_received_staff: (values) => ({
    subject: `New referral in ${values.campaignName}`,
    paragraphs: [
      `${interested(values)} left their details in ${values.campaignName}. Call them back today; most people choose whoever answers first.`,
      values.advocateFirstName === null ? whoSent(values.advocateNamed) : null,
      button('Open the referral', values.referralUrl),
      values.organizationName,
    ],
    text: `New referral in ${values.campaignName}: ${values.referralUrl}`,
  }),
  referral_received_advocate: (values) => ({
    subject: `Someone followed your link to ${values.organizationName}`,
    paragraphs: [
      hello(values.advocateFirstName),
      `Someone is interested in ${values.organizationName} because of you. We get in touch with them next.`,
      values.advocateOffer === null
        ? null
        : `When their job is done, you get ${values.advocateOffer}. We tell you then.`,
      button('See how it goes', link),
      values.organizationName,
    ],
    text: `${values.organizationName}: someone is interested because of you. We get in touch with them next.`,
  }),
  reward_earned: (values) => ({
    subject: `You earned ${values.amount} at ${values.organizationName}`,
    paragraphs: [
      hello(values.advocateFirstName),
      `A friend you sent to ${values.organizationName} booked a job. You earned ${values.amount}.`,
      whenUsable(values),
      button('See your credit', link),
      values.organizationName,
    ],
    text: `${values.organizationName}: a friend of yours booked. You earned ${values.amount}${values.until === null ? '' : `, yours from ${values.until}`}.`,
  }),
}

function whenUsable({ until, waits, code }: { until: string | null; waits?: RewardWaits; code?: string }): string {
  if (code !== undefined) return `Your code: ${code}`
  if (waits === 'approval') return 'We look at it first and tell you when you can use it.'
  if (waits === 'code') return 'Your code is on the way. We send it as soon as we have it.'
  return until === null ? 'You can use it from today.' : `It is on the way: you can use it from ${until}.`
}

/**
 * A message in words: those of `words` where friends get it, else English. {{link}} stays where a link goes that is made
 * when the message is handed over; without such a link (`withLink` false) the paragraph that offers it is left out.
 */
export function renderMessage<T extends MessageTemplate>(
  template: T,
  values: TemplateValues[T],
  options: { channel: 'email' | 'sms'; withLink: boolean; words?: Words },
): { subject: string; body: string } {
  const clean = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? oneLine(value) : value]),
  ) as TemplateValues[T]
  const { subject, paragraphs, text } = wordings[template](clean, options.words ?? wordsIn('en'))
  if (options.channel === 'sms') return { subject, body: asText(text).replaceAll('’', "'") }
  const kept = paragraphs.filter((paragraph) => paragraph !== null && (options.withLink || !paragraph.includes(link)))
  return { subject, body: kept.join('\n\n') }
}
