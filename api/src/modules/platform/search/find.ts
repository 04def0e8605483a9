import type { SearchKind } from '@goodword/contracts'
import { pairsAmong, parseSearch, type SearchWords } from '@goodword/domain'
import { type SQL, sql } from 'drizzle-orm'
import type { Ctx, Searchable } from '../../../shared/context.ts'
import { kindsMax, searchablesOf } from './indexing.ts'

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

/** What names a found row: its id, its rowid, or a column of it. */
type Key = string | number
type Match = { key: Key; isExact: boolean }
/** Kinds whose terms lead to the rows, with the column that names them; null for the rows' own. */
type Part = { searchable: Searchable; column: string | null }
type Parts = [own: Part, ...through: Part[]]
/** Where to look, and the column of the rows to answer with. */
type Search = { parts: Parts; key: string }

/**
 * The rows of a kind that match a query: every word is the beginning of one of theirs. Whole words first, newest first,
 * at most `limit`, at most 1,000. A bounded number of steps, however many rows there are.
 */
export async function search(ctx: Ctx, kind: SearchKind, query: string, limit = searchMax): Promise<SearchResult> {
  const { keys, more } = await searchFor(ctx, kind, query, { limit, key: 'id' })
  return { ids: keys as string[], more }
}

/** The same rows by their rowids, so that a list finds them without another index. Those inserted last come first. */
export async function searchPlaces(
  ctx: Ctx,
  kind: SearchKind,
  query: string,
): Promise<{ places: number[]; more: boolean }> {
  const { keys, more } = await searchFor(ctx, kind, query, { limit: searchMax, key: 'rowid' })
  return { places: keys as number[], more }
}

/** The values of a column that holds ids, of the same rows; each once. */
export async function searchColumn(ctx: Ctx, kind: SearchKind, query: string, column: string): Promise<SearchResult> {
  const { keys, more } = await searchFor(ctx, kind, query, { limit: searchMax, key: column })
  return { ids: keys as string[], more }
}

async function searchFor(
  ctx: Ctx,
  kind: SearchKind,
  query: string,
  { limit, key }: { limit: number; key: string },
): Promise<{ keys: Key[]; more: boolean }> {
  const one: Search = { parts: partsOf(searchablesOf(ctx.modules), kind), key }
  const most = Math.max(limit, readMin)
  const found = new Map<Key, Match>()
  let more = false
  for (const words of parseSearch(query)) {
    const [only] = words
    const { matches, more: others } =
      words.length === 1 && only !== undefined
        ? await matchesOfWord(ctx, one, only, most)
        : await matchesOfWords(ctx, one, words, most)
    for (const match of matches) if (!found.get(match.key)?.isExact) found.set(match.key, match)
    more ||= others
  }
  const keys = [...found.values()].sort(byRank).map((match) => match.key)
  return { keys: keys.slice(0, limit), more: more || keys.length > limit }
}

type Matches = { matches: Match[]; more: boolean }

/** Each part contributes, so that a frequent name of friends doesn't hide an advocate's. */
async function matchesOfWord(ctx: Ctx, one: Search, word: string, limit: number): Promise<Matches> {
  const { parts } = one
  const share = parts.length === 1 ? limit : Math.ceil(limit / 2)
  const matches: Match[] = []
  let more = false
  for (const part of parts) {
    const rows = await matchesOf(ctx, one, part, { lead: word, others: [], entries: share + 1, most: share + 1 })
    matches.push(...rows)
    // Entries of other kinds may lead to no row, so the entries are counted.
    more ||= rows.length > share || (part.column !== null && (await countEntries(ctx, [part], word, share)) > share)
  }
  return { matches, more }
}

/**
 * Walks the entries of the rarest word and compares the others. If all are frequent, names with two of the words come
 * first, and only the newest others.
 */
async function matchesOfWords(ctx: Ctx, one: Search, words: SearchWords, limit: number): Promise<Matches> {
  const { parts } = one
  let rarest = { word: '', entries: Number.POSITIVE_INFINITY }
  for (const word of words) {
    const entries = await countEntries(ctx, parts, word, entriesMax)
    if (entries < rarest.entries) rarest = { word, entries }
    if (entries === 0) return { matches: [], more: false }
  }
  const isRare = rarest.entries <= entriesMax
  const asked = { entries: isRare ? entriesMax : newestMax, rows: isRare ? rowsMax : newestMax, most: limit + 1 }
  const matches: Match[] = []
  let more = !isRare
  for (const lead of isRare ? [] : pairsAmong(words)) {
    const others = words.filter((word) => !lead.includes(`&${word}`))
    for (const part of parts)
      matches.push(
        ...(await matchesOf(ctx, one, part, { ...asked, entries: entriesMax, rows: entriesMax, lead, others })),
      )
  }
  for (const part of parts) {
    const others = words.filter((word) => word !== rarest.word)
    const rows = await matchesOf(ctx, one, part, { ...asked, lead: rarest.word, others })
    matches.push(...rows)
    more ||= rows.length > limit || (part.column !== null && (await leadsFurther(ctx, one, part, rarest.word)))
  }
  return { matches, more }
}

