import type { TemplateName } from '@goodword/contracts'
import { type Words, wordsIn } from '@goodword/words/server'
import { type AdvocateValues, advocateTemplates } from './messages.advocates.ts'
import { link, type Write } from './messages.compose.ts'
import { type FriendValues, friendTemplates } from './messages.friends.ts'
import { type StaffValues, staffTemplates } from './messages.staff.ts'
import { asText, oneLine } from './messages.values.ts'

/** The payload of each message. Amounts and days are already formatted. A null value leaves its sentence out. */
export type TemplateValues = StaffValues & FriendValues & AdvocateValues

export const templates: { [T in TemplateName]: Write<TemplateValues[T]> } = {
  ...staffTemplates,
  ...friendTemplates,
  ...advocateTemplates,
}

/**
 * Renders a message, in English without `words`. {{link}} stays in place for a link that is created when the message is
 * sent. If there is no such link (`withLink` false), its paragraph is left out.
 */
export function renderMessage<T extends TemplateName>(
  template: T,
  values: TemplateValues[T],
  options: { channel: 'email' | 'sms'; withLink: boolean; words?: Words },
): { subject: string; body: string } {
  const clean = { ...values }
  for (const name in clean) {
    const value: unknown = clean[name]
    if (typeof value === 'string') clean[name] = oneLine(value) as typeof value & TemplateValues[T][typeof name]
  }
  const { subject, paragraphs, text } = templates[template](clean, options.words ?? wordsIn('en'))
  if (options.channel === 'sms') return { subject, body: asText(text).replaceAll('’', "'") }
  const kept = paragraphs.filter((paragraph) => paragraph !== null && (options.withLink || !paragraph.includes(link)))
  return { subject, body: kept.join('\n\n') }
}
