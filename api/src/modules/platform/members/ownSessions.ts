import type { StaffSession } from '@goodword/contracts'
import { and, desc, eq, gt, ne } from 'drizzle-orm'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { sessions } from './members.table.ts'

/** The caller's sessions, most recently active first. A key has none. */
export async function listSessions(ctx: Ctx): Promise<{ items: StaffSession[] }> {
  const { actor } = ctx
  if (actor.type !== 'member') return { items: [] }
  const rows = await ctx.db
    .select()
    .from(sessions)
    // Sessions are kept by a library that uses the system clock.
    .where(and(eq(sessions.personId, actor.personId), gt(sessions.expiresAt, new Date())))
    .orderBy(desc(sessions.updatedAt), desc(sessions.id))
  const items = rows.map((row) => ({
    id: row.id,
    userAgent: row.userAgent,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.updatedAt.toISOString(),
    current: row.id === actor.sessionId,
  }))
  return { items }
}

/** Ends one session of the caller. Throws not_found, also for anyone else's session. */
export function endOwnSession(ctx: Ctx, id: string): Promise<undefined> {
  const { actor } = ctx
  if (actor.type !== 'member') throw new AppError('not_found')
  return transaction(ctx, async (tx) => {
    const mine = and(eq(sessions.id, id), eq(sessions.personId, actor.personId))
    const ended = await tx.db.delete(sessions).where(mine).returning({ id: sessions.id })
    if (ended.length === 0) throw new AppError('not_found')
    return undefined
  })
}

/** Ends all sessions of the caller except the current one. Returns those that are left. */
export function endOtherSessions(ctx: Ctx): Promise<{ items: StaffSession[] }> {
  return transaction(ctx, async (tx) => {
    const { actor } = tx
    if (actor.type !== 'member' || actor.sessionId === undefined) throw new AppError('forbidden')
    await tx.db.delete(sessions).where(and(eq(sessions.personId, actor.personId), ne(sessions.id, actor.sessionId)))
    return listSessions(tx)
  })
}
