import { withoutPeriod } from '@goodword/words'
import type { Words } from '@goodword/words/server'
import { aboutReward, composeMessage, link, type Write } from './messages.compose.ts'
import { nameInMessage } from './messages.values.ts'

/** Why a reward has no date yet: staff have to approve it, no code is left to assign, or a gift card is being delivered. */
export type RewardWaits = 'approval' | 'code' | 'card'

/**
 * The payloads of messages to friends. Amounts and days are already formatted in the reader's language. A null value
 * leaves its sentence out. `amount` is "$112.50" or the text of a custom reward.
 */
export type FriendValues = {
  /** `offer` is the offer at submission: "$20 credit after your first plumbing visit". */
  referral_received_friend: {
    organizationName: string
    friendFirstName: string
    /** Null if the advocate's name isn't known or mustn't be shown. */
    advocateFirstName: string | null
    offer: string | null
    organizationPhone: string | null
  }
  /**
   * `headline` is the campaign's headline as the domain formats it: "Give $20, get 5% back". `credit` is the friend's
   * reward, and `offThisJob` the amount taken off this job instead. Each is null if there is none.
   */
  friend_welcome: {
    organizationName: string
    friendFirstName: string
    headline: string
    shareLink: string
    credit: string | null
    offThisJob: string | null
    until: string | null
    waits?: RewardWaits
    /** The discount code assigned with it. */
    code?: string
  }
  reward_released: { organizationName: string; firstName: string; amount: string }
  reward_code: { organizationName: string; firstName: string; amount: string; code: string }
  /** A code or a link, or neither if the provider sends it in an email of its own. */
  reward_card: { organizationName: string; firstName: string; amount: string; code: string | null; link: string | null }
  reward_refused: { organizationName: string; firstName: string; amount: string; reason: string }
  /** `until` is the day the hold ends; null if the reward waits for something else. */
  reward_reinstated: { organizationName: string; firstName: string; amount: string; until: string | null }
  /**
   * `before` is what it was worth; `less` or `more` what it is worth now, and neither if it is gone. `owed` is the part that
   * was used already.
   */
  reward_adjusted: {
    organizationName: string
    firstName: string
    before: string
    less: string | null
    more: string | null
    owed?: string
  }
  /**
   * `amount` is the credit that was reversed, and `offThisJob` the amount that had been taken off the job; each is null
   * if there is none. `reason` is as staff entered it.
   */
  conversion_reversed: {
    organizationName: string
    firstName: string
    amount: string | null
    offThisJob: string | null
    reason: string | null
    /** The part that was already used and is owed back: "$12.50". */
    owed?: string
  }
}

