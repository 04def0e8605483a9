import { sql } from 'drizzle-orm'
import { preparedSql } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import type { ModulePart, Searchable, SearchSubject } from '../../../shared/context.ts'

/** Kinds in one space number. */
export const kindsMax = 32
export const rowsAtOnce = 300

const searchables = new WeakMap<readonly ModulePart[], readonly Searchable[]>()

export function searchablesOf(modules: readonly ModulePart[]): readonly Searchable[] {
  const known = searchables.get(modules) ?? modules.flatMap(({ searchable = [] }) => searchable)
  searchables.set(modules, known)
  return known
}

/** Terms as they are stored: " priya shah ", so that " pri" in it is the beginning of a term. */
export const storedWords = (terms: readonly string[]): string =>
  terms.length === 0 ? '' : ` ${[...terms].sort().join(' ')} `

/** Brings the index up to date with these rows, a few hundred at most. */
export async function indexRows(db: Queries, searchable: Searchable, ids: readonly string[]): Promise<void> {
  const found = (await searchable.subjects(db, [...ids])).filter(({ terms }) => terms.length > 0)
  await storeSubjects(db, searchable, found)
  const kept = new Set(found.map(({ id }) => id))
  const gone = ids.filter((id) => !kept.has(id))
  if (gone.length > 0)
    await db.run(sql`DELETE FROM search_subjects WHERE id IN (SELECT value FROM json_each(${JSON.stringify(gone)}))`)
}

const storeRows = preparedSql(sql`INSERT INTO search_subjects (space, id, words)
  SELECT o.number * ${sql.raw(String(kindsMax))} + ${sql.placeholder('number')}, row.value ->> 0, row.value ->> 2
  FROM json_each(${sql.placeholder('rows')}) row JOIN search_organizations o ON o.organization_id = row.value ->> 1
  WHERE true
  ON CONFLICT (id) DO UPDATE SET words = excluded.words WHERE words <> excluded.words`)

/** Writes subjects whose terms are known; those without terms are skipped. */
export async function storeSubjects(db: Queries, { number }: Searchable, all: SearchSubject[]): Promise<void> {
  const subjects = all.filter(({ terms }) => terms.length > 0)
  if (subjects.length === 0) return
  const rows = subjects
    .map(({ id, organizationId, terms }) => [id, organizationId, storedWords(terms)] as const)
    // Newer subjects get higher numbers, and ids ascend with time.
    .sort(([one], [other]) => (one < other ? -1 : 1))
  await storeRows(db).run({ number, rows: JSON.stringify(rows) })
}

/** Removes a kind of rows of an organization from the index. */
export async function clearIndex(db: Queries, { number }: Searchable, organizationId: string): Promise<void> {
  await db.run(sql`DELETE FROM search_subjects WHERE number IN (SELECT subject FROM search_terms WHERE space =
    (SELECT number FROM search_organizations WHERE organization_id = ${organizationId}) * ${sql.raw(String(kindsMax))} + ${number})`)
}
