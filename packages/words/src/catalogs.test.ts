import { readFileSync } from 'node:fs'
import { languages } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { catalogFolder, languagesIn, type Messages, placesIn, readMessages } from '../build/catalogs.ts'
import { asNumberedText, compileMessages, placeholdersOf } from '../build/compile.ts'
import { generatedFiles } from '../build/keys.ts'
import { widgetParts } from './widgetParts.ts'

const places = placesIn(catalogFolder, 'en')
const others = languages.filter((language) => language !== 'en')
const messagesOf = (language: string): Messages =>
  Object.assign({}, ...places.map((place) => readMessages(catalogFolder, language, place)))
const english = messagesOf('en')
const wordsOf = (message: string) => message.replace(/\{[^{}]*\}/g, '').match(/\p{L}{2,}/gu) ?? []

/** The informal or formal address that each language must not use. */
const informal: Record<string, RegExp> = {
  de: /(?<!\p{L})(du|dir|dich|deine?[mnrs]?|euch|eure)(?!\p{L})/iu,
  es: /(?<!\p{L})(tú|tus?|te|tienes|puedes|vosotros)(?!\p{L})/iu,
  fr: /(?<!\p{L})(tu|te|toi|ton|tes)(?!\p{L})/iu,
  pt: /(?<!\p{L})(tu|te|teus?|tuas?|o senhor|a senhora)(?!\p{L})/iu,
}

describe.each(others)('the catalog of %s', (language) => {
  const messages = messagesOf(language)

  it('has exactly the messages of English, with the same placeholders', () => {
    expect(placesIn(catalogFolder, language)).toEqual(places)
    expect(Object.keys(messages).sort()).toEqual(Object.keys(english).sort())
    const slots = (message: string) => [...placeholdersOf(message).keys()].sort()
    for (const [key, message] of Object.entries(english))
      expect([key, slots(messages[key] ?? '')]).toEqual([key, slots(message)])
  })

  it('has no message that is empty or in English', () => {
    for (const [key, message] of Object.entries(english)) {
      expect([key, messages[key]?.trim()]).not.toEqual([key, ''])
      if (wordsOf(message).length > 1) expect([key, messages[key]]).not.toEqual([key, message])
    }
  })

  it('addresses people the same way throughout', () => {
    const pattern = informal[language]
    expect(Object.entries(messages).filter(([, message]) => pattern?.test(message))).toEqual([])
  })
})

describe('the catalogs', () => {
  it('compile to one plain function per message, with the plurals of their language', () => {
    for (const language of languages) {
      const code = compileMessages(language, messagesOf(language))
      for (const key of Object.keys(english)) expect(code).toContain(`"${key}": (`)
    }
    expect(() => compileMessages('de', { broken: '{count, plural, few {a} other {b}}' })).toThrow('few')
    expect(() => compileMessages('en', { broken: 'Hi {name' })).toThrow()
  })

  it('have no sentence twice', () => {
    const known = new Map<string, string>()
    const twice = Object.entries(english).flatMap(([key, message]) => {
      const first = known.get(message)
      known.set(message, key)
      return first !== undefined && wordsOf(message).length > 2 ? [`${first} and ${key}: ${message}`] : []
    })
    expect(twice).toEqual([])
  })

  it('match the generated types: run `npm run words` after changing one', () => {
    const bare = (text: string) => text.replace(/[\s;,]+/g, '')
    expect([...languages]).toEqual(languagesIn(catalogFolder))
    for (const [path, content] of generatedFiles()) {
      const written = readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
      expect([path, bare(written)]).toEqual([path, bare(content)])
    }
  })
})

describe('the texts of the widget', () => {
  const keys = Object.values(widgetParts).flatMap((names) => Object.entries<string>(names))

  it('use one name for one message in every part', () => {
    for (const [name, key] of keys) expect([name, new Map(keys).get(name)]).toEqual([name, key])
  })

  it('include every message of their place', () => {
    const used = new Set(keys.map(([, key]) => key))
    expect(Object.keys(readMessages(catalogFolder, 'en', 'widget')).filter((key) => !used.has(key))).toEqual([])
  })

  it('have numbered placeholders in the order of English, so that a page can override them', () => {
    const names = [...placeholdersOf('{advocate} sent you to {organization}').keys()]
    expect(asNumberedText('{organization} empfiehlt Ihnen {advocate}', names)).toBe('{1} empfiehlt Ihnen {0}')
    expect(() => asNumberedText('{count, plural, one {#} other {#}}', ['count'])).toThrow('plain placeholders')
  })
})
