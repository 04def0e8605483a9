/** Where 11/12 is November 12; everywhere else it is December 11. */
const monthFirst: ReadonlySet<string> = new Set(['US', 'PH', 'PR', 'GU', 'VI', 'AS', 'MP'])

/**
 * A day as a spreadsheet of this country writes it, as YYYY-MM-DD: "2026-11-28", "11/28/2026" or "28.11.2026", with or without
 * a time behind it. Null for anything else, and for a day that doesn't exist: nothing is guessed.
 */
export function readDay(text: string, country: string): string | null {
  const day = text.trim().replace(/[T ]\d{1,2}:\d{2}.*$/, '')
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(day)
  if (iso) return dayOf(iso[1], iso[2], iso[3])
  const typed = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})$/.exec(day)
  if (!typed) return null
  const [, one, separator, other, year = ''] = typed
  const [month, date] = separator !== '.' && monthFirst.has(country) ? [one, other] : [other, one]
  return dayOf(year.length === 2 ? `20${year}` : year, month, date)
}

function dayOf(year = '', month = '', date = ''): string | null {
  const [y, m, d] = [Number(year), Number(month), Number(date)]
  const at = new Date(Date.UTC(y, m - 1, d))
  const exists = at.getUTCFullYear() === y && at.getUTCMonth() === m - 1 && at.getUTCDate() === d
  return exists && y >= 1970 ? at.toISOString().slice(0, 10) : null
}
