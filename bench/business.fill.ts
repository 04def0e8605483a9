import { sql } from 'drizzle-orm'
import Libsql from 'libsql'
import { allProjections } from '../api/src/projections.ts'
import type { Services } from '../api/src/shared/context.ts'
import type { Projection } from '../api/src/shared/module.ts'
import { balances, rowsOf } from './business.rows.ts'
import type { BusinessSpec } from './business.sql.ts'

type Phase = (name: string) => void

/** Triggers and indexes are created after the rows: an index builds faster from sorted data. */
export function fillDatabase(file: string, specs: BusinessSpec[], phase: Phase): void {
  const database = new Libsql(file)
  try {
    for (const pragma of ['synchronous = OFF', 'foreign_keys = OFF', 'cache_size = -400000', 'temp_store = MEMORY']) {
      database.exec(`PRAGMA ${pragma}`)
    }
    const put = database
      .prepare(
        `SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL
          AND (type = 'trigger' OR type = 'index' AND tbl_name NOT IN ('ledger_accounts', 'visit_links')) ORDER BY type`,
      )
      .all() as { type: string; name: string; sql: string }[]
    database.exec('BEGIN')
    for (const { type, name } of put) database.exec(`DROP ${type} ${name}`)
    for (const spec of specs) for (const statement of rowsOf(spec)) database.exec(statement)
    for (const statement of balances) database.exec(statement)
    phase('rows')
    for (const { sql: statement } of put) database.exec(statement)
    database.exec('COMMIT')
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    phase('indexes and triggers')
  } finally {
    database.close()
  }
}

const rowsAtOnce = 500
const rowsPerCommit = 50_000
const reportEvery = 200_000

/** Everything derived that the triggers would have kept. The planner's statistics are left to the server. */
export async function deriveAll(services: Services, phase: Phase): Promise<void> {
  await services.database.write(async (tx) => {
    const organizations = await tx.all<[string]>(sql`SELECT id FROM organizations`)
    for (const { clear } of allProjections) for (const [id] of organizations) await clear(tx, id)
  })
  for (const projection of allProjections) {
    const rows = await fillProjection(services, projection)
    phase(`${projection.name}, from ${rows.toLocaleString('en-US')} rows`)
  }
}

async function fillProjection({ database }: Services, { name, source, fill }: Projection): Promise<number> {
  let rows = 0
  let after = ''
  let more = true
  while (more) {
    await database.write(async (tx) => {
      for (const end = rows + rowsPerCommit; more && rows < end; ) {
        const ids = (
          await tx.all<[string]>(
            sql`SELECT id FROM ${sql.identifier(source)} WHERE id > ${after} ORDER BY id LIMIT ${rowsAtOnce}`,
          )
        ).map(([id]) => id)
        if (ids.length > 0) await fill(tx, ids)
        rows += ids.length
        after = ids.at(-1) ?? after
        more = ids.length === rowsAtOnce
      }
    })
    if (more && rows % reportEvery === 0) console.log(`    ${name}: ${rows.toLocaleString('en-US')} rows`)
  }
  return rows
}
