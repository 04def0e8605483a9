import { countText } from '../../shared/ui/count.ts'
import type { Turn } from '../../shared/ui/pager.tsx'

/**
 * Where a page stands in its list: how many rows come before it, or after it if it was reached from the end; null if
 * unknown.
 */
export type Place = { before: number } | { after: number } | null

export const firstPlace: Place = { before: 0 }

export type Shown = { place: Place; rows: number; hasPrevious: boolean; hasNext: boolean }
export type Total = { count: number; isCapped: boolean }

/** At an end of the list, the place is known however one got there. */
const knownPlace = ({ place, hasPrevious, hasNext }: Omit<Shown, 'rows'>): Place =>
  hasPrevious ? (place ?? (hasNext ? null : { after: 0 })) : firstPlace

/** The place of the page that is turned to from the one shown. */
export function placeAfter(shown: Shown, to: Turn, size: number): Place {
  if (to === 'first') return firstPlace
  if (to === 'last') return { after: 0 }
  const place = knownPlace(shown)
  if (place === null) return null
  if ('before' in place) return { before: to === 'next' ? place.before + shown.rows : Math.max(0, place.before - size) }
  return { after: to === 'next' ? Math.max(0, place.after - size) : place.after + shown.rows }
}

/** "Showing 1–20 of 128", or "of 1,000+", or without the total while it is unknown. Empty for an unknown place. */
export function describeRange(shown: Shown, total: Total | null): string {
  const { rows } = shown
  if (rows === 0) return shown.hasNext || shown.hasPrevious ? '' : 'Nothing to show'
  const before = rowsBefore(knownPlace(shown), rows, total)
  if (before === null) return ''
  const last = before + rows
  const range = `Showing ${countText(before + 1)}–${countText(last)}`
  if (total === null || (total.count < last && !total.isCapped)) return range
  return `${range} of ${countText(total.count, total.isCapped)}`
}

function rowsBefore(place: Place, rows: number, total: Total | null): number | null {
  if (place === null) return null
  if ('before' in place) return place.before
  if (total === null || total.isCapped) return null
  const before = total.count - place.after - rows
  return before > 0 ? before : null
}

/** "Page 3", or "Last page". Empty where neither is known. */
export function describePage(shown: Omit<Shown, 'rows'>, size: number): string {
  const place = knownPlace(shown)
  if (place !== null && 'before' in place)
    return place.before % size === 0 ? `Page ${countText(place.before / size + 1)}` : ''
  return shown.hasNext ? '' : 'Last page'
}

/** Places in a URL: the number of the first row, or how many rows follow the last one. */
export function readPlace({ row, after }: Readonly<Record<string, string>>): Place {
  if (isCount(row) && Number(row) > 0) return { before: Number(row) - 1 }
  return isCount(after) ? { after: Number(after) } : null
}

const isCount = (text: string | undefined) => text !== undefined && /^\d{1,9}$/.test(text)

export const placeInUrl = (place: Place): { row: string | null; after: string | null } => ({
  row: place !== null && 'before' in place ? String(place.before + 1) : null,
  after: place !== null && 'after' in place ? String(place.after) : null,
})
