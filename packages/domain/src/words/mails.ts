import type { Currency } from '@goodword/contracts'
import type { Discount } from '../rewardOfSide.ts'
import type { mailsEn } from './mailsEn.ts'
import type { SayOf, Texts } from './pages.ts'
import type { FriendWords, Language } from './words.ts'

/** Every text of the messages to friends in one language. */
export type MailTexts = Texts<typeof mailsEn>

/** What a message to a friend is written with, in one language. Moments in milliseconds since 1970. */
export type MailWords = {
  language: Language
  say: SayOf<typeof mailsEn>
  /** Minor units: "112,50 €" */
  money(amount: number, currency: Currency): string
  /** Without its year: "12. Juni" */
  day(at: number, timeZone: string): string
  /** What a discount code stands for: "20 % Rabatt" */
  discount(discount: Discount, currency: Currency): string
  /** What the campaign promises, as the friend's pages say it. */
  pages: Pick<FriendWords, 'offer' | 'share' | 'unnamed'>
}
