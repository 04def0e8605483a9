import type { Currency, Offer, ProblemCode, Terms } from '@goodword/contracts'
import { publicProblem } from '../attribution.ts'
import { boundsIn, type Figures, figuresIn, unstopped } from './figures.ts'
import { type PageTexts, sayIn } from './pages.ts'
import { type ShareDictionary, shareWordsOf } from './share.ts'
import type { FieldProblem, FriendRefusal, FriendWords, Language, RefusalFacts } from './words.ts'

type Sentence = (call: string, day: string | null, wait: string) => string

/** What one language brings; how its pieces are put together is the same for all. */
export type Dictionary = {
  /** "call us", or with the number. */
  call(phone: string | null): string
  unnamed: FriendWords['unnamed']
  pages: PageTexts
  refusals: Record<FriendRefusal, Sentence>
  /** "20 $ Rabatt": the figure with what it is off, in the business's own words, or empty. */
  off(figure: string, offerFor: string): string
  recommended: string
  minJobValue(amount: string): string
  atLeast(amount: string): string
  atMost(amount: string): string
  privacy(organization: string): string
  privacyOfAdvocate(advocate: string): string
  thanks: {
    title(friend: string): string
    saved(figure: string): string
    get(offer: string): string
    code(offer: string): string
  }
  steps: { soon: string; agree: string; thankFriend: string; noted: string }
  fields: Record<FieldProblem, string>
  share: ShareDictionary
}

/** The friend's words in one language from its dictionary. */
export function friendWordsOf(language: Exclude<Language, 'en'>, words: Dictionary): FriendWords {
  const figures = figuresIn(language)
  const { steps } = words
  const refusal = (code: ProblemCode, { phone, ended, seconds = 60 }: RefusalFacts) => {
    const known = new Map<string, Sentence>(Object.entries(words.refusals))
    const say = known.get(publicProblem(code)) ?? words.refusals.referral_not_possible
    return say(words.call(phone), ended && figures.day(ended.day, ended.timeZone), figures.seconds(seconds))
  }
  return {
    language,
    unnamed: words.unnamed,
    refusal,
    offer: (terms, currency, offerFor) => offerIn(words, figures, terms, currency, offerFor),
    discount: (discount, currency) => words.off(figures.discount(discount, currency), ''),
    privacy: (organization, advocate) =>
      [words.privacy(organization), ...(advocate === null ? [] : [words.privacyOfAdvocate(advocate)])].join(' '),
    thanks: (friend, offer) => ({
      title: [words.thanks.title(friend), ...(offer.figure === null ? [] : [words.thanks.saved(offer.figure)])].join(
        ' ',
      ),
      steps: [steps.soon, steps.agree, given(words, offer)],
    }),
    thanksByName: (friend) => ({ title: words.thanks.title(friend), steps: [steps.soon, steps.noted, steps.agree] }),
    field: (problem) => words.fields[problem],
    day: (at, timeZone) => figures.day(at, timeZone, { year: true }),
    say: sayIn(words.pages),
    share: shareWordsOf(words, figures),
  }
}

/** What comes when the job is done, as the last step. */
function given({ steps, thanks }: Dictionary, { kind, sentence }: Offer): string {
  if (kind === 'none') return steps.thankFriend
  return kind === 'discount_code' ? thanks.code(unstopped(sentence)) : thanks.get(unstopped(sentence))
}

function offerIn(words: Dictionary, figures: Figures, terms: Terms, currency: Currency, offerFor: string): Offer {
  const side = terms.friend
  if (side.kind === 'none') return { kind: 'none', figure: null, sentence: words.recommended, condition: null }
  const condition = conditionIn(words, figures, side, currency)
  if (side.kind === 'custom') return { kind: 'custom', figure: null, sentence: side.text, condition }
  const figure = figures.worth(side, currency)
  return { kind: side.kind, figure, sentence: words.off(figure, unstopped(offerFor)), condition }
}

function conditionIn(
  words: Dictionary,
  { money, start }: Figures,
  side: Exclude<Terms['friend'], { kind: 'none' }>,
  currency: Currency,
): string | null {
  const bounds = side.kind === 'credit' ? boundsIn(words, money, side.value, currency) : []
  const least = side.minJobValue === undefined ? [] : [words.minJobValue(money(side.minJobValue, currency))]
  const text = [...least, ...bounds].join(', ')
  return text === '' ? null : start(text)
}
