import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../src/database/database.ts'
import { migrate } from '../src/database/migrate.ts'

/** Creates a database file once per process and returns its bytes, to be copied as often as needed. */
export function databaseTemplate(fill: (url: string) => Promise<void>): () => Promise<Buffer> {
  let made: Promise<Buffer> | undefined
  const make = async () => {
    const folder = mkdtempSync(join(tmpdir(), 'goodword-'))
    const file = join(folder, 'goodword.db')
    try {
      await fill(`file:${file}`)
      return readFileSync(file)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  return () => {
    made ??= make()
    return made
  }
}

/** An empty, migrated database. */
export const migratedDatabase = databaseTemplate(async (databaseUrl) => {
  const database = openDatabase({ databaseUrl, databaseAuthToken: undefined })
  await migrate(database)
  await database.close()
})
