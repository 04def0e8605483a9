import { inArray, lt } from 'drizzle-orm'
import type { Services } from '../../../shared/context.ts'
import { sessions, verifications } from './members.table.ts'

const batch = 100

/**
 * Deletes a batch of expired sign-in links and sessions. They expire by the system clock, which the library uses.
 * Returns how many.
 */
export const pruneSignIns = (services: Services): Promise<number> =>
  services.database.write(async (tx) => {
    const now = new Date()
    let gone = 0
    for (const table of [verifications, sessions] as const) {
      const expired = tx.select({ id: table.id }).from(table).where(lt(table.expiresAt, now)).limit(batch)
      gone += (await tx.delete(table).where(inArray(table.id, expired)).returning({ id: table.id })).length
    }
    return gone
  })
