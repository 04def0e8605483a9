import { eq } from 'drizzle-orm'
import pino from 'pino'
import type { Config } from './config.ts'
import { type Database, databasePath, openDatabase } from './database/database.ts'
import { installation } from './database/installation.table.ts'
import { migrate } from './database/migrate.ts'
import { type Ownership, ownerOf, takeOwnership } from './database/ownership.ts'
import { tightenFiles } from './database/privateFiles.ts'
import { modules } from './modules.ts'
import type { Services } from './shared/context.ts'
import { createIds } from './shared/ids.ts'
import { SettingError } from './shared/settingError.ts'
import { createSigner, newToken } from './shared/signer.ts'

export type OpenedServices = {
  services: Services
  /** How many migrations ran. */
  migrated: number
  close: () => Promise<void>
}

/**
 * Takes the embedded file for this process; a database server needs no owner and answers null. Throws SettingError when
 * another process has the file or its folder cannot be written.
 */
export function ownDatabase(url: string): Ownership | null {
  const path = databasePath(url)
  if (path === null) return null
  const ownership = tryToOwn(path)
  if (ownership) return ownership
  const owner = ownerOf(path)
  const who = owner ? `by process ${owner.pid}, at ${owner.url}` : 'by a process that is just starting'
  throw new SettingError(`The database ${path} is in use ${who}. Stop that process or set DATABASE_URL.`)
}

/** The same, or null when another process has the file. */
export function tryToOwn(path: string): Ownership | null {
  try {
    return takeOwnership(path)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new SettingError(
      `The database ${path} cannot be opened: ${why}. Check DATABASE_URL and that its folder can be written.`,
    )
  }
}

/** Opens the database, brings it up to date and makes what every part of the server shares. Throws SettingError. */
export async function openServices(config: Config): Promise<OpenedServices> {
  const path = databasePath(config.databaseUrl)
  const tightened = path === null ? [] : tightenFiles(path)
  const database = openDatabase(config)
  try {
    const migrated = await migrate(database)
    const signer = createSigner(await installationSecret(database))
    const clock = Date.now
    const log = createLog(config.logLevel)
    if (tightened.length > 0)
      log.warn({ files: tightened }, 'other users of this computer could read these files; now they cannot')
    const services = { config, database, clock, newId: createIds(clock), signer, log, modules }
    return { services, migrated, close: () => database.close() }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Made once and kept with the data, so that links and sessions outlive a restart. */
function installationSecret(database: Database): Promise<string> {
  return database.write(async (tx) => {
    const named = eq(installation.name, 'secret')
    const [known] = await tx.select().from(installation).where(named)
    if (known) return known.value
    const value = newToken()
    await tx.insert(installation).values({ name: 'secret', value })
    return value
  })
}

/** A failed query names its values, which may be a person's: they stay out of the log. */
function createLog(level: Config['logLevel']) {
  const withoutValues = (text: string | undefined) => text?.replace(/\nparams: [^\n]*/g, '') ?? ''
  const err = (error: Error) => {
    const told = pino.stdSerializers.err(error)
    return { ...told, params: undefined, message: withoutValues(told.message), stack: withoutValues(told.stack) }
  }
  return pino({ level, base: null, serializers: { err } }, pino.destination({ dest: 2, sync: true }))
}
