import { lt } from 'drizzle-orm'
import type { Services } from '../../../shared/context.ts'
import { sessions, verifications } from './members.table.ts'

/** Forgets sign-in links and sessions that have run out. The library that made them reads the system's clock. */
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
