import { sql } from 'drizzle-orm'
import type { Queries } from '../../../database/queries.ts'
import type { ModulePart, Searchable } from '../../../shared/context.ts'
import type { Invariant, Projection } from '../../../shared/module.ts'
import { clearIndex, indexRows, kindsMax, rowsAtOnce, searchablesOf, storedWords } from './indexing.ts'

/** The part of the index each module contributes, filled from the rows that existed before it. */
export const searchProjections = (modules: readonly ModulePart[]): Projection[] =>
  searchablesOf(modules).map((searchable) => ({
    name: `search: ${searchable.kind}`,
    source: searchable.source,
    keptBy: 'code',
    clear: (tx, organizationId) => clearIndex(tx, searchable, organizationId),
    async fill(tx, ids) {
      for (let at = 0; at < ids.length; at += rowsAtOnce)
        await indexRows(tx, searchable, ids.slice(at, at + rowsAtOnce))
    },
  }))

/** The index holds exactly what each row is found by. Terms are made by code, so code compares them. */
export const searchInvariants = (modules: readonly ModulePart[]): Invariant[] => [
  ...searchablesOf(modules).map((searchable) => ({
    invariant: `Search finds each ${searchable.kind.replace('_', ' ')} by its own words and by no others.`,
    broken: (db: Queries) => differences(db, searchable),
  })),
  {
    invariant: 'The search index has one entry for each word of each subject.',
    broken: `SELECT 'missing', s.id FROM search_subjects s WHERE EXISTS (
        SELECT 1 FROM json_each('["' || replace(trim(s.words), ' ', '","') || '"]') w WHERE NOT EXISTS (
          SELECT 1 FROM search_terms t WHERE t.space = s.space AND t.term = w.value AND t.subject = s.number))
      UNION ALL SELECT 'too many', t.subject FROM search_terms t LEFT JOIN search_subjects s ON s.number = t.subject
        WHERE s.number IS NULL OR s.space <> t.space OR instr(s.words, ' ' || t.term || ' ') = 0`,
  },
]

async function differences(db: Queries, searchable: Searchable): Promise<unknown[]> {
  const found: unknown[] = []
  let after: string | undefined = ''
  while (after !== undefined && found.length < 10) {
    const ids: string[] = (
      await db.all<[string]>(
        sql`SELECT id FROM ${sql.identifier(searchable.source)} WHERE id > ${after} ORDER BY id LIMIT ${rowsAtOnce}`,
      )
    ).map(([id]) => id)
    found.push(...(await differencesOf(db, searchable, ids)))
    after = ids.at(-1)
  }
  const strays =
    await db.all(sql`SELECT id FROM search_subjects WHERE space % ${sql.raw(String(kindsMax))} = ${searchable.number}
    AND id NOT IN (SELECT id FROM ${sql.identifier(searchable.source)}) LIMIT 10`)
  return [...found, ...strays]
}

async function differencesOf(db: Queries, searchable: Searchable, ids: string[]): Promise<unknown[]> {
  const stored = new Map(
    (
      await db.all<
        [string, string, string, number]
      >(sql`SELECT s.id, o.organization_id, s.words, s.space % ${sql.raw(String(kindsMax))}
        FROM search_subjects s LEFT JOIN search_organizations o ON o.number = s.space / ${sql.raw(String(kindsMax))}
        WHERE s.id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`)
    ).map(([id, ...row]) => [id, JSON.stringify(row)]),
  )
  const right = new Map(
    (await searchable.subjects(db, ids))
      .filter(({ terms }) => terms.length > 0)
      .map(({ id, organizationId, terms }) => [
        id,
        JSON.stringify([organizationId, storedWords(terms), searchable.number]),
      ]),
  )
  return ids
    .filter((id) => stored.get(id) !== right.get(id))
    .map((id) => [id, stored.get(id) ?? null, right.get(id) ?? null])
}
