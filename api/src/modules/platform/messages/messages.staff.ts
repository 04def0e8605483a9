import type { Words } from '@goodword/words/server'
import { link, type Write } from './messages.compose.ts'
import { looksLikeAddress, nameInMessage } from './messages.values.ts'

/** The payloads of messages to the team. Amounts are already formatted, in the reader's language. */
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
  /** Many referrals at once: `advocateFirstName` is null if they came through several links. */
  referral_digest_staff: {
    organizationName: string
    count: number
    advocateFirstName: string | null
    referralsUrl: string
  }
  codes_needed_staff: { organizationName: string; campaignName: string; rewardsUrl: string }
  /** Something about the rewards that staff should look at, in sentences of the sender. */
  reward_notice_staff: {
    organizationName: string
    subject: string
    sentence: string
    open: string
    url: string
  }
  /** `use` completes "to be used", such as "for the next invoice". */
  credit_requested_staff: {
    organizationName: string
    firstName: string
    amount: string
    use: string
    requestsUrl: string
  }
  /** `job` is what was done, if its system says so. */
  low_score_staff: { organizationName: string; name: string; score: number; job: string | null; contactUrl: string }
  /** A reply to a text that isn't about the texts themselves. */
  text_reply_staff: { organizationName: string; name: string; reply: string; contactUrl: string }
}

const button = ({ say }: Words, label: string, url: string) => `${say('email.button', { label })}\n${url}`

export const staffTemplates: { [T in keyof StaffValues]: Write<StaffValues[T]> } = {
  member_sign_in: ({ organizationName: organization, invited }, words) => {
    const { say } = words
    const text = say('email.signIn.text', { organization, link })
    if (invited) {
      return {
        subject: say('staff.invited.subject', { organization }),
        paragraphs: [
          say('staff.invited.body', { organization }),
          button(words, say('staff.invited.open'), link),
          say('staff.invited.ignore'),
        ],
        text,
      }
    }
    return {
      subject: say('email.signIn.subject', { organization }),
      paragraphs: [say('staff.signIn.body'), button(words, say('staff.signIn.open'), link), say('email.signIn.ignore')],
      text,
    }
  },
  webhook_disabled_staff: ({ organizationName: organization, host, reason, webhookUrl }, words) => {
    const { say } = words
    return {
      subject: say('staff.webhook.subject', { host }),
      paragraphs: [
        say('staff.webhook.body', { organization, reason }),
        button(words, say('staff.webhook.open'), webhookUrl),
        organization,
      ],
      text: say('staff.webhook.text', { organization, host, link: webhookUrl }),
    }
  },
  referral_received_staff: (values, words) => {
    const { say } = words
    const { campaignName: campaign } = values
    return {
      subject: say('staff.referral.subject', { campaign }),
      paragraphs: [
        interested(values, words),
        values.advocateFirstName === null ? sentBy(values.advocateNamed, words) : null,
        button(words, say('staff.referral.open'), values.referralUrl),
        values.organizationName,
      ],
      text: say('staff.referral.text', { campaign, link: values.referralUrl }),
    }
  },
  referral_digest_staff: ({ organizationName: organization, count, advocateFirstName, referralsUrl }, words) => {
    const { say } = words
    const advocate = nameInMessage(advocateFirstName ?? '', '')
    const many = advocate === ''
    return {
      subject: many
        ? say('staff.digest.subjectMany', { count, organization })
        : say('staff.digest.subject', { count, advocate }),
      paragraphs: [
        many ? say('staff.digest.bodyMany', { count }) : say('staff.digest.body', { count, advocate }),
        button(words, say('staff.digest.open'), referralsUrl),
        organization,
      ],
      text: say('staff.digest.text', { count, organization, link: referralsUrl }),
    }
  },
  codes_needed_staff: ({ organizationName, campaignName: campaign, rewardsUrl }, words) => {
    const { say } = words
    return {
      subject: say('staff.codes.subject', { campaign }),
      paragraphs: [
        say('staff.codes.body', { campaign }),
        button(words, say('staff.codes.open'), rewardsUrl),
        organizationName,
      ],
      text: say('staff.codes.text', { campaign, link: rewardsUrl }),
    }
  },
  reward_notice_staff: ({ organizationName, subject, sentence, open, url }, words) => ({
    subject,
    paragraphs: [sentence, button(words, open, url), words.say('staff.notice.why', { organization: organizationName })],
    text: words.say('staff.notice.text', { subject, link: url }),
  }),
  credit_requested_staff: ({ organizationName, firstName, amount, use, requestsUrl }, words) => {
    const { say } = words
    const advocate = nameInMessage(firstName, '')
    return {
      subject: say('staff.credit.subject', { amount }),
      paragraphs: [
        advocate === ''
          ? say('staff.credit.bodySomeone', { amount, use })
          : say('staff.credit.body', { advocate, amount, use }),
        button(words, say('staff.credit.open'), requestsUrl),
        organizationName,
      ],
      text: say('staff.credit.text', { amount, use, link: requestsUrl }),
    }
  },
  low_score_staff: (values, words) => {
    const { say } = words
    const job = values.job === null ? '' : nameInMessage(values.job, '')
    return {
      subject: say('staff.lowScore.subject', { score: String(values.score) }),
      paragraphs: [
        lowScore(values, words),
        job === '' ? null : say('staff.lowScore.job', { job }),
        button(words, say('staff.openContact'), values.contactUrl),
        values.organizationName,
      ],
      text: say('staff.lowScore.text', { score: String(values.score), link: values.contactUrl }),
    }
  },
  text_reply_staff: ({ organizationName: organization, name, reply, contactUrl }, words) => {
    const { say } = words
    const who = { name: nameInMessage(name, say('staff.reply.somebody')) }
    return {
      subject: say('staff.reply.subject'),
      paragraphs: [
        looksLikeAddress(reply) ? say('staff.reply.hidden', who) : say('staff.reply.body', { ...who, reply }),
        button(words, say('staff.openContact'), contactUrl),
        organization,
      ],
      text: say('staff.reply.text', { organization, link: contactUrl }),
    }
  },
}

function lowScore({ name, score }: StaffValues['low_score_staff'], { say }: Words): string {
  const customer = nameInMessage(name, '')
  return customer === ''
    ? say('staff.lowScore.someone', { score: String(score) })
    : say('staff.lowScore.body', { name: customer, score: String(score) })
}

function interested(values: StaffValues['referral_received_staff'], { say }: Words): string {
  const { campaignName: campaign } = values
  const advocate = nameInMessage(values.advocateFirstName ?? '', '')
  return advocate === ''
    ? say('staff.referral.someone', { campaign })
    : say('staff.referral.friendOf', { advocate, campaign })
}

function sentBy(named: string | null, { say }: Words): string {
  if (named === null) return say('staff.referral.unknown')
  const name = nameInMessage(named, '')
  return name === '' ? say('staff.referral.namedSomeone') : say('staff.referral.named', { name })
}