export type FriendTemplate = keyof FriendValues
export const friendTemplates: { [T in FriendTemplate]: Write<FriendValues[T]> } = {
  referral_received_friend: (values, words) => {
    const { say } = words
    const { organizationName: organization, organizationPhone: phone } = values
    return {
      subject: say('email.received.subject', { organization }),
      paragraphs: composeMessage(
        words,
        { name: values.friendFirstName, organization },
        [
          say('email.received.body', { organization }),
          offered(values, words),
          phone === null ? null : say('email.received.call', { phone }),
        ],
        [[say('email.received.page'), link]],
      ),
      text: say('email.received.text', { organization }),
    }
  },
  friend_welcome: (values, words) => {
    const { say } = words
    const { organizationName: organization, headline, shareLink } = values
    return {
      subject: say('email.welcome.subject', { organization }),
      paragraphs: composeMessage(
        words,
        { name: values.friendFirstName, organization },
        [
          say('email.welcome.body', { organization }),
          welcomeCredit(values, words),
          values.offThisJob === null ? null : say('email.welcome.offThisJob', { offThisJob: values.offThisJob }),
          say('email.welcome.link', { headline }),
        ],
        [
          [say('email.welcome.share'), shareLink],
          [say('email.seeCredit'), link],
        ],
      ),
      text: say('email.welcome.text', { organization, headline, link: shareLink }),
    }
  },
  reward_released: (values, words) => {
    const { say } = words
    const about = { organization: values.organizationName, amount: values.amount }
    return {
      subject: say('email.released.subject', about),
      paragraphs: aboutReward(words, values, [say('email.released.body', about)]),
      text: say('email.released.text', about),
    }
  },
  reward_code: (values, words) => {
    const { say } = words
    const about = { organization: values.organizationName, amount: values.amount }
    const { code } = values
    return {
      subject: say('email.code.subject', about),
      paragraphs: aboutReward(words, values, [say('email.code.body', { ...about, code })], 'email.seeRewards'),
      text: say('email.code.text', { ...about, code }),
    }
  },
  reward_card: ({ code, link: card, ...values }, words) => {
    const { say } = words
    const about = { organization: values.organizationName, amount: values.amount }
    const openCard = card === null ? null : `${say('email.button', { label: say('email.card.open') })}\n${card}`
    return {
      subject: say('email.card.subject', about),
      paragraphs: aboutReward(
        words,
        values,
        [
          say('email.card.body', about),
          code === null ? null : say('email.card.code', { code }),
          code === null && card === null ? say('email.card.emailed') : null,
          openCard,
        ],
        'email.seeRewards',
      ),
      text:
        card !== null
          ? say('email.card.textLink', { ...about, link: card })
          : code !== null
            ? say('email.card.text', { ...about, code })
            : say('email.card.textEmailed', about),
    }
  },
  reward_refused: (values, words) => {
    const { say } = words
    const { organizationName: organization, amount, reason } = values
    return {
      subject: say('email.refused.subject', { organization }),
      paragraphs: aboutReward(words, values, [
        say('email.refused.body', { organization, amount }),
        say('email.reason', { reason }),
      ]),
      text: say('email.refused.text', { organization, amount, reason }),
    }
  },
  reward_reinstated: (values, words) => {
    const { say } = words
    const { organizationName: organization, amount, until } = values
    const from = until && say('email.reinstated.from', { day: until })
    return {
      subject: say('email.reinstated.subject', { organization }),
      paragraphs: aboutReward(words, values, [say('email.reinstated.body', { organization, amount }), from]),
      text: [say('email.reinstated.text', { organization, amount }), ...(from ? [from] : [])].join(' '),
    }
  },
  reward_adjusted: (values, words) => {
    const { say } = words
    const { organizationName: organization, before, less, more, owed } = values
    const body =
      less !== null
        ? say('email.adjusted.less', { organization, before, amount: less })
        : more !== null
          ? say('email.adjusted.more', { organization, before, amount: more })
          : say('email.adjusted.gone', { organization, amount: before })
    return {
      subject: say('email.adjusted.subject', { organization }),
      paragraphs: aboutReward(words, values, [body, owed === undefined ? null : say('email.reversed.owed', { owed })]),
      text: body,
    }
  },
  conversion_reversed: (values, words) => {
    const { say } = words
    const { organizationName: organization, amount, offThisJob, reason, owed } = values
    return {
      subject: say('email.reversed.subject', { organization }),
      paragraphs: aboutReward(words, values, [
        amount === null
          ? say('email.reversed.nothing', { organization })
          : say('email.reversed.body', { organization, amount }),
        offThisJob === null ? null : say('email.reversed.offThisJob', { amount: offThisJob }),
        reason === null ? null : say('email.reason', { reason }),
        owed === undefined ? null : say('email.reversed.owed', { owed }),
      ]),
      text:
        amount === null
          ? say('email.reversed.nothingText', { organization })
          : say('email.reversed.text', { organization, amount }),
    }
  },
}

function offered(values: FriendValues['referral_received_friend'], { say }: Words): string | null {
  if (values.offer === null) return null
  const offer = withoutPeriod(values.offer)
  const advocate = nameInMessage(values.advocateFirstName ?? '', '')
  return advocate === ''
    ? say('email.received.offerFriend', { offer })
    : say('email.received.offer', { offer, advocate })
}

function welcomeCredit(values: FriendValues['friend_welcome'], { say }: Words): string | null {
  if (values.credit === null) return null
  const credit = withoutPeriod(values.credit)
  const { until, waits, code } = values
  if (code !== undefined) return say('email.welcome.code', { credit, code })
  if (waits !== undefined) return say(waitSentences[waits], { credit })
  return until === null ? say('email.welcome.credit', { credit }) : say('email.welcome.later', { credit, day: until })
}

const waitSentences = {
  approval: 'email.welcome.approval',
  code: 'email.welcome.noCode',
  card: 'email.welcome.noCard',
} as const
