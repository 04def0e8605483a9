import type { MessageTemplate } from '@goodword/contracts'
import { type Words, wordsIn } from '@goodword/words/server'
import { type AdvocateValues, advocateWordings } from './messages.advocates.ts'
import { type FriendValues, friendWordings } from './messages.friends.ts'
import { link, type Write } from './messages.letter.ts'
import { type StaffValues, staffWordings } from './messages.staff.ts'
import { asText, oneLine } from './messages.words.ts'

/** What each message is told. Amounts and days are formatted already; null leaves the sentence out. */
export type TemplateValues = StaffValues & FriendValues & AdvocateValues

/** What contacts get is in their language; what the team gets is in English. */
const contactWordings = { ...friendWordings, ...advocateWordings }
export type ContactTemplate = keyof typeof contactWordings
export const goesToContacts = (template: string): template is ContactTemplate =>
  Object.hasOwn(contactWordings, template)

export const wordings: { [T in MessageTemplate]: Write<TemplateValues[T]> } = { ...staffWordings, ...contactWordings }

/**
 * A message in words: those of `words` where contacts get it, else English. {{link}} stays where a link goes that is made
 * when the message is handed over; without such a link (`withLink` false) the paragraph that offers it is left out.
 */
export function renderMessage<T extends MessageTemplate>(
  template: T,
  values: TemplateValues[T],
  options: { channel: 'email' | 'sms'; withLink: boolean; words?: Words },
): { subject: string; body: string } {
  const clean = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? oneLine(value) : value]),
  ) as TemplateValues[T]
  const { subject, paragraphs, text } = wordings[template](clean, options.words ?? wordsIn('en'))
  if (options.channel === 'sms') return { subject, body: asText(text).replaceAll('’', "'") }
  const kept = paragraphs.filter((paragraph) => paragraph !== null && (options.withLink || !paragraph.includes(link)))
  return { subject, body: kept.join('\n\n') }
}
