import type { Language, TemplateName } from '@goodword/contracts'
import { type Words, wordsIn } from '@goodword/words/server'
import { exampleValues } from './messages.examples.ts'
import { type TemplateValues, templates } from './messages.templates.ts'
import { asText, nameInMessage, oneLine } from './messages.values.ts'

export type CustomTemplate = { subject: string; body: string }
type Channel = 'email' | 'sms'

const token = /\{\{\s*(\w+)\s*\}\}/g
const tokensIn = (text: string): string[] => [...text.matchAll(token)].map(([, name = '']) => name)

/** The placeholders of a message, besides {{link}}. */
export const tokensOf = (template: TemplateName): string[] =>
  Object.entries(exampleValues[template]).flatMap(([name, value]) => (typeof value === 'string' ? [name] : []))

/** The placeholders in a text that this message doesn't have, each listed once. */
export function unknownTokens(template: TemplateName, { subject, body }: CustomTemplate): string[] {
  const known = new Set([...tokensOf(template), 'link'])
  return [...new Set(tokensIn(`${subject} ${body}`))].filter((name) => !known.has(name))
}

type Render = (given: never, words: Words) => { subject: string; paragraphs: (string | null)[]; text: string }

/**
 * The default template with its placeholders in place, as a starting point. Messages to friends are in the friend's
 * language.
 */
export function defaultTemplate(template: TemplateName, channel: Channel, language: Language = 'en'): CustomTemplate {
  const values = Object.fromEntries(
    Object.entries(exampleValues[template]).map(([name, value]) => [
      name,
      typeof value === 'string' ? `⟦${name}⟧` : value,
    ]),
  )
  const render: Render = templates[template]
  const { subject, paragraphs, text } = render(values as never, wordsIn(language))
  const body = channel === 'sms' ? text : paragraphs.filter((paragraph) => paragraph !== null).join('\n\n')
  return { subject: inBraces(subject), body: inBraces(body) }
}

const inBraces = (text: string) => text.replace(/⟦(\w+)⟧/g, '{{$1}}')

/**
 * Renders an organization's template. Leaves out a paragraph whose placeholder is empty or whose link doesn't exist.
 * {{link}} stays in place until the message is sent.
 */
export function renderCustom<T extends TemplateName>(
  own: CustomTemplate,
  values: TemplateValues[T],
  options: { channel: Channel; withLink: boolean; words?: Words },
): CustomTemplate {
  const filled = new Map(
    Object.entries(values).map(([name, value]) => [name, sayable(name, value, options.words ?? wordsIn('en'))]),
  )
  if (options.withLink) filled.set('link', '{{link}}')
  const fill = (text: string) => text.replace(token, (_, name: string) => filled.get(name) ?? '')
  const whole = (text: string) => tokensIn(text).every((name) => Boolean(filled.get(name)))
  const paragraphs = own.body
    .split(/\n{2,}/)
    .filter(whole)
    .map(fill)
  const body = options.channel === 'sms' ? asText(paragraphs.join(' ')) : paragraphs.join('\n\n')
  return { subject: oneLine(fill(own.subject)), body }
}

/** Names come from strangers and must not look like addresses. A recommendation always has an advocate. */
function sayable(name: string, value: unknown, { language, unnamed }: Words): string {
  if (value === null && name === 'advocateFirstName') return unnamed.within
  if (typeof value !== 'string') return ''
  const isPerson = /name$/i.test(name) && !/^(organization|campaign)/.test(name)
  return isPerson ? nameInMessage(value, language === 'en' ? 'there' : '') : oneLine(value)
}