const byRank = (one: Match, other: Match) =>
  Number(other.isExact) - Number(one.isExact) || (one.key < other.key ? 1 : one.key > other.key ? -1 : 0)

function partsOf(searchables: readonly Searchable[], kind: SearchKind): Parts {
  const own = searchables.find((one) => one.kind === kind)
  if (!own) throw new Error(`No module says how to search a ${kind}.`)
  const through = searchables.flatMap((searchable): Part[] => {
    const column = own.through?.[searchable.kind]
    return column === undefined ? [] : [{ searchable, column }]
  })
  return [{ searchable: own, column: null }, ...through]
}

/** The largest code point comes after every continuation of a term. */
const end = '\u{10ffff}'
const spaceOf = (ctx: Ctx, { number }: Searchable) =>
  sql`(SELECT number FROM search_organizations WHERE organization_id = ${ctx.organizationId}) * ${sql.raw(String(kindsMax))} + ${number}`

/** How many entries begin with this word, counted as far as it matters. */
async function countEntries(ctx: Ctx, parts: Part[], word: string, most: number): Promise<number> {
  let all = 0
  for (const { searchable } of parts) {
    const [row] = await ctx.db.all<[number]>(sql`SELECT count(*) FROM (SELECT 1 FROM search_terms
      WHERE space = ${spaceOf(ctx, searchable)} AND term >= ${word} AND term < ${word + end} LIMIT ${most + 1 - all})`)
    all += row?.[0] ?? 0
    if (all > most) break
  }
  return all
}

type Asked = { lead: string; others: string[]; entries: number; rows?: number; most: number }

/** At most `most` rows that the entries of a lead lead to, whole words first, newest first. */
async function matchesOf(
  ctx: Ctx,
  one: Search,
  part: Part,
  { lead, others, entries, rows = rowsMax, most }: Asked,
): Promise<Match[]> {
  const space = spaceOf(ctx, part.searchable)
  const exact = sql`SELECT subject FROM search_terms WHERE space = ${space} AND term = ${lead}
    ORDER BY subject DESC LIMIT ${entries}`
  const longer = sql`SELECT subject FROM search_terms WHERE space = ${space}
    AND term > ${lead} AND term < ${lead + end} LIMIT ${entries}`
  const matches: Match[] = []
  for (const source of [exact, longer]) {
    const read = rowsOf(one, part, source, { compared: others.length > 0, most: rows })
    // In one value: a thousand rows would take longer to pass on than to find.
    const [found] = await ctx.db.all<[string]>(
      sql`SELECT json_group_array(key) FROM (SELECT m.key FROM (${read}) m WHERE ${haveAll(one.parts, others)}
        LIMIT ${most - matches.length})`,
    )
    for (const key of JSON.parse(found?.[0] ?? '[]') as Key[]) matches.push({ key, isExact: source === exact })
    if (matches.length >= most) break
  }
  return matches
}

/** The keys of the rows that entries of the index lead to, with the ids whose terms are also theirs if those have to be compared. */
function rowsOf(
  { parts: [own, ...through], key }: Search,
  { column }: Part,
  source: SQL,
  read: { compared: boolean; most: number },
): SQL {
  const { compared, most } = read
  const subjects = sql`(${source}) t CROSS JOIN search_subjects s ON s.number = t.subject`
  const named = compared
    ? [sql`s.words AS words`, sql`d.id AS id`, ...through.map((part) => sql`d.${nameOf(part)} AS ${nameOf(part)}`)]
    : []
  if (key === 'id' && (through.length === 0 || (column === null && !compared)))
    return sql`SELECT s.id AS key, s.words AS words FROM ${subjects}`
  return sql`SELECT ${sql.join([sql`d.${sql.identifier(key)} AS key`, ...named], sql`, `)} FROM ${subjects}
    CROSS JOIN ${sql.identifier(own.searchable.source)} d ON d.${sql.identifier(column ?? 'id')} = s.id LIMIT ${most}`
}

const nameOf = ({ column }: Part) => sql.identifier(column ?? 'id')

/** Whether each further word is the beginning of a term of the row, or of one it is found through. */
function haveAll(parts: Parts, others: string[]): SQL {
  const has = (word: string) => {
    const own = sql`instr(m.words, ${` ${word}`}) > 0`
    if (parts.length === 1) return own
    const elsewhere = parts.map(
      (part) => sql`instr((SELECT x.words FROM search_subjects x WHERE x.id = m.${nameOf(part)}), ${` ${word}`}) > 0`,
    )
    return sql`(${sql.join([own, ...elsewhere], sql` OR `)})`
  }
  return others.length === 0 ? sql`true` : sql.join(others.map(has), sql` AND `)
}

/** Whether the entries of a word lead to more rows than are read. */
async function leadsFurther(ctx: Ctx, one: Search, part: Part, word: string): Promise<boolean> {
  const source = sql`SELECT subject FROM search_terms WHERE space = ${spaceOf(ctx, part.searchable)}
    AND term >= ${word} AND term < ${word + end} LIMIT ${entriesMax}`
  const [row] = await ctx.db.all<[number]>(
    sql`SELECT count(*) FROM (${rowsOf(one, part, source, { compared: false, most: rowsMax })})`,
  )
  return (row?.[0] ?? 0) >= rowsMax
}
