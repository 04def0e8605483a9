import type { Words } from '@goodword/words/server'
import { nameInMessage } from './messages.words.ts'

/** `paragraphs` of the email, one of them perhaps "Label:\nURL", which becomes a button; `text` is all of an SMS. */
export type Letter = { subject: string; paragraphs: (string | null)[]; text: string }
export type Write<Values> = (values: Values, words: Words) => Letter

/** Stands where a link goes that is made when the message is handed over. */
export const link = '{{link}}'

/** The greeting and the last line are the same everywhere; `offers` are buttons, each a label with its address. */
export function letter(
  { say }: Words,
  to: { name: string; organization: string },
  paragraphs: (string | null)[],
  offers: [label: string, url: string][],
): (string | null)[] {
  const name = nameInMessage(to.name, '')
  return [
    name === '' ? say('email.helloAll') : say('email.hello', { name }),
    ...paragraphs,
    ...offers.map(([label, url]) => `${say('email.button', { label })}\n${url}`),
    to.organization,
  ]
}

/** What a message about a reward says to its owner, with the way to all they have. */
export const aboutReward = (
  words: Words,
  values: { organizationName: string; firstName: string },
  paragraphs: (string | null)[],
  label: 'email.seeCredit' | 'email.seeRewards' = 'email.seeCredit',
) =>
  letter(words, { name: values.firstName, organization: values.organizationName }, paragraphs, [
    [words.say(label), link],
  ])
