import type { SearchableKind } from '@goodword/contracts'
import { readText } from '../../../database/queries.ts'
import type { Ctx, Searchable } from '../../../shared/context.ts'
import { kindsMax, searchablesOf } from './indexing.ts'

/** What names a found row: its id, its rowid, or a column of it. */
export type Key = string | number
/** What entries of the index lead to: keys of rows, the first `exact` of them by a whole word. */
export type Led = { keys: Key[]; exact: number; more: boolean }

/** Kinds whose terms lead to the rows, with the column that names them; null for the rows' own. */
type Part = { searchable: Searchable; column: string | null }
/** Where to look, and the column of the rows to answer with. */
export type Search = { own: Part; through: Part[]; parts: Part[]; key: string; texts: Map<string, string> }

const searches = new WeakMap<Ctx['modules'], Map<string, Search>>()

/** Put together once for each kind and column. */
export function searchOf({ modules }: Pick<Ctx, 'modules'>, kind: SearchableKind, key: string): Search {
  const known = searches.get(modules) ?? new Map<string, Search>()
  searches.set(modules, known)
  const name = `${kind} ${key}`
  const search = known.get(name) ?? { ...partsOf(searchablesOf(modules), kind), key, texts: new Map() }
  known.set(name, search)
  return search
}

function partsOf(searchables: readonly Searchable[], kind: SearchableKind): Pick<Search, 'own' | 'through' | 'parts'> {
  const searchable = searchables.find((one) => one.kind === kind)
  if (!searchable) throw new Error(`No module says how to search a ${kind}.`)
  const own = { searchable, column: null }
  const through = searchables.flatMap((other): Part[] => {
    const column = searchable.through?.[other.kind]
    return column === undefined ? [] : [{ searchable: other, column }]
  })
  return { own, through, parts: [own, ...through] }
}

/** The largest code point comes after every continuation of a term. */
const end = '\u{10ffff}'

/** How many entries begin with each of these words, counted up to `most`. */
export async function countEntries(
  ctx: Ctx,
  search: Search,
  words: readonly string[],
  most: number,
): Promise<number[]> {
  const text = textOf(search, `count ${words.length}`, () => {
    const counts = words.map((_, at) => {
      const entries = search.parts.map(
        (part) =>
          `SELECT 1 FROM search_terms WHERE space = ${spaceOf(part)} AND term >= ?${2 * at + 3} AND term < ?${2 * at + 4}`,
      )
      return `(SELECT count(*) FROM (${entries.join(' UNION ALL ')} LIMIT ?2))`
    })
    return `SELECT ${counts.join(', ')}`
  })
  const bounds = words.flatMap((word) => [word, word + end])
  const [row] = await readText(ctx.db, text, [ctx.organizationId, most, ...bounds])
  return row as number[]
}

export type Asked = {
  lead: string
  /** Words that must be the beginning of further terms of the row, or of one it is found through. */
  others: readonly string[]
  /** At most so many entries and rows are read, and so many answered, for whole words and in all. */
  entries: number
  rows: number
  most: number
  /** Whether there are more is also asked of the entries, which may lead to no row, or of the rows they lead to. */
  further: 'entries' | 'rows' | null
}

/** The rows that the entries of a word lead to, for each part: by whole words first, newest first. One statement. */
export async function followEntries(ctx: Ctx, search: Search, asked: Asked): Promise<Led[]> {
  const { lead, others, entries, rows, most, further } = asked
  const text = textOf(search, `follow ${others.length} ${further}`, () => {
    const columns = search.parts.map((part) => followed(search, part, others.length, further))
    return `SELECT ${columns.join(', ')}`
  })
  const values = [ctx.organizationId, lead, lead + end, entries, rows, most, ...others.map((word) => ` ${word}`)]
  const [row = []] = await readText(ctx.db, text, values)
  return row.map((value) => {
    const [exact, keys, more] = JSON.parse(String(value)) as [number, Key[], number]
    return { exact, keys, more: more === 1 }
  })
}

/** In one value: a thousand rows would take longer to pass on than to find. */
function followed(search: Search, part: Part, others: number, further: Asked['further']): string {
  const compared = others > 0
  const ofSpace = `SELECT subject FROM search_terms WHERE space = ${spaceOf(part)}`
  const exact = `${ofSpace} AND term = ?2 ORDER BY subject DESC LIMIT ?4`
  const longer = `${ofSpace} AND term > ?2 AND term < ?3 LIMIT ?4`
  const condition = haveAll(search, others)
  const found = [exact, longer].map(
    (source) =>
      `SELECT m.key AS key, ${Number(source === exact)} AS exact FROM (${rowsOf(search, part, source, compared)}) m WHERE ${condition}`,
  )
  const atStart = `${ofSpace} AND term >= ?2 AND term < ?3 LIMIT`
  const beyond =
    part.column === null || further === null
      ? '0'
      : further === 'entries'
        ? `(SELECT count(*) >= ?6 FROM (${atStart} ?6))`
        : `(SELECT count(*) >= ?5 FROM (${rowsOf(search, part, `${atStart} ?4`, false)}))`
  return `(SELECT json_array(coalesce(sum(exact), 0), json_group_array(key), CASE WHEN count(*) >= ?6 THEN 1 ELSE ${beyond} END)
    FROM (SELECT key, exact FROM (${found.join(' UNION ALL ')}) LIMIT ?6))`
}

/** The keys of the rows that entries of the index lead to, with the ids whose terms are also theirs if those have to be compared. */
function rowsOf({ own, through, key }: Search, { column }: Part, source: string, compared: boolean): string {
  const subjects = `(${source}) t CROSS JOIN search_subjects s ON s.number = t.subject`
  if (key === 'id' && (through.length === 0 || (column === null && !compared)))
    return `SELECT s.id AS key, s.words AS words FROM ${subjects}`
  const named = compared
    ? [', s.words AS words, d.id AS id', ...through.map((one) => `d.${one.column} AS ${one.column}`)]
    : []
  return `SELECT d.${key} AS key${named.join(', ')} FROM ${subjects}
    CROSS JOIN ${own.searchable.source} d ON d.${column ?? 'id'} = s.id LIMIT ?5`
}

/** Whether each further word is the beginning of a term of the row, or of one it is found through. */
function haveAll({ parts }: Search, others: number): string {
  const conditions = Array.from({ length: others }, (_, at) => {
    const word = `?${at + 7}`
    const elsewhere = parts.map(
      ({ column }) => `instr((SELECT x.words FROM search_subjects x WHERE x.id = m.${column ?? 'id'}), ${word}) > 0`,
    )
    return `(${[`instr(m.words, ${word}) > 0`, ...(parts.length === 1 ? [] : elsewhere)].join(' OR ')})`
  })
  return ['true', ...conditions].join(' AND ')
}

const spaceOf = ({ searchable }: Part): string =>
  `(SELECT number FROM search_organizations WHERE organization_id = ?1) * ${kindsMax} + ${searchable.number}`

/** Statements are put together once for each shape of a search. */
function textOf({ texts }: Search, shape: string, build: () => string): string {
  const text = texts.get(shape) ?? build()
  texts.set(shape, text)
  return text
}
