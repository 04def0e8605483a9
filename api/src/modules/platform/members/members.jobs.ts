import { lt } from 'drizzle-orm'
import type { Services } from '../../../shared/context.ts'
import { sessions, verifications } from './members.table.ts'

/** Deletes expired sign-in links and sessions. They expire by the system clock, which the library uses. */
export const pruneSignIns = (services: Services): Promise<number> =>
  services.database.write(async (tx) => {
    const now = new Date()
    const links = await tx
      .delete(verifications)
      .where(lt(verifications.expiresAt, now))
      .returning({ id: verifications.id })
    const ended = await tx.delete(sessions).where(lt(sessions.expiresAt, now)).returning({ id: sessions.id })
    return links.length + ended.length
  })
