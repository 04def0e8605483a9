import { Terms } from '@goodword/contracts'
import { type Words, wordsIn } from '@goodword/words/server'
import type { StaffValues } from './messages.staff.ts'
import type { TemplateValues } from './messages.templates.ts'

const shareLink = 'https://refer.harbor.example/r/ANNA234'

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
    portal_sign_in: { organizationName: 'Harbor & Sons' },
    portal_address: { organizationName: 'Harbor & Sons' },
    advocate_invited: { organizationName: 'Harbor & Sons', advocateFirstName: 'Anna', headline, shareLink },
    invitation_ask: { organizationName: 'Harbor & Sons', advocateFirstName: 'Anna', headline, shareLink },
    invitation_reminder: { organizationName: 'Harbor & Sons', advocateFirstName: 'Anna', headline, shareLink },
    invitation_follow_up: { organizationName: 'Harbor & Sons', advocateFirstName: 'Anna', headline, shareLink },
    referral_received_advocate: {
      organizationName: 'Harbor & Sons',
      advocateFirstName: 'Anna',
      advocateOffer: words.advocateOffer(terms, 'USD').short,
    },
    referral_digest_advocate: { organizationName: 'Harbor & Sons', advocateFirstName: 'Anna', count: 12 },
    leaderboard_winner: {
      organizationName: 'Harbor & Sons',
      advocateFirstName: 'Anna',
      month: new Intl.DateTimeFormat(words.language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
        Date.UTC(2026, 4, 1),
      ),
      winner: 'Dana W.',
      count: 5,
      won: false,
      page: 'https://refer.harbor.example/l/harbor-sons',
    },
    reward_earned: { organizationName: 'Harbor & Sons', advocateFirstName: 'Anna', amount, until: day },
    credit_request_done: {
      organizationName: 'Harbor & Sons',
      firstName: 'Anna',
      amount: credit,
      use: words.say('email.use.next_invoice'),
      answer: 'Taken off invoice 1042',
    },
    credit_request_refused: {
      organizationName: 'Harbor & Sons',
      firstName: 'Anna',
      amount: credit,
      answer: 'Ask again after your next visit',
    },
    referral_received_friend: {
      organizationName: 'Harbor & Sons',
      friendFirstName: 'Priya',
      advocateFirstName: 'Anna',
      offer: words.offer(terms, 'USD', words.language === 'en' ? 'your first plumbing visit' : '').sentence,
      organizationPhone: '(415) 555-0100',
    },
    friend_welcome: {
      organizationName: 'Harbor & Sons',
      friendFirstName: 'Priya',
      headline,
      shareLink,
      credit,
      offThisJob: credit,
      until: null,
    },
    reward_released: { organizationName: 'Harbor & Sons', firstName: 'Anna', amount },
    reward_adjusted: {
      organizationName: 'Harbor & Sons',
      firstName: 'Anna',
      before: credit,
      less: amount,
      more: null,
    },
    conversion_reversed: {
      organizationName: 'Harbor & Sons',
      firstName: 'Anna',
      amount,
      offThisJob: words.money(2_000, 'USD'),
      reason: 'The job was refunded',
      owed: words.money(1_250, 'USD'),
    },
    reward_refused: { organizationName: 'Harbor & Sons', firstName: 'Anna', amount, reason: 'The job was canceled' },
    reward_reinstated: {
      organizationName: 'Harbor & Sons',
      firstName: 'Anna',
      amount,
      until: day,
    },
    reward_code: {
      organizationName: 'Harbor & Sons',
      firstName: 'Anna',
      amount: words.discount({ type: 'percent', basisPoints: 2_000 }, 'USD'),
      code: 'K7P-R4MX',
    },
    reward_card: {
      organizationName: 'Harbor & Sons',
      firstName: 'Anna',
      amount: words.say('offer.giftCard', { figure: words.money(5_000, 'USD') }),
      code: null,
      link: 'https://cards.example/7Q2M',
    },
  }
}

const toStaff = (words: Words): StaffValues => ({
  member_sign_in: { organizationName: 'Harbor & Sons', invited: false },
  referral_received_staff: {
    organizationName: 'Harbor & Sons',
    campaignName: 'Neighbor Thank-You',
    advocateFirstName: 'Anna',
    advocateNamed: null,
    referralUrl: 'https://refer.harbor.example/console/referrals/ref_1',
  },
  referral_digest_staff: {
    organizationName: 'Harbor & Sons',
    count: 48,
    advocateFirstName: 'Anna',
    referralsUrl: 'https://refer.harbor.example/console/referrals?advocate=adv_1',
  },
  webhook_disabled_staff: {
    organizationName: 'Harbor & Sons',
    host: 'jobs.harbor.example',
    reason: words.say('staff.webhook.failing'),
    webhookUrl: 'https://refer.harbor.example/console/settings/webhooks/whe_1',
  },
  codes_needed_staff: {
    organizationName: 'Harbor & Sons',
    campaignName: 'Neighbor Thank-You',
    rewardsUrl: 'https://refer.harbor.example/console/rewards',
  },
  reward_notice_staff: {
    organizationName: 'Harbor & Sons',
    subject: words.say('staff.codesLow.subject', { count: 18, campaign: 'Neighbor Thank-You' }),
    sentence: words.say('staff.codesLow.body', { count: 18, campaign: 'Neighbor Thank-You' }),
    open: words.say('staff.codes.open'),
    url: 'https://refer.harbor.example/console/rewards?tab=codes',
  },
  credit_requested_staff: {
    organizationName: 'Harbor & Sons',
    firstName: 'Anna',
    amount: words.money(2_000, 'USD'),
    use: words.say('email.use.next_invoice'),
    requestsUrl: 'https://refer.harbor.example/console/rewards?tab=requests',
  },
  low_score_staff: {
    organizationName: 'Harbor & Sons',
    name: 'Ed Castellano',
    score: 2,
    job: 'Drain cleaning',
    contactUrl: 'https://refer.harbor.example/console/contacts/con_1',
  },
  text_reply_staff: {
    organizationName: 'Harbor & Sons',
    name: 'Anna Kowalski',
    reply: 'Can’t stop by before 5',
    contactUrl: 'https://refer.harbor.example/console/contacts/con_1',
  },
})

/** The English examples, which also define the fields of each payload. */
export const exampleValues: TemplateValues = examplesIn(wordsIn('en'))
