import MessageFormat from '@messageformat/core'
import compileModule from '@messageformat/core/compile-module.js'
import { parse, type Token } from '@messageformat/parser'
import type { Messages } from './catalogs.ts'

/** An ES module whose default export holds one plain function for each message. Throws on a message that is not ICU. */
export const compileMessages = (language: string, messages: Messages): string =>
  compileModule(new MessageFormat(language), messages)

/** What is filled in for a placeholder. */
export type Filling = 'string' | 'number'

/** The placeholders of an ICU message by name, in the order in which they first appear. */
export function placeholdersOf(message: string): Map<string, Filling> {
  const found = new Map<string, Filling>()
  collect(parse(message), found)
  return found
}

function collect(tokens: Token[], found: Map<string, Filling>): void {
  for (const token of tokens) {
    if (token.type === 'content' || token.type === 'octothorpe') continue
    const counts = token.type === 'plural' || token.type === 'selectordinal'
    if (counts || !found.has(token.arg)) found.set(token.arg, counts ? 'number' : 'string')
    if ('cases' in token) for (const { tokens: inner } of token.cases) collect(inner, found)
  }
}

/**
 * A message as text with {0}, {1}… in the order of `names`: what the widget carries, whose parts have no room for functions,
 * and what a page may put in their place. Throws on anything but plain placeholders.
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
