const decimal = /\p{Nd}/u

/** The value of a decimal digit of any script: Unicode lists the ten digits of a script in a row. */
function digitOf(digit: string): number {
  const point = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && decimal.test(String.fromCodePoint(point - value - 1))) value += 1
  return value
}

/**
 * A phone number as people paste it, in plain characters: digits of any script as 0 to 9, every dash as "-", no invisible
 * characters, and without "tel:" or a label such as "Mobile:" before it. The number itself and its extension stay as typed.
 */
export const plainPhone = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\p{Z}]+/gu, ' ')
    .replace(/[\p{C}\p{M}]/gu, '')
    .replace(/[^0-9\P{Nd}]/gu, (digit) => String(digitOf(digit)))
    .replace(/[\p{Pd}\u2212\u02d7\u2043\u30fc]/gu, '-')
    .replace(/[\u00b7\u2022\u2027\u2219\u22c5\u30fb\u2024]/gu, '.')
    .replace(/[\u2044\u2215]/gu, '/')
    .replaceAll('[', '(')
    .replaceAll(']', ')')
    .trim()
    .replace(/^(?:\p{L}[\p{L}. ]{0,14}:\/{0,2}|tel\.?(?=[\s+(\d]))\s*/iu, '')
    .replace(/%(2[0-9a-f])/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/(?<=\+)\s+/g, '')
    .trim()
