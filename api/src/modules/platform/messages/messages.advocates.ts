import type { Words } from '@goodword/words/server'
import { aboutReward, composeMessage, link, type Write } from './messages.compose.ts'
import type { RewardWaits } from './messages.friends.ts'

/**
 * The payloads of messages to advocates and portal users. Amounts and days are already formatted in the reader's
 * language. A null value leaves its sentence out.
 */
export type AdvocateValues = {
  portal_sign_in: { organizationName: string }
  /** Sent to an address the person wants to add. The link proves that it is theirs. */
  portal_address: { organizationName: string }
  /** `headline` is the campaign's headline, the same as everywhere: "Give $20, get 5% back". */
  advocate_invited: { organizationName: string; advocateFirstName: string; headline: string; shareLink: string }
  /** After a job: to somebody new, to an advocate, and the one reminder. */
  invitation_ask: AskValues
  invitation_reminder: AskValues
  invitation_follow_up: AskValues
  /** `advocateOffer` is the reward for one friend: "5% back". The message never names the interested friend. */
  referral_received_advocate: { organizationName: string; advocateFirstName: string; advocateOffer: string | null }
  /** One message for many friends who came at once. */
  referral_digest_advocate: { organizationName: string; advocateFirstName: string; count: number }
  /** Who was first on the leaderboard of a month ("November 2026"). `won`: the reader, alone or with others. */
  leaderboard_winner: {
    organizationName: string
    advocateFirstName: string
    month: string
    winner: string
    count: number
    won: boolean
    /** The public page. */
    page: string
  }
  /**
   * `amount` is "$112.50" or the text of a custom reward. `until` is the day a held reward becomes available, null if
   * it is available now.
   */
  reward_earned: {
    organizationName: string
    advocateFirstName: string
    amount: string
    until: string | null
    waits?: RewardWaits
    /** The discount code assigned with it. */
    code?: string
  }
  /** `use` completes "to be used", such as "on the next invoice". */
  credit_request_done: {
    organizationName: string
    firstName: string
    amount: string
    use: string
    answer: string | null
  }
  credit_request_refused: { organizationName: string; firstName: string; amount: string; answer: string }
}

type AskValues = { organizationName: string; advocateFirstName: string; headline: string; shareLink: string }

