import { publicSentence } from '../attribution.ts'
import { formatDay } from '../days.ts'
import { explanation, friendOffer, headline, shareText } from '../offer.ts'
import { discountWords } from '../rewardOfSide.ts'
import { unstopped } from './figures.ts'
import { sayIn } from './pages.ts'
import { pagesEn } from './pagesEn.ts'
import type { FriendWords } from './words.ts'

/** What comes when the job is done. */
const given = {
  credit: (offer: string) => `You get ${offer} when the job is done.`,
  discount_code: (offer: string) => `When the job is done you get a code for ${offer}.`,
  custom: (offer: string) => `When the job is done you get this: ${offer}.`,
  none: () => 'We thank the friend who sent you when the job is done.',
}

export const en: FriendWords = {
  language: 'en',
  unnamed: { first: 'A friend', within: 'a friend', sender: 'Your friend' },
  refusal: (code, { phone, ended, seconds = 60 }) =>
    code === 'rate_limited'
      ? `Too many requests. Try again in ${seconds === 1 ? '1 second' : `${seconds} seconds`}.`
      : publicSentence(code, {
          organizationPhone: phone,
          ...(ended && { endedOn: formatDay(ended.day, ended.timeZone) }),
        }),
  offer: friendOffer,
  discount: discountWords,
  privacy: (organization, advocate) =>
    `${organization} uses your details to answer you about this offer.${
      advocate === null ? '' : ` ${advocate} sees your first name and whether you booked.`
    }`,
  thanks: (friend, { kind, figure, sentence }) => ({
    title: `Thanks, ${friend}.${figure === null ? '' : ` Your ${figure} is saved.`}`,
    steps: [
      'We call or write to you soon.',
      'You agree on the work before it starts.',
      given[kind](unstopped(sentence)),
    ],
  }),
  thanksByName: (friend) => ({
    title: `Thanks, ${friend}.`,
    steps: [
      'We call or write to you soon.',
      'We note who sent you, and ask if we are not sure.',
      'You agree on the work before it starts.',
    ],
  }),
  field: (problem) =>
    ({
      name: 'Enter your name.',
      email: 'Enter your email address.',
      phone: 'Enter your phone number.',
      message: 'Say what you need.',
      consent: 'Tick the box to go on.',
      question: 'Answer this question.',
      choice: 'Choose one of the answers.',
      reach: 'Enter a phone number or an email address.',
      advocateName: 'Enter the code your friend gave you.',
      nameLong: 'Use 100 characters or fewer.',
      textLong: 'Use 2,000 characters or fewer.',
      emailWrong: 'Enter an email address such as name@example.com.',
      emailLong: 'Use a shorter email address.',
      phoneShort: 'Enter the whole phone number.',
      phoneLong: 'Enter one phone number.',
      phoneSigns: 'Use digits, spaces and + ( ) - only.',
      phoneWrong: 'Enter the whole phone number, with + and the country for one abroad.',
    })[problem],
  day: (at, timeZone) => formatDay(at, timeZone, { year: true }),
  say: sayIn(pagesEn),
  share: { headline, explanation, text: shareText },
}
