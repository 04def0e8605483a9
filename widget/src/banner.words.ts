import type { Words } from './language.ts'

export const bannerWords = {
  gave: '{0} gave you {1}',
  sentYou: '{0} sent you to {1}',
  gift: 'A recommendation for you',
  see: 'See the offer',
  dismiss: 'Dismiss',
} satisfies Words
