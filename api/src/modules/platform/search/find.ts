import type { SearchableKind } from '@goodword/contracts'
import { pairsAmong, parseSearch, type SearchWords } from '@goodword/domain'
import type { Ctx } from '../../../shared/context.ts'
import { countEntries, followEntries, type Key, type Led, type Search, searchOf } from './entries.queries.ts'

/** A search stops at this many matches and says so. */
export const searchMax = 1_000
/** Entries of the index that are read for a word while further words have to match as well. */
const entriesMax = 1_000
/** The same when every word is frequent: the newest decide. */
const newestMax = 200
/** Even for a few, the newest of so many are chosen: longer words stand in the index by alphabet. */
const readMin = 100
/** Rows that entries of other kinds lead to: an advocate has many referrals. */
const rowsMax = 2_000

/** The ids that match, and whether there may be more. */
export type SearchResult = { ids: string[]; more: boolean }

/**
 * The rows of a kind that match a query: every word is the beginning of one of theirs. Whole words first, newest first,
 * at most `limit`, at most 1,000. A bounded number of steps, however many rows there are.
 */
export async function search(ctx: Ctx, kind: SearchableKind, query: string, limit = searchMax): Promise<SearchResult> {
  const { keys, more } = await searchFor(ctx, searchOf(ctx, kind, 'id'), query, { limit, isRanked: true })
  return { ids: keys as string[], more }
}

/** At most 1,000 of the same rows by their rowids, in any order, so that a list finds them without another index. */
export async function searchPlaces(
  ctx: Ctx,
  kind: SearchableKind,
  query: string,
): Promise<{ places: number[]; more: boolean }> {
  const found = await searchFor(ctx, searchOf(ctx, kind, 'rowid'), query, { limit: searchMax, isRanked: false })
  return { places: found.keys as number[], more: found.more }
}

/** The values of a column that holds ids, of the same rows in any order; each once, of at most `limit` rows. */
export async function searchColumn(
  ctx: Ctx,
  kind: SearchableKind,
  query: string,
  column: string,
  limit = searchMax,
): Promise<SearchResult> {
  const { keys, more } = await searchFor(ctx, searchOf(ctx, kind, column), query, { limit, isRanked: false })
  return { ids: keys as string[], more }
}

/** Those that are left out if there are too many are the last in rank: rows that were inserted last come first. */
async function searchFor(
  ctx: Ctx,
  one: Search,
  query: string,
  { limit, isRanked }: { limit: number; isRanked: boolean },
): Promise<{ keys: Key[]; more: boolean }> {
  const most = Math.max(limit, readMin)
  const exact = new Set<Key>()
  const longer = new Set<Key>()
  let sources = 0
  let more = false
  for (const words of parseSearch(query)) {
    const [only] = words
    const { led, more: others } =
      words.length === 1 && only !== undefined
        ? await rowsOfWord(ctx, one, only, most)
        : await rowsOfWords(ctx, one, words, most)
    for (const { keys, exact: whole } of led) {
      if (keys.length > 0) sources += 1
      for (const [at, key] of keys.entries()) (at < whole ? exact : longer).add(key)
    }
    more ||= others
  }
  const others = [...longer].filter((key) => !exact.has(key))
  const count = exact.size + others.length
  // What one source led to is in this order already, as far as it decides who is left out.
  const isSorted = isRanked || (count > limit && sources > 1)
  const ordered = (keys: Key[]) => (isSorted ? keys.sort(lastFirst) : keys)
  const keys = [...ordered([...exact]), ...ordered(others)]
  return { keys: keys.slice(0, limit), more: more || count > limit }
}

const lastFirst = (one: Key, other: Key) => (one < other ? 1 : one > other ? -1 : 0)

type Rows = { led: Led[]; more: boolean }

/** Each part contributes, so that a frequent name of friends doesn't hide an advocate's. */
async function rowsOfWord(ctx: Ctx, one: Search, word: string, limit: number): Promise<Rows> {
  const most = (one.parts.length === 1 ? limit : Math.ceil(limit / 2)) + 1
  // Entries of other kinds may lead to no row, so the entries are counted.
  const asked = { lead: word, others: [], entries: most, rows: rowsMax, most, further: 'entries' as const }
  const led = await followEntries(ctx, one, asked)
  return { led, more: led.some((part) => part.more) }
}

/**
 * Walks the entries of the rarest word and compares the others. If all are frequent, names with two of the words come
 * first, and only the newest others.
 */
async function rowsOfWords(ctx: Ctx, one: Search, words: SearchWords, limit: number): Promise<Rows> {
  const counts = await countEntries(ctx, one, words, entriesMax + 1)
  const fewest = Math.min(...counts)
  if (fewest === 0 || words.length === 0) return { led: [], more: false }
  const isRare = fewest <= entriesMax
  const most = limit + 1
  const led: Led[] = []
  for (const lead of isRare ? [] : pairsAmong(words)) {
    const others = words.filter((word) => !lead.includes(`&${word}`))
    led.push(
      ...(await followEntries(ctx, one, { lead, others, entries: entriesMax, rows: entriesMax, most, further: null })),
    )
  }
  const lead = words[counts.indexOf(fewest)] ?? ''
  const others = words.filter((word) => word !== lead)
  const read = isRare ? { entries: entriesMax, rows: rowsMax } : { entries: newestMax, rows: newestMax }
  const ofRarest = await followEntries(ctx, one, { lead, others, ...read, most, further: isRare ? 'rows' : null })
  return { led: [...led, ...ofRarest], more: !isRare || ofRarest.some((part) => part.more) }
}
