import type { Config } from '../config.ts'
import { type Database, openDatabase } from './database.ts'
import { databasePath } from './databasePath.ts'
import { migrate } from './migrate.ts'
import { restrictFiles } from './privateFiles.ts'

export type OpenedDatabase = {
  database: Database
  /** How many migrations ran. */
  migrated: number
}

/** Opens the database and brings it up to date. Throws SettingError. */
export async function openMigrated(
  config: Pick<Config, 'databaseUrl' | 'databaseAuthToken' | 'logLevel'>,
): Promise<OpenedDatabase> {
  const path = databasePath(config.databaseUrl)
  const files = path === null ? [] : restrictFiles(path)
  const database = openDatabase(config)
  try {
    const migrated = await migrate(database)
    if (files.length > 0) {
      const { createLog } = await import('../shared/log.ts')
      createLog(config.logLevel).warn({ files }, 'other users of this computer could read these files; now they cannot')
    }
    return { database, migrated }
  } catch (error) {
    await database.close()
    throw error
  }
}
