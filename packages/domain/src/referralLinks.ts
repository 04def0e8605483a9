import { codeAlphabet, codeLength, normalizeCode } from './codes.ts'

/** For how many days after following a link a friend is attributed, unless the campaign says otherwise. */
export const defaultLinkDays = 90

/** Parameters that can hold a code, the most specific name first. */
const names = ['ref', 'via', 'referral', 'code']
/** As many candidates of one address are looked up. */
const candidatesMax = 5
/** A link is encoded again each time it is put into another one. */
const decodings = 3
/** The longest code that can be chosen, and the longest that an import can bring. */
const chosenMax = 20
const lengthMin = 3
const lengthMax = 40

const invisible = /\p{Cf}|\p{Variation_Selector}/gu
const ampersands = /&(?:(?:amp|#38|#x26);)+/gi

/**
 * What sign-in, payment and password pages are opened with: first words that their path or a name beside `code` contains,
 * then what only names do, each on a line of its own.
 */
const secretPlace =
  /\bo?auth|openid|callback|saml|\bsso\b|(log|sign)-?in|passw|reset|verif|confirm|activat|2fa|mfa|otp$|^[^/]*(token|sess|secret|assert|jwt|magic|invit|(state|key|\bsid|_sid)$)|^(iss|scope|nonce|hmac|shop|sig|signature|hash|ticket|pin|oobcode|uid|e?mail)$|^(error|client|redirect|response|grant|code_|user)/im
/** Links are shorter. What is longer isn't read to its end. */
const addressMax = 4_000

const issued = new RegExp(`^[${codeAlphabet}]{${codeLength}}$`, 'i')

/** Whether it looks like a code as we create it, in any case. */
export const isIssuedCode = (text: string): boolean => issued.test(text)

/** An address in which it is worth looking for a code at all. */
export const possibleLink = /[?#].*((ref|via|code).*=|%)|%3f/i

/**
 * The codes that an address may hold, the likeliest first and at most five, as codes are stored; empty if none. Only a
 * lookup says which one exists. Understands queries, hash routes, links within links, and what chat programs, editors and
 * people do to a link. `code` is also the name of sign-in and password secrets, so there a value must look like a code we
 * created, on a page and beside parameters of no such kind.
 */
export function codesInAddress(address: string): string[] {
  const found: string[] = []
  let text = address.slice(0, addressMax)
  for (let depth = 0; depth < decodings; depth += 1) {
    const pairs = pairsIn(text)
    const secret = depth > 0 || secretPlace.test([text.split(/[?#]/)[0], ...pairs.map(([name]) => name)].join('\n'))
    for (const name of names) {
      for (const [, value] of pairs.filter((pair) => pair[0] === name))
        found.push(...(name === 'code' ? (secret ? [] : issuedIn(value)) : codesInText(value)))
    }
    const decoded = decode(text)
    if (decoded === text) break
    text = decoded
  }
  return distinct(found)
}

/**
 * The codes that a link or a pasted text may hold: `https://…/r/CODE`, an address with a parameter, or the code itself,
 * each with what surrounds it.
 */
export function codesInLink(text: string): string[] {
  const [, afterPath] = /\/r\/+(.+)$/is.exec(text) ?? []
  if (afterPath !== undefined) return codesInText(afterPath)
  const found = codesInAddress(text)
  return found.length > 0 || /^\s*https?:/i.test(text) ? found : codesInText(text)
}

/**
 * The codes in what somebody types who is asked for a code or a name: those in a link, and otherwise the text as it is. Of a
 * name, no part is a code.
 */
export const codesTyped = (text: string): string[] => (/\/r\/|[?#&;][^=\s]+=/i.test(text) ? codesInLink(text) : [text])

/**
 * A code out of a text that begins with it, as it is stored: without the quotes, brackets, punctuation, spaces and
 * invisible characters around it. A text of several words may be a code with spaces, or a code before other words.
 */
export function codesInText(text: string): string[] {
  const clean = plain(text.slice(0, addressMax))
  // An email address or another website isn't a code.
  if (/^[^\s@]*@|^\w+:\/\//.test(clean)) return []
  const [run = ''] = /^[\p{L}\p{M}\p{N}\p{Pd}\s_]*/u.exec(clean) ?? []
  const [first = ''] = run.split(/\s/)
  const whole = codeOf(run)
  const short = whole.length <= chosenMax || first === run.trim() ? [whole] : []
  // "=" is "=3D" in the source of an email.
  return distinct([...short, codeOf(first), ...(/^3d/i.test(first) ? [codeOf(first.slice(2))] : [])])
}

/** What may be shown and stored of a code nobody has: enough to recognize a typing mistake. null for nothing like a code. */
export function maskedCode(typed: string): string | null {
  if (/^..…$/u.test(typed)) return typed
  const [code] = codesInText(typed)
  return code === undefined ? null : `${[...code].slice(0, 2).join('')}…`
}

const issuedIn = (value: string): string[] => {
  const code = plain(value).replace(/[^\p{L}\p{N}]+$/u, '')
  const oneCase = code === code.toUpperCase() || code === code.toLowerCase()
  return oneCase && issued.test(code) && /[a-z]/i.test(code) ? [code.toUpperCase()] : []
}

/** Decoded, without invisible characters and without anything before the first letter or digit. */
const plain = (text: string): string => {
  let decoded = text
  for (let n = 0; n < decodings; n += 1) decoded = decode(decoded)
  return decoded
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(/[+\p{Cc}]/gu, ' ')
    .replace(/^[^\p{L}\p{N}]+/u, '')
}

const codeOf = (text: string): string => normalizeCode(text).replace(/^_+|_+$/g, '')

const distinct = (codes: string[]): string[] =>
  [...new Set(codes)].filter(({ length }) => length >= lengthMin && length <= lengthMax).slice(0, candidatesMax)

/** Every name and value after a `?`, `#`, `&` or `;`, wherever they stand. */
const pairsIn = (address: string): [name: string, value: string][] =>
  address
    .replace(ampersands, '&')
    .split(/[?#&;]/)
    .slice(1)
    .flatMap((part) => {
      const [, name = '', value] = /^([^=]*)=(.*)$/s.exec(part) ?? []
      return value === undefined ? [] : [[nameOf(name), value] as [string, string]]
    })

const nameOf = (name: string): string =>
  decode(name)
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
    .toLowerCase()

/** Percent-encoded text, where it is UTF-8; the rest stays as it is. */
const decode = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded)
    } catch {
      return ' '
    }
  })
