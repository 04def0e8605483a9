import { eq } from 'drizzle-orm'
import type { Services } from '../../../shared/context.ts'
import { members } from './members.table.ts'

const seenEveryMs = 5 * 60_000

/** Notes when a member worked here last. */
export const markSeen = (services: Services, id: string, at: number) =>
  services.database.write((tx) => tx.update(members).set({ lastSeenAt: at }).where(eq(members.id, id)))

/** Beside the request: nobody waits for it, and a lost one is made up for by the next. */
export function recordSeen(services: Services, member: { id: string; lastSeenAt: number | null }): void {
  const now = services.clock()
  if (now - (member.lastSeenAt ?? 0) < seenEveryMs) return
  markSeen(services, member.id, now).catch((error) =>
    services.log.warn({ err: error }, 'the presence of a member was not noted'),
  )
}
