import { sql } from 'drizzle-orm'
import type { Queries } from './database/queries.ts'
import { malformedIds, malformedTimes } from './database/storedShape.ts'
import { searchInvariants } from './modules/platform/search/search.checks.ts'
import { modules } from './modules.ts'
import type { Invariant } from './shared/module.ts'

/** A broken invariant and the first ten rows that violate it. */
export type Finding = { invariant: string; rows: unknown[] }

/** Invariants of the database file, independent of any module. */
const fileInvariants: Invariant[] = [
  {
    invariant: 'A held queue row has at least one attempt.',
    broken: 'SELECT kind, subject_id FROM queue WHERE attempts < 0 OR (holder IS NOT NULL AND attempts = 0)',
  },
  { invariant: 'Every foreign key points to an existing row.', broken: 'PRAGMA foreign_key_check' },
  {
    invariant: 'The database file passes its integrity check.',
    broken: "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
  },
]

/** Invariants that hold for every table. */
const tableInvariants: Invariant[] = [
  { invariant: 'Every id has the form of an id.', broken: malformedIds },
  { invariant: 'Every time is a whole number of milliseconds, between 1900 and 2200.', broken: malformedTimes },
]

const checks = [
  ...modules.flatMap(({ invariants = [] }) => invariants),
  ...searchInvariants(modules),
  ...fileInvariants,
  ...tableInvariants,
]

/** Checks every invariant against the rows. An empty result means that all of them hold. */
export async function verify(db: Queries): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { invariant, broken } of checks) {
    const rows = typeof broken === 'string' ? await db.all<unknown[]>(sql.raw(broken)) : await broken(db)
    if (rows.length > 0) findings.push({ invariant, rows: rows.slice(0, 10) })
  }
  return findings
}

export const invariantsChecked = checks.length
