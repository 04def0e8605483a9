import { eq } from 'drizzle-orm'
import { type Config, channelsThatSend } from './config.ts'
import type { Database } from './database/database.ts'
import { installation } from './database/installation.table.ts'
import { openMigrated } from './database/opening.ts'
import { modules } from './modules.ts'
import { sealPlainSecrets } from './plainSecrets.ts'
import { fillProjections } from './projections.ts'
import type { Services } from './shared/context.ts'
import { createIds } from './shared/ids.ts'
import { createLog } from './shared/log.ts'
import { createSigner, newToken } from './shared/signer.ts'

export type OpenedServices = {
  services: Services
  /** How many migrations ran. */
  migrated: number
  close: () => Promise<void>
}

/**
 * Opens the database, brings it up to date and creates the services that every part of the server shares. Throws SettingError.
 */
export async function openServices(config: Config): Promise<OpenedServices> {
  const opened = await openMigrated(config)
  try {
    const services = await servicesOn(config, opened.database)
    if (opened.unfilled) await fillProjections(services)
    await sealPlainSecrets(services)
    return {
      services,
      migrated: opened.migrated,
      close: opened.database.close,
    }
  } catch (error) {
    await opened.database.close()
    throw error
  }
}

/** The services that every part of the server shares, on a database that is open and migrated. */
export async function servicesOn(config: Config, database: Database): Promise<Services> {
  const signer = createSigner(await installationSecret(database))
  const clock = Date.now
  const log = createLog(config.logLevel)
  const sends = channelsThatSend(config)
  return { config, database, clock, newId: createIds(clock), signer, log, sends, modules }
}

/** Generated once and stored in the database, so that links and sessions survive a restart. */
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
