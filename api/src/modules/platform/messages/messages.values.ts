const longestName = 40
const longestValue = 2_000

/** Words of plain letters with single spaces, as most values are. */
const isPlain = /^[!-z|~]{1,60}(?: [!-z|~]{1,60}){0,20}$/

/** Puts a value on one line, so that it can neither start a paragraph of its own nor pass for the link. */
export const oneLine = (text: string): string => (isPlain.test(text) ? text : cleaned(text))

const cleaned = (text: string): string =>
  text
    .replace(/(?:(?![\u00a0\u202f])[\p{C}\p{Zl}\p{Zp}\s])+/gu, ' ')
    .replaceAll('{{', '')
    .replaceAll('}}', '')
    .trim()
    .slice(0, longestValue)

const address = /:\/\/|www\.|@|[\p{L}\p{N}]\.\p{L}{2,}|\//iu

/** Whether a mail program may turn something in a text into a link. */
export const looksLikeAddress = (text: string): boolean => address.test(text)

/**
 * A person's name, safe for a message. Names come from strangers, and mail programs turn anything that looks like an
 * address into a link, so such a name is replaced by `fallback`.
 */
export function nameInMessage(name: string, fallback: string): string {
  const line = oneLine(name)
  if (!/\p{L}/u.test(line) || looksLikeAddress(line)) return fallback
  const characters = [...line]
  return characters.length <= longestName ? line : `${characters.slice(0, longestName - 1).join('')}…`
}

/** For a text: non-breaking spaces would make it cost twice as much. */
export const asText = (body: string): string => body.replace(/[\u00a0\u202f]/g, ' ')
