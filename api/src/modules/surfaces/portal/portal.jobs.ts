import { inArray, lt } from 'drizzle-orm'
import type { Services } from '../../../shared/context.ts'
import { portalLinks, portalSessions } from './portal.table.ts'

const batch = 100
/** For this long, an expired link can still be exchanged for a new one, sent to the same address. */
const renewableMs = 180 * 86_400_000

/** Deletes expired links and sessions, in batches. Returns how many. */
export const pruneLinks = (services: Services): Promise<number> =>
  services.database.write(async (tx) => {
    const now = services.clock()
    const links = tx
      .select({ hash: portalLinks.hash })
      .from(portalLinks)
      .where(lt(portalLinks.expiresAt, now - renewableMs))
      .limit(batch)
    const goneLinks = await tx
      .delete(portalLinks)
      .where(inArray(portalLinks.hash, links))
      .returning({ hash: portalLinks.hash })
    const sessions = tx
      .select({ id: portalSessions.id })
      .from(portalSessions)
      .where(lt(portalSessions.expiresAt, now))
      .limit(batch)
    const goneSessions = await tx
      .delete(portalSessions)
      .where(inArray(portalSessions.id, sessions))
      .returning({ id: portalSessions.id })
    return goneLinks.length + goneSessions.length
  })
