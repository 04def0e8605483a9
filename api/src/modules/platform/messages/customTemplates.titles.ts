import type { TemplateName } from '@goodword/contracts'

/** The messages an organization can customize: those to people it knows. */
export const titles: Partial<Record<TemplateName, { title: string; when: string }>> = {
  advocate_invited: { title: 'Invitation', when: 'When staff invite an advocate.' },
  invitation_ask: { title: 'Ask after a job', when: 'When a happy customer is asked to refer.' },
  invitation_reminder: { title: 'Ask of an advocate', when: 'When somebody who has a link is asked again.' },
  invitation_follow_up: { title: 'Reminder of the ask', when: 'Once, when nobody opened the link.' },
  referral_received_friend: { title: 'Thanks to the friend', when: 'When a friend sends the form.' },
  referral_received_advocate: { title: 'Someone is interested', when: 'When a friend of an advocate sends the form.' },
  leaderboard_winner: {
    title: 'Winner of the month',
    when: 'On the first day of a month, to everyone on the public leaderboard of the one before.',
  },
  reward_earned: { title: 'Reward earned', when: 'When a referral converts, to the advocate.' },
  friend_welcome: { title: 'Welcome of the friend', when: 'When a referral converts, to the friend.' },
  reward_released: { title: 'Reward released', when: 'When the hold of a reward is over.' },
  reward_code: { title: 'Discount code', when: 'When a discount code is given.' },
  reward_card: { title: 'Gift card', when: 'When a gift card is there.' },
  reward_refused: { title: 'Reward rejected', when: 'When staff refuse a reward.' },
  reward_reinstated: { title: 'Reward given after all', when: 'When a refused reward is given after all.' },
  reward_adjusted: {
    title: 'Reward changed',
    when: 'When a part of the job is refunded, or a refund is undone.',
  },
  conversion_reversed: { title: 'Conversion reversed', when: 'When a conversion is reversed.' },
  credit_request_done: { title: 'Credit used', when: 'When a request to use credit is carried out.' },
  credit_request_refused: { title: 'Request declined', when: 'When a request to use credit is declined.' },
  portal_sign_in: { title: 'Sign-in link', when: 'When somebody asks for a link to the portal.' },
}

/** Messages that make no sense without their link. */
export const needsLink = (template: TemplateName): boolean => template === 'portal_sign_in'