export const advocateTemplates: { [T in keyof AdvocateValues]: Write<AdvocateValues[T]> } = {
  portal_sign_in: ({ organizationName: organization }, { say }) => ({
    subject: say('email.signIn.subject', { organization }),
    paragraphs: [
      say('email.signIn.body', { organization }),
      `${say('email.button', { label: say('email.signIn.open') })}\n${link}`,
      say('email.signIn.ignore'),
    ],
    text: say('email.signIn.text', { organization, link }),
  }),
  portal_address: ({ organizationName: organization }, { say }) => ({
    subject: say('email.confirm.subject', { organization }),
    paragraphs: [
      say('email.confirm.body', { organization }),
      `${say('email.button', { label: say('email.confirm.open') })}\n${link}`,
      say('email.confirm.ignore'),
    ],
    text: say('email.confirm.text', { organization, link }),
  }),
  advocate_invited: (values, words) => {
    const { say } = words
    const { organizationName: organization, headline, shareLink } = values
    return {
      subject: say('email.invited.subject', { organization, headline }),
      paragraphs: composeMessage(
        words,
        { name: values.advocateFirstName, organization },
        [say('email.invited.body', { organization, headline })],
        [
          [say('email.welcome.share'), shareLink],
          [say('email.invited.see'), link],
        ],
      ),
      text: say('email.invited.text', { organization, headline, link: shareLink }),
    }
  },
  invitation_ask: asking('asked'),
  invitation_reminder: asking('askedAgain'),
  invitation_follow_up: asking('askedOnce'),
  referral_received_advocate: (values, words) => {
    const { say } = words
    const { organizationName: organization, advocateOffer: reward } = values
    return {
      subject: say('email.interest.subject', { organization }),
      paragraphs: composeMessage(
        words,
        { name: values.advocateFirstName, organization },
        [
          say('email.interest.body', { organization }),
          reward === null ? null : say('email.interest.reward', { reward }),
        ],
        [[say('email.interest.see'), link]],
      ),
      text: say('email.interest.text', { organization }),
    }
  },
  referral_digest_advocate: ({ organizationName: organization, advocateFirstName, count }, words) => {
    const { say } = words
    return {
      subject: say('email.moreInterest.subject', { organization }),
      paragraphs: composeMessage(
        words,
        { name: advocateFirstName, organization },
        [say('email.moreInterest.body', { organization, count })],
        [[say('email.interest.see'), link]],
      ),
      text: say('email.moreInterest.text', { organization, count }),
    }
  },
  leaderboard_winner: (values, words) => {
    const { say } = words
    const { organizationName: organization, month, winner, count, won, page } = values
    return {
      subject: say(won ? 'email.winner.subjectWon' : 'email.winner.subject', { organization, month }),
      paragraphs: composeMessage(
        words,
        { name: values.advocateFirstName, organization },
        [
          won
            ? say('email.winner.won', { organization, month, count })
            : say('email.winner.body', { organization, month, winner, count }),
        ],
        [[say('email.winner.see'), page]],
      ),
      text: say('email.winner.text', { organization, winner, month }),
    }
  },
  reward_earned: (values, words) => {
    const { say } = words
    const { organizationName: organization, advocateFirstName: firstName, amount, until } = values
    const about = { organization, amount }
    return {
      subject: say('email.earned.subject', about),
      paragraphs: aboutReward(words, { organizationName: organization, firstName }, [
        say('email.earned.body', about),
        whenUsable(values, words),
      ]),
      text: until === null ? say('email.earned.text', about) : say('email.earned.textLater', { ...about, day: until }),
    }
  },
  credit_request_done: (values, words) => {
    const { organizationName: organization, amount, use, answer } = values
    const sentence = words.say('email.used.text', { organization, amount, use })
    return {
      subject: words.say('email.used.subject', { organization, amount }),
      paragraphs: aboutReward(words, values, [words.say('email.used.body', { amount, use }), answer]),
      text: answer === null ? sentence : `${sentence} ${answer}`,
    }
  },
  credit_request_refused: (values, words) => {
    const { organizationName: organization, amount, answer } = values
    return {
      subject: words.say('email.declined.subject', { organization }),
      paragraphs: aboutReward(words, values, [
        words.say('email.declined.body', { amount }),
        words.say('email.declined.answer', { answer }),
      ]),
      text: words.say('email.declined.text', { organization, amount, answer }),
    }
  },
}

/** A text holds the link for friends alone: whoever gets it passed on sees nothing of the advocate. */
function asking(form: 'asked' | 'askedAgain' | 'askedOnce'): Write<AskValues> {
  return (values, words) => {
    const { say } = words
    const { organizationName: organization, headline, shareLink } = values
    return {
      subject: say(`email.${form}.subject`, { organization, headline }),
      paragraphs: composeMessage(
        words,
        { name: values.advocateFirstName, organization },
        [say(`email.${form}.body`, { headline })],
        [
          [say('email.welcome.share'), shareLink],
          [say('email.invited.see'), link],
        ],
      ),
      text: say(`email.${form}.text`, { organization, headline, link: shareLink }),
    }
  }
}

function whenUsable({ until, waits, code }: AdvocateValues['reward_earned'], { say }: Words): string {
  if (code !== undefined) return say('email.earned.code', { code })
  if (waits === 'approval') return say('email.earned.approval')
  if (waits === 'code') return say('email.earned.noCode')
  if (waits === 'card') return say('email.earned.noCard')
  return until === null ? say('email.earned.now') : say('email.earned.later', { day: until })
}
