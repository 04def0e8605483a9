import type { Currency, Offer, ProblemCode, Terms } from '@goodword/contracts'
import type { Discount } from '../rewardOfSide.ts'
import type { Say } from './pages.ts'

/** The languages a friend can be spoken to in. */
export const languages = ['en', 'es', 'de', 'fr', 'pt'] as const
export type Language = (typeof languages)[number]

/** `day` is in milliseconds since 1970, in the organization's time zone; `seconds` is how long to wait before trying again. */
export type RefusalFacts = {
  phone: string | null
  ended: { day: number; timeZone: string } | null
  seconds?: number | undefined
}
/** What can be missing or wrong in a field of the form. */
export const fieldProblems = [
  'name',
  'email',
  'phone',
  'message',
  'consent',
  'question',
  'choice',
  'reach',
  'advocateName',
  'nameLong',
  'textLong',
  'emailWrong',
  'emailLong',
  'phoneShort',
  'phoneLong',
  'phoneSigns',
  'phoneWrong',
] as const
export type FieldProblem = (typeof fieldProblems)[number]

/** Every refusal a friend can read; any other gives the neutral sentence. */
export const friendRefusals = [
  'referral_not_possible',
  'already_referred',
  'self_referral',
  'code_unknown',
  'campaign_ended',
  'campaign_not_active',
  'campaign_not_started',
  'submission_rejected',
  'form_token_invalid',
  'form_too_fast',
  'rate_limited',
] as const satisfies ProblemCode[]
export type FriendRefusal = (typeof friendRefusals)[number]

/** Everything the server says to a friend. Names and the business's own words go in as they are. */
export type FriendWords = {
  language: Language
  /** Who recommends, when their name is not to be shown: as the first word of a sentence, within one, and as who does something. */
  unnamed: { first: string; within: string; sender: string }
  /** Why nothing can be recorded. A code that would tell about someone else gives the neutral sentence. */
  refusal(code: ProblemCode, facts: RefusalFacts): string
  offer(terms: Terms, currency: Currency, offerFor: string): Offer
  /** What a discount code stands for: "20 % Rabatt" */
  discount(discount: Discount, currency: Currency): string
  privacy(organization: string, advocate: string | null): string
  thanks(friend: string, offer: Offer): { title: string; steps: string[] }
  /** After a form that named the advocate in the friend's own words: nobody has checked it yet. */
  thanksByName(friend: string): { title: string; steps: string[] }
  /** What is missing or wrong in a field of the form. */
  field(problem: FieldProblem): string
  /** A day with its year; the moment in milliseconds since 1970. */
  day(at: number, timeZone: string): string
  /** What the pages say around all that. */
  say: Say
  share: ShareWords
}

/** What an advocate reads before they hand their link on, and what their message says before the link. */
export type ShareWords = {
  /** "Give $20, get 5% back" */
  headline(terms: Terms, currency: Currency): string
  explanation(terms: Terms, currency: Currency, offerFor: string): string
  /** `offer` is the friend's, "" for none. */
  text(organization: string, offer: string): string
}

/** "de" for "de-AT"; null for what we do not speak. */
export function spokenLanguage(tag: string): Language | null {
  const [wanted] = tag.trim().toLowerCase().split('-')
  return languages.find((language) => language === wanted) ?? null
}

/** "de" for "de-AT"; English for what we do not speak. */
export const languageOf = (tag: string | undefined): Language => spokenLanguage(tag ?? '') ?? 'en'
