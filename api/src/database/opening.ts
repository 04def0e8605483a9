import type { Config } from '../config.ts'
import { type Database, openDatabase } from './database.ts'
import { databasePath } from './databasePath.ts'
import { migrate } from './migrate.ts'
import { restrictFiles } from './privateFiles.ts'
import { projectionFills } from './projectionFills.table.ts'

export type OpenedDatabase = {
  database: Database
  /** How many migrations ran. */
  migrated: number
  /** Whether projections are still to be filled (see projections.ts). */
  unfilled: boolean
}

/** Opens the database and migrates its schema. Throws SettingError. */
export async function openMigrated(
  config: Pick<Config, 'databaseUrl' | 'databaseAuthToken' | 'logLevel'>,
): Promise<OpenedDatabase> {
  const path = databasePath(config.databaseUrl)
  const files = path === null ? [] : restrictFiles(path)
  const database = openDatabase(config)
  try {
    const migrated = await migrate(database)
    const unfilled = (await database.read.select().from(projectionFills).limit(1)).length > 0
    if (files.length > 0) {
      const { createLog } = await import('../shared/log.ts')
      createLog(config.logLevel).warn({ files }, 'other users of this computer could read these files; now they cannot')
    }
    return { database, migrated, unfilled }
  } catch (error) {
    await database.close()
    throw error
  }
}
