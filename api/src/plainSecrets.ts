import { sql } from 'drizzle-orm'
import type { Queries } from './database/queries.ts'
import { modules } from './modules.ts'
import type { Services } from './shared/context.ts'
import type { SealedColumns } from './shared/module.ts'
import { seal } from './shared/sealing.ts'

const rowsAtOnce = 200

/**
 * Seals the secrets that an earlier version stored as plain text, some rows per transaction. After an interruption it goes
 * on where it stopped; once nothing is plain, it reads an empty index. Returns how many rows it sealed.
 */
export async function sealPlainSecrets({ database, signer }: Pick<Services, 'database' | 'signer'>): Promise<number> {
  let sealed = 0
  for (const { sealed: columns } of modules) {
    if (!columns) continue
    for (let next = 1; next > 0; sealed += next) next = await database.write((tx) => sealNext(tx, signer, columns))
  }
  return sealed
}

async function sealNext(
  tx: Queries,
  signer: Services['signer'],
  { table, columns, purposeOf }: SealedColumns,
): Promise<number> {
  const list = sql.join(
    columns.map((column) => sql.identifier(column)),
    sql`, `,
  )
  const rows = await tx.all<[string, string, ...(string | null)[]]>(
    sql`SELECT id, organization_id, ${list} FROM ${sql.identifier(table)} WHERE is_plain = 1 ORDER BY id LIMIT ${rowsAtOnce}`,
  )
  for (const [id, organizationId, ...plain] of rows) {
    const purpose = purposeOf({ organizationId, id })
    const values = columns.map((column, at) => {
      const text = plain[at] ?? null
      return sql`${sql.identifier(column)} = ${text === null ? null : seal(signer, purpose, text)}`
    })
    await tx.run(sql`UPDATE ${sql.identifier(table)} SET ${sql.join(values, sql`, `)}, is_plain = 0 WHERE id = ${id}`)
  }
  return rows.length
}
