/**
 * Signs that nobody types on purpose and that change how what stands around them looks: bidi controls, invisible spaces and
 * operators, tags outside of a flag, halves of a pair, and all other controls but tab and line break.
 */
const hidden =
  /[^\P{Cc}\t\n\v\f\r\u0085]|[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\p{Cs}]|(?<!\u{1f3f4}[\u{e0020}-\u{e007e}]*)[\u{e0000}-\u{e007f}]/gu
/** Joiners shape words of Persian and Hindi and hold emoji together; anywhere but within those they hide. */
const looseJoiner = /(?<!\p{L}|\p{M}|\p{Emoji}|\ufe0f)(?:\u200c|\u200d)+|(?:\u200c|\u200d)+(?!\p{L}|\p{M}|\p{Emoji})/gu
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g

/** Text of several lines without signs that hide or turn around. */
export const visibleText = (text: string): string => text.replace(hidden, '').replace(looseJoiner, '')

/** The same on one line, with single spaces. A real name of any script stays as it was typed. */
export const visibleLine = (text: string): string =>
  visibleText(text.replace(breaks, ' '))
    .replace(/\s{2,}/g, ' ')
    .trim()

/** A host that can be reached by its name: labels of letters, digits and hyphens, or an address; "*." is none. */
export const isHost = (hostname: string): boolean =>
  /^\[[0-9a-f:.]+\]$/i.test(hostname) ||
  (hostname.length <= 253 && hostname.split('.').every((label) => /^(?!-)[\w-]{1,63}(?<!-)$/.test(label)))

const onThisComputer = new Set(['localhost', '127.0.0.1', '[::1]'])
export const isLocalHost = (hostname: string): boolean => onThisComputer.has(hostname)

/** Neither a name nor a password before the host. */
export function holdsNoPassword(text: string): boolean {
  if (!URL.canParse(text)) return true
  const { username, password } = new URL(text)
  return username === '' && password === ''
}

/** An address that browsers may be sent to: encrypted unless it is of this computer, without a name or password in it. */
export function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  if (!holdsNoPassword(text) || !isHost(hostname)) return false
  return protocol === 'https:' || (protocol === 'http:' && isLocalHost(hostname))
}
