const zeroWidth = /[\u00ad\u200b-\u200f\u2060\ufeff]/gu
/** Vowel marks of Hebrew and Arabic, and the stroke that only stretches a word. */
const vowelMarks = /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]/gu
/** Й and ї are letters of their own in Cyrillic, so only the stress is removed there. */
const accents = /(?<![\u0400-\u052f])[\u0302-\u036f]|[\u0300\u0301]/gu
const easternDigits = /[\u0660-\u0669\u06f0-\u06f9]/gu

/** Letters that Unicode doesn't take apart, as people type them on a keyboard without them. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ı: 'i',
  ς: 'σ',
}
const specialLetters = /[ßæœøłđðþħŧŋıς]/gu

const plain = /^[\x20-\x7e]*$/

/**
 * Text as search compares it: lowercase, without accents, full-width forms as plain ones. "Łukasz" and "lukasz" are
 * equal, and so are "Straße" and "strasse", "Семён" and "семен".
 */
export function foldText(text: string): string {
  if (plain.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(zeroWidth, '')
    .replaceAll('е\u0308', 'е')
    .replace(accents, '')
    .replace(vowelMarks, '')
    .replace(specialLetters, (letter) => plainLetters[letter] ?? letter)
    .replace(easternDigits, (digit) => String((digit.codePointAt(0) ?? 0) & 15))
    .normalize('NFC')
}
