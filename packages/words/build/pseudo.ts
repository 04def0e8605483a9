import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, type Token } from '@messageformat/parser'
import { catalogFolder, fileOf, placesIn } from './catalogs.ts'

const letters: Record<string, string> = {
  ...{ a: 'áá', b: 'ƀ', c: 'ç', d: 'ď', e: 'éé', f: 'ƒ', g: 'ğ', h: 'ĥ', i: 'íí', j: 'ĵ', k: 'ķ', l: 'ľ', m: 'ɱ' },
  ...{ n: 'ñ', o: 'óó', p: 'þ', q: 'ʠ', r: 'ř', s: 'š', t: 'ţ', u: 'úú', v: 'ṽ', w: 'ŵ', x: 'ẋ', y: 'ý', z: 'ž' },
}

/**
 * A pseudo language: English with accents on every letter, and about 40% longer. Its tag is Ottoman Turkish, a
 * right-to-left language that neither Node nor browsers have data for.
 */
export const pseudoLanguage = 'ota'

/** Copies the catalogs to `folder` and adds one for the pseudo language. */
export function writePseudoCatalogs(folder: string): void {
  cpSync(catalogFolder, folder, { recursive: true })
  cpSync(join(catalogFolder, 'en'), join(folder, pseudoLanguage), { recursive: true })
  for (const place of placesIn(folder, pseudoLanguage)) {
    const file = fileOf(folder, pseudoLanguage, place)
    const messages = JSON.parse(readFileSync(file, 'utf8'), (_, value) =>
      typeof value === 'string' ? pseudoOf(value) : value,
    )
    writeFileSync(file, JSON.stringify(messages))
  }
}

/** An ICU message in the pseudo language. Placeholders stay. */
export const pseudoOf = (message: string): string => parse(message).map(written).join('')

function written(token: Token): string {
  if (token.type === 'content') return token.value.replace(/[a-z]/gi, accented)
  if (token.type === 'octothorpe') return '#'
  if (!('cases' in token)) return `{${token.arg}}`
  const cases = token.cases.map(({ key, tokens }) => `${key} {${tokens.map(written).join('')}}`)
  return `{${token.arg}, ${token.type}, ${cases.join(' ')}}`
}

function accented(letter: string): string {
  const small = letters[letter.toLowerCase()] ?? letter
  return letter === letter.toLowerCase() ? small : small.toUpperCase()
}
