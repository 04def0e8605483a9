import { type Letter, link } from './messages.letter.ts'
import { nameInMessage } from './messages.words.ts'

/** The payloads of messages to the team, in English. Amounts are already formatted. */
export type StaffValues = {
  member_sign_in: { organizationName: string; invited: boolean }
  /** `reason` is a complete sentence. */
  webhook_disabled_staff: { organizationName: string; host: string; reason: string; webhookUrl: string }
  /**
   * `referralUrl` opens the referral in the console. The friend isn't named, because the name is what a stranger typed.
   */
  referral_received_staff: {
    organizationName: string
    campaignName: string
    /** Null while the advocate is unknown; `advocateNamed` is then the name the friend entered, if any. */
    advocateFirstName: string | null
    advocateNamed: string | null
    referralUrl: string
  }
  codes_needed_staff: { organizationName: string; campaignName: string; rewardsUrl: string }
  /** `use` completes "to be used", such as "for the next invoice". */
  credit_requested_staff: {
    organizationName: string
    firstName: string
    amount: string
    use: string
    requestsUrl: string
  }
}

const friendOf = (name: string) => nameInMessage(name, 'a friend')
const interested = ({ advocateFirstName }: { advocateFirstName: string | null }) =>
  advocateFirstName === null ? 'Someone' : `A friend of ${friendOf(advocateFirstName)}`
const whoSent = (named: string | null) =>
  named === null
    ? 'They did not say who sent them. Ask, and name the advocate on the referral.'
    : `They wrote that ${nameInMessage(named, 'someone')} sent them. Name the advocate on the referral.`
const button = (label: string, url: string) => `${label}:\n${url}`

export const staffWordings: { [T in keyof StaffValues]: (values: StaffValues[T]) => Letter } = {
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
  codes_needed_staff: (values) => ({
    subject: `No discount codes left in ${values.campaignName}`,
    paragraphs: [
      `Somebody earned a discount code in ${values.campaignName}, and there is none left. They get theirs as soon as you add some.`,
      `Add codes:\n${values.rewardsUrl}`,
      values.organizationName,
    ],
    text: `No discount codes left in ${values.campaignName}: ${values.rewardsUrl}`,
  }),
  credit_requested_staff: (values) => ({
    subject: `A request to use ${values.amount} of credit`,
    paragraphs: [
      `${nameInMessage(values.firstName, 'An advocate')} asks to use ${values.amount} of credit, ${values.use}.`,
      `Open the requests:\n${values.requestsUrl}`,
      values.organizationName,
    ],
    text: `A request to use ${values.amount} of credit, ${values.use}: ${values.requestsUrl}`,
  }),
}
