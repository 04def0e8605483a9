import type { Config } from '../config.ts'
import { type Database, openDatabase } from './database.ts'
import { databasePath } from './databasePath.ts'
import { migrate } from './migrate.ts'
import { tightenFiles } from './privateFiles.ts'

export type OpenedDatabase = {
  database: Database
  /** How many migrations ran. */
  migrated: number
  /** The files that other users of this computer could read until now. */
  tightened: string[]
}

/** Opens the database and brings it up to date. Throws SettingError. */
export async function openMigrated(config: Pick<Config, 'databaseUrl' | 'databaseAuthToken'>): Promise<OpenedDatabase> {
  const path = databasePath(config.databaseUrl)
  const tightened = path === null ? [] : tightenFiles(path)
  const database = openDatabase(config)
  try {
    return { database, migrated: await migrate(database), tightened }
  } catch (error) {
    await database.close()
    throw error
  }
}
