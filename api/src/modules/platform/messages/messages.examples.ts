import { Terms } from '@goodword/contracts'
import { type Words, wordsIn } from '@goodword/words/server'
import type { StaffValues } from './messages.staff.ts'
import type { TemplateValues } from './messages.templates.ts'

/** Whose messages the examples are, and where their links lead. */
export const exampleOrganization = 'Harbor & Sons'
export const exampleAddress = 'https://refer.harbor.example'

const shareLink = `${exampleAddress}/r/ANNA234`

const terms = Terms.parse({
  advocate: { kind: 'credit', value: { type: 'percent', basisPoints: 500 } },
  friend: { kind: 'credit', value: { type: 'fixed', amount: 2_000 } },
})

/** An example payload for each message, in the language of `words`. */
export function examplesIn(words: Words): TemplateValues {
  const amount = words.money(11_250, 'USD')
  const credit = words.money(2_000, 'USD')
  const day = words.day(Date.UTC(2026, 5, 12, 12), 'UTC')
  const headline = words.headline(terms, 'USD')
  return {
    ...toStaff(words),
    portal_sign_in: { organizationName: exampleOrganization },
    portal_address: { organizationName: exampleOrganization },
    advocate_invited: { organizationName: exampleOrganization, advocateFirstName: 'Anna', headline, shareLink },
    invitation_ask: { organizationName: exampleOrganization, advocateFirstName: 'Anna', headline, shareLink },
    invitation_reminder: { organizationName: exampleOrganization, advocateFirstName: 'Anna', headline, shareLink },
    invitation_follow_up: { organizationName: exampleOrganization, advocateFirstName: 'Anna', headline, shareLink },
    referral_received_advocate: {
      organizationName: exampleOrganization,
      advocateFirstName: 'Anna',
      advocateOffer: words.advocateOffer(terms, 'USD').short,
    },
    referral_digest_advocate: { organizationName: exampleOrganization, advocateFirstName: 'Anna', count: 12 },
    leaderboard_winner: {
      organizationName: exampleOrganization,
      advocateFirstName: 'Anna',
      month: new Intl.DateTimeFormat(words.language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
        Date.UTC(2026, 4, 1),
      ),
      winner: 'Dana W.',
      count: 5,
      won: false,
      page: `${exampleAddress}/l/harbor-sons`,
    },
    reward_earned: { organizationName: exampleOrganization, advocateFirstName: 'Anna', amount, until: day },
    credit_request_done: {
      organizationName: exampleOrganization,
      firstName: 'Anna',
      amount: credit,
      use: words.say('email.use.next_invoice'),
      answer: 'Taken off invoice 1042',
    },
    credit_request_refused: {
      organizationName: exampleOrganization,
      firstName: 'Anna',
      amount: credit,
      answer: 'Ask again after your next visit',
    },
    referral_received_friend: {
      organizationName: exampleOrganization,
      friendFirstName: 'Priya',
      advocateFirstName: 'Anna',
      offer: words.offer(terms, 'USD', words.language === 'en' ? 'your first plumbing visit' : '').sentence,
      organizationPhone: '(415) 555-0100',
    },
    friend_welcome: {
      organizationName: exampleOrganization,
      friendFirstName: 'Priya',
      headline,
      shareLink,
      credit,
      offThisJob: credit,
      until: null,
    },
    reward_released: { organizationName: exampleOrganization, firstName: 'Anna', amount },
    reward_adjusted: {
      organizationName: exampleOrganization,
      firstName: 'Anna',
      before: credit,
      less: amount,
      more: null,
    },
    conversion_reversed: {
      organizationName: exampleOrganization,
      firstName: 'Anna',
      amount,
      offThisJob: words.money(2_000, 'USD'),
      reason: 'The job was refunded',
      owed: words.money(1_250, 'USD'),
    },
    reward_refused: {
      organizationName: exampleOrganization,
      firstName: 'Anna',
      amount,
      reason: 'The job was canceled',
    },
    reward_reinstated: {
      organizationName: exampleOrganization,
      firstName: 'Anna',
      amount,
      until: day,
    },
    reward_code: {
      organizationName: exampleOrganization,
      firstName: 'Anna',
      amount: words.discount({ type: 'percent', basisPoints: 2_000 }, 'USD'),
      code: 'K7P-R4MX',
    },
    reward_card: {
      organizationName: exampleOrganization,
      firstName: 'Anna',
      amount: words.say('offer.giftCard', { figure: words.money(5_000, 'USD') }),
      code: null,
      link: 'https://cards.example/7Q2M',
    },
  }
}

const toStaff = (words: Words): StaffValues => ({
  member_sign_in: { organizationName: exampleOrganization, invited: false },
  referral_received_staff: {
    organizationName: exampleOrganization,
    campaignName: 'Neighbor Thank-You',
    advocateFirstName: 'Anna',
    advocateNamed: null,
    referralUrl: `${exampleAddress}/console/referrals/ref_1`,
  },
  referral_digest_staff: {
    organizationName: exampleOrganization,
    count: 48,
    advocateFirstName: 'Anna',
    referralsUrl: `${exampleAddress}/console/referrals?advocate=adv_1`,
  },
  webhook_disabled_staff: {
    organizationName: exampleOrganization,
    host: 'jobs.harbor.example',
    reason: words.say('staff.webhook.failing'),
    webhookUrl: `${exampleAddress}/console/settings/webhooks/whe_1`,
  },
  codes_needed_staff: {
    organizationName: exampleOrganization,
    campaignName: 'Neighbor Thank-You',
    rewardsUrl: `${exampleAddress}/console/rewards`,
  },
  reward_notice_staff: {
    organizationName: exampleOrganization,
    subject: words.say('staff.codesLow.subject', { count: 18, campaign: 'Neighbor Thank-You' }),
    sentence: words.say('staff.codesLow.body', { count: 18, campaign: 'Neighbor Thank-You' }),
    open: words.say('staff.codes.open'),
    url: `${exampleAddress}/console/rewards?tab=codes`,
  },
  credit_requested_staff: {
    organizationName: exampleOrganization,
    firstName: 'Anna',
    amount: words.money(2_000, 'USD'),
    use: words.say('email.use.next_invoice'),
    requestsUrl: `${exampleAddress}/console/rewards?tab=requests`,
  },
  low_score_staff: {
    organizationName: exampleOrganization,
    name: 'Ed Castellano',
    score: 2,
    job: 'Drain cleaning',
    contactUrl: `${exampleAddress}/console/contacts/con_1`,
  },
  text_reply_staff: {
    organizationName: exampleOrganization,
    name: 'Anna Kowalski',
    reply: 'Can’t stop by before 5',
    contactUrl: `${exampleAddress}/console/contacts/con_1`,
  },
})

/** The English examples, which also define the fields of each payload. */
export const exampleValues: TemplateValues = examplesIn(wordsIn('en'))
