import { maskedCode } from '@goodword/domain'
import { sql } from 'drizzle-orm'
import type { Services } from '../../../shared/context.ts'
import { embedEvents } from './activity.table.ts'

const rowsAtOnce = 500

/**
 * Earlier versions stored codes that nobody has whole, and so whatever stood in an address. Shortens them in the activity
 * from before this process started, a batch with each call. Returns how many rows it looked at.
 */
export function createMasking({ database, clock }: Services): () => Promise<number> {
  const started = clock()
  let last = { at: 0, row: 0 }
  return async () => {
    const { id, at, code, enrollmentId } = embedEvents
    const rows = await database.read
      .select({ id, at, code, enrollmentId, row: sql<number>`rowid` })
      .from(embedEvents)
      .where(sql`(${at}, rowid) > (${last.at}, ${last.row}) AND ${at} < ${started}`)
      .orderBy(at, sql`rowid`)
      .limit(rowsAtOnce)
    const masked = rows.flatMap((row) => {
      const shown = row.code === null || row.enrollmentId !== null ? row.code : maskedCode(row.code)
      return shown === row.code ? [] : [{ id: row.id, code: shown }]
    })
    if (masked.length > 0) {
      const given = JSON.stringify(masked)
      await database.write((tx) =>
        tx.run(sql`UPDATE ${embedEvents} SET code = given.value ->> 'code' FROM json_each(${given}) AS given
          WHERE ${id} = given.value ->> 'id' AND ${code} IS NOT NULL`),
      )
    }
    last = rows.at(-1) ?? last
    return rows.length
  }
}
