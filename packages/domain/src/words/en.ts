import { publicSentence } from '../attribution.ts'
import { formatDay } from '../days.ts'
import { friendOffer } from '../offer.ts'
import type { FriendWords } from './words.ts'

export const en: FriendWords = {
  refusal: (code, { phone, ended }) =>
    publicSentence(code, {
      organizationPhone: phone,
      ...(ended && { endedOn: formatDay(ended.day, ended.timeZone) }),
    }),
  offer: friendOffer,
  privacy: (organization, advocate) =>
    `${organization} uses your details to answer you about this offer.${
      advocate === null ? '' : ` ${advocate} sees your first name and whether you booked.`
    }`,
  thanks: (friend, { figure, sentence }) => ({
    title: `Thanks, ${friend}.${figure === null ? '' : ` Your ${figure} is saved.`}`,
    steps: [
      'We call or write to you soon.',
      'You agree on the work before it starts.',
      figure === null
        ? 'We thank the friend who sent you when the job is done.'
        : `You get ${sentence} when the job is done.`,
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
      email: 'Enter your email address.',
      phone: 'Enter your phone number.',
      message: 'Say what you need.',
      consent: 'Tick the box to go on.',
      question: 'Answer this question.',
      choice: 'Choose one of the answers.',
      reach: 'Enter an email address or a phone number.',
      advocateName: 'Enter the code your friend gave you.',
    })[problem],
}
