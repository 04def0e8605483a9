import type { TemplateValues } from './messages.templates.ts'

const shareLink = 'https://refer.harbor.example/r/ANNA234'

/** What a message could be told, for previews and to say which words it knows. */
export const exampleValues: TemplateValues = {
  member_sign_in: { organizationName: 'Harbor & Sons' },
  portal_sign_in: { organizationName: 'Harbor & Sons' },
  portal_address: { organizationName: 'Harbor & Sons' },
  advocate_invited: {
    organizationName: 'Harbor & Sons',
    advocateFirstName: 'Anna',
    headline: 'Give $20, get 5% back',
    shareLink,
  },
  referral_received_staff: {
    organizationName: 'Harbor & Sons',
    campaignName: 'Neighbor Thank-You',
    advocateFirstName: 'Anna',
    advocateNamed: null,
    referralUrl: 'https://refer.harbor.example/console/referrals/ref_1',
  },
  referral_received_advocate: {
    organizationName: 'Harbor & Sons',
    advocateFirstName: 'Anna',
    advocateOffer: '5% back',
  },
  referral_received_friend: {
    organizationName: 'Harbor & Sons',
    friendFirstName: 'Priya',
    advocateFirstName: 'Anna',
    offer: '$20 off your first plumbing visit',
    organizationPhone: '(415) 555-0100',
  },
  reward_earned: {
    organizationName: 'Harbor & Sons',
    advocateFirstName: 'Anna',
    amount: '$112.50',
    until: 'Jun 12',
  },
  friend_welcome: {
    organizationName: 'Harbor & Sons',
    friendFirstName: 'Priya',
    headline: 'Give $20, get 5% back',
    shareLink,
    credit: '$20.00',
    until: null,
  },
  reward_released: { organizationName: 'Harbor & Sons', firstName: 'Anna', amount: '$112.50' },
  conversion_reversed: {
    organizationName: 'Harbor & Sons',
    firstName: 'Anna',
    amount: '$112.50',
    reason: 'The job was refunded',
    owed: '$12.50',
  },
  reward_refused: {
    organizationName: 'Harbor & Sons',
    firstName: 'Anna',
    amount: '$112.50',
    reason: 'The job was canceled',
  },
  reward_reinstated: { organizationName: 'Harbor & Sons', firstName: 'Anna', amount: '$112.50', until: 'Jun 12' },
  reward_code: { organizationName: 'Harbor & Sons', firstName: 'Anna', amount: '20% off', code: 'K7P-R4MX' },
  webhook_disabled_staff: {
    organizationName: 'Harbor & Sons',
    host: 'jobs.harbor.example',
    reason: 'Nothing was delivered there for three days.',
    webhookUrl: 'https://refer.harbor.example/console/settings/webhooks/whe_1',
  },
  codes_needed_staff: {
    organizationName: 'Harbor & Sons',
    campaignName: 'Neighbor Thank-You',
    rewardsUrl: 'https://refer.harbor.example/console/rewards',
  },
  credit_requested_staff: {
    organizationName: 'Harbor & Sons',
    firstName: 'Anna',
    amount: '$20.00',
    use: 'on the next invoice',
    requestsUrl: 'https://refer.harbor.example/console/rewards?tab=requests',
  },
  credit_request_done: {
    organizationName: 'Harbor & Sons',
    firstName: 'Anna',
    amount: '$20.00',
    use: 'on the next invoice',
    answer: 'Taken off invoice 1042',
  },
  credit_request_refused: {
    organizationName: 'Harbor & Sons',
    firstName: 'Anna',
    amount: '$20.00',
    answer: 'Ask again after your next visit',
  },
}
