import { parse, type Token } from '@messageformat/parser'

const letters: Record<string, string> = {
  ...{ a: 'áá', b: 'ƀ', c: 'ç', d: 'ď', e: 'éé', f: 'ƒ', g: 'ğ', h: 'ĥ', i: 'íí', j: 'ĵ', k: 'ķ', l: 'ľ', m: 'ɱ' },
  ...{ n: 'ñ', o: 'óó', p: 'þ', q: 'ʠ', r: 'ř', s: 'š', t: 'ţ', u: 'úú', v: 'ṽ', w: 'ŵ', x: 'ẋ', y: 'ý', z: 'ž' },
}

/** A language nobody speaks: English with an accent on every letter, and some 40 % longer. */
export const pseudoLanguage = 'qps'

/** An ICU message in that language; its placeholders stay. */
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
