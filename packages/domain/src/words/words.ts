import type { CampaignForm, Currency, Offer, ProblemCode, Terms } from '@goodword/contracts'

/** The languages a friend can be spoken to in. */
export const languages = ['en', 'es', 'de', 'fr', 'pt'] as const
export type Language = (typeof languages)[number]

/** `day` is in milliseconds since 1970, in the organization's time zone. */
export type RefusalFacts = { phone: string | null; ended: { day: number; timeZone: string } | null }
export type FieldProblem = keyof CampaignForm | 'reach' | 'advocateName' | 'choice'

/** Everything the server says to a friend. Names and the business's own words go in as they are. */
export type FriendWords = {
  /** Why nothing can be recorded. A code that would tell about someone else gives the neutral sentence. */
  refusal(code: ProblemCode, facts: RefusalFacts): string
  offer(terms: Terms, currency: Currency, offerFor: string): Offer
  privacy(organization: string, advocate: string | null): string
  thanks(friend: string, offer: Offer): { title: string; steps: string[] }
  /** After a form that named the advocate in the friend's own words: nobody has checked it yet. */
  thanksByName(friend: string): { title: string; steps: string[] }
  /** What is missing in a field of the form. */
  field(problem: FieldProblem): string
}

/** "de" for "de-AT"; English for what we do not speak. */
export function languageOf(tag: string | undefined): Language {
  const [wanted] = (tag ?? '').toLowerCase().split('-')
  return languages.find((language) => language === wanted) ?? 'en'
}
