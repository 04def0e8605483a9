import MessageFormat from '@messageformat/core'
import compileModule from '@messageformat/core/compile-module.js'
import { parse, type Token } from '@messageformat/parser'
import type { Messages } from './catalogs.ts'

/** An ES module whose default export has one plain function per message. Throws on a message that is not ICU. */
export const compileMessages = (language: string, messages: Messages): string =>
  compileModule(new MessageFormat(language), messages)

/** The type of a placeholder's value. */
export type PlaceholderType = 'string' | 'number'

/** The placeholders of an ICU message by name, in order of first appearance. */
export function placeholdersOf(message: string): Map<string, PlaceholderType> {
  const found = new Map<string, PlaceholderType>()
  collect(parse(message), found)
  return found
}

function collect(tokens: Token[], found: Map<string, PlaceholderType>): void {
  for (const token of tokens) {
    if (token.type === 'content' || token.type === 'octothorpe') continue
    const counts = token.type === 'plural' || token.type === 'selectordinal'
    if (counts || !found.has(token.arg)) found.set(token.arg, counts ? 'number' : 'string')
    if ('cases' in token) for (const { tokens: inner } of token.cases) collect(inner, found)
  }
}

/**
 * A message as text with {0}, {1}… in the order of `names`. The widget uses this form, because its parts have no
 * room for functions and pages may override texts. Throws on anything but plain placeholders.
 */
export const asNumberedText = (message: string, names: string[]): string =>
  parse(message)
    .map((token) => {
      if (token.type === 'content') return token.value
      const index = token.type === 'argument' ? names.indexOf(token.arg) : -1
      if (index < 0) throw new Error(`The widget can only fill in plain placeholders of English: "${message}"`)
      return `{${index}}`
    })
    .join('')
