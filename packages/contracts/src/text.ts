/**
 * Characters that nobody types on purpose and that change how the text around them looks: bidi controls, invisible
 * spaces and operators, tags outside flags, unpaired surrogates, and all other controls except tab and line break.
 */
const hidden =
  /[^\P{Cc}\t\n\v\f\r\u0085]|[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\p{Cs}]|(?<!\u{1f3f4}[\u{e0020}-\u{e007e}]*)[\u{e0000}-\u{e007f}]/gu
/** Joiners are part of Persian and Hindi words and of emoji. Anywhere else they are invisible, so they are removed. */
const looseJoiner = /(?<!\p{L}|\p{M}|\p{Emoji}|\ufe0f)(?:\u200c|\u200d)+|(?:\u200c|\u200d)+(?!\p{L}|\p{M}|\p{Emoji})/gu
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g

/** Text of several lines without invisible or direction-changing characters. */
export const visibleText = (text: string): string => text.replace(hidden, '').replace(looseJoiner, '')

/** The same on one line, with single spaces. Real names in any script stay as typed. */
export const visibleLine = (text: string): string =>
  visibleText(text.replace(breaks, ' '))
    .replace(/\s{2,}/g, ' ')
    .trim()

/**
 * Whether a host can be reached by name: labels of letters, digits and hyphens, or an IP address. "*." is not a
 * host.
 */
export const isHost = (hostname: string): boolean =>
  /^\[[0-9a-f:.]+\]$/i.test(hostname) ||
  (hostname.length <= 253 && hostname.split('.').every((label) => /^(?!-)[\w-]{1,63}(?<!-)$/.test(label)))

const onThisComputer = new Set(['localhost', '127.0.0.1', '[::1]'])
export const isLocalHost = (hostname: string): boolean => onThisComputer.has(hostname)

/** Whether a URL has no user name or password before the host. */
export function holdsNoPassword(text: string): boolean {
  if (!URL.canParse(text)) return true
  const { username, password } = new URL(text)
  return username === '' && password === ''
}

/** Whether browsers may be sent to this URL: https, or http on this computer, without a user name or password. */
export function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  if (!holdsNoPassword(text) || !isHost(hostname)) return false
  return protocol === 'https:' || (protocol === 'http:' && isLocalHost(hostname))
}
