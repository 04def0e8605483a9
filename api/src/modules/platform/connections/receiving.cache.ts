import type { ConnectionMapping, Organization } from '@goodword/contracts'
import type { Database } from '../../../database/database.ts'
import { createReadCache } from '../../../database/readCache.ts'
import { contextFor, type Services } from '../../../shared/context.ts'
import { getOrganization } from '../organizations/organizations.ts'
import { type ConnectionRow, connectionById } from './connections.ts'
import { mappingInUse } from './mappings.ts'
import { secretsOf, type WorkingSecret } from './secrets.ts'

/** What is needed of a connection to receive its events and to read them. A deleted one has none of its secrets. */
export type Receiving = {
  connection: ConnectionRow
  /** Also those that have ended: see `worksAt`. */
  secrets: WorkingSecret[]
  mapping: ConnectionMapping | null
  organization: Organization
}

const maxKept = 500
/** Another server on the same remote database may delete a secret or pause a connection, which holds at once. */
const keptMs = { embedded: 60_000, remote: 0 }

const caches = new WeakMap<Database, ReturnType<typeof createReadCache<Receiving>>>()

function cacheOf(services: Services) {
  const known = caches.get(services.database)
  if (known) return known
  const cache = createReadCache<Receiving>(services, { max: maxKept, forMs: keptMs[services.database.kind] })
  caches.set(services.database, cache)
  return cache
}

/**
 * A connection by its id, whoever's it is, also a deleted one; undefined for an unknown one. Kept until it, its secrets, its
 * mapping or its organization change, because each event needs it when it is received and when it is read.
 */
export async function receivingOf(services: Services, id: string): Promise<Receiving | undefined> {
  const cache = cacheOf(services)
  return (
    cache.get(id) ??
    cache.read(id, async (read) => {
      const connection = await connectionById(read).get({ id })
      if (!connection) return undefined
      const reading = { ...services, database: { ...services.database, read } }
      const ctx = contextFor(reading, connection.organizationId, { type: 'system' })
      return {
        connection,
        secrets: await secretsOf(ctx, connection),
        mapping: await mappingInUse(ctx, connection),
        organization: await getOrganization(ctx, connection.organizationId),
      }
    })
  )
}
