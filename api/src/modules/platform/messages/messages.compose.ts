import type { Words } from '@goodword/words/server'
import { nameInMessage } from './messages.values.ts'

/** `paragraphs` make up the email. A paragraph of the form "Label:\nURL" becomes a button. `text` is the whole SMS. */
export type MessageContent = { subject: string; paragraphs: (string | null)[]; text: string }
export type Write<Values> = (values: Values, words: Words) => MessageContent

/** Placeholder for a link that is created when the message is sent. */
export const link = '{{link}}'

/** The greeting and the last line are the same in every email. `offers` are buttons, each a label and a URL. */
export function composeMessage(
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

/** A message about a reward to the person who earned it, with a link to their balance. */
export const aboutReward = (
  words: Words,
  values: { organizationName: string; firstName: string },
  paragraphs: (string | null)[],
  label: 'email.seeCredit' | 'email.seeRewards' = 'email.seeCredit',
) =>
  composeMessage(words, { name: values.firstName, organization: values.organizationName }, paragraphs, [
    [words.say(label), link],
  ])
