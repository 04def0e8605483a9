import { eq } from 'drizzle-orm'
import type { Services } from '../../../shared/context.ts'
import { members } from './members.table.ts'

const seenEveryMs = 5 * 60_000

/** Records when a member was last active here. */
export const markSeen = (services: Services, id: string, at: number) =>
  services.database.write((tx) => tx.update(members).set({ lastSeenAt: at }).where(eq(members.id, id)))

/** Runs outside the request, so nobody waits for it. If it is lost, the next request records it. */
export function recordSeen(services: Services, member: { id: string; lastSeenAt: number | null }): void {
  const now = services.clock()
  if (now - (member.lastSeenAt ?? 0) < seenEveryMs) return
  markSeen(services, member.id, now).catch((error) =>
    services.log.warn({ err: error }, 'could not record when a member was last active'),
  )
}
