import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Queries } from '../../../database/queries.ts'
import { type Ctx, contextFor, type Services, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { hashLink, hashToken, newToken } from '../../../shared/signer.ts'
import { hashTraces, type RequestOrigin } from '../../../shared/traces.ts'
import { verifyAddress } from '../../people/contacts/contacts.ts'
import { recordTrace } from '../../program/advocates/traces.ts'
import { writeAudit } from './portal.audit.ts'
import { portalLinks, portalSessions } from './portal.table.ts'
import type { PortalScope } from './portal.ts'

const day = 86_400_000
const lifetimes = 30 * day
/** An unused full session expires sooner than one that may only view. */
const idle: Record<PortalScope, number> = { view: 30 * day, full: 7 * day }
const seenEvery = 10 * 60_000

export type OpenedSession = { token: string; scope: PortalScope; expiresAt: number }

/**
 * Opens the portal with a link's token: a `full` link once, a `view` link until it expires. Verifies the address the
 * link was sent to, because its owner opened it. Ends the previous session. Throws link_invalid.
 */
export function openPortal(
  services: Services,
  token: string,
  before: string | null,
  from?: RequestOrigin,
): Promise<OpenedSession> {
  return services.database.write(async (db) => {
    const now = services.clock()
    const link = await consumeLink(db, token, now)
    if (!link) throw new AppError('link_invalid')
    const actor = {
      type: 'contact',
      id: link.contactId,
      scope: link.scope,
      sessionId: services.newId('portalSession'),
    } as const
    const tx: Ctx = { ...contextFor(services, link.organizationId, actor), db, inTransaction: true }
    if (!(await verifyAddress(tx, link.addressId))) throw new AppError('link_invalid')
    if (before) await db.delete(portalSessions).where(eq(portalSessions.hash, hashToken(before)))
    const opened = { token: newToken(), scope: link.scope, expiresAt: now + lifetimes }
    await db.insert(portalSessions).values({
      id: actor.sessionId,
      organizationId: link.organizationId,
      contactId: link.contactId,
      addressId: link.addressId,
      scope: link.scope,
      hash: hashToken(opened.token),
      createdAt: now,
      lastSeenAt: now,
      expiresAt: opened.expiresAt,
    })
    if (from) await recordTrace(tx, link.contactId, hashTraces(tx, from))
    await writeAudit(tx, { action: 'portal.opened', subjectId: link.contactId, data: { scope: link.scope } })
    return opened
  })
}

/** The link of a token, used up if it only works once; undefined if it no longer works. */
async function consumeLink(db: Queries, token: string, now: number) {
  const works = and(eq(portalLinks.hash, hashLink(token)), gt(portalLinks.expiresAt, now))
  const [link] = await db.select().from(portalLinks).where(works)
  if (link?.scope !== 'full') return link
  const [used] = await db
    .update(portalLinks)
    .set({ usedAt: now })
    .where(and(works, isNull(portalLinks.usedAt)))
    .returning()
  return used
}

/** The session of a cookie's token. Throws unauthenticated. */
export async function resumeSession(services: Services, token: string | null, from?: RequestOrigin): Promise<Ctx> {
  const now = services.clock()
  const [session] = token
    ? await services.database.read
        .select()
        .from(portalSessions)
        .where(and(eq(portalSessions.hash, hashToken(token)), gt(portalSessions.expiresAt, now)))
    : []
  if (!session || session.lastSeenAt + idle[session.scope] <= now) throw new AppError('unauthenticated')
  const { contactId: id, scope, id: sessionId } = session
  const ctx = contextFor(services, session.organizationId, { type: 'contact', id, scope, sessionId })
  if (session.lastSeenAt + seenEvery <= now) {
    await transaction(ctx, async (tx) => {
      await tx.db.update(portalSessions).set({ lastSeenAt: now }).where(eq(portalSessions.id, sessionId))
      if (from) await recordTrace(tx, id, hashTraces(tx, from))
    })
  }
  return ctx
}

/** The contact whose session it is, and the address it was opened from. */
export async function currentSession(ctx: Ctx): Promise<{ contactId: string; addressId: string }> {
  if (ctx.actor.type !== 'contact') throw new AppError('unauthenticated')
  const [session] = await ctx.db
    .select({ contactId: portalSessions.contactId, addressId: portalSessions.addressId })
    .from(portalSessions)
    .where(and(eq(portalSessions.organizationId, ctx.organizationId), eq(portalSessions.id, ctx.actor.sessionId)))
  if (!session) throw new AppError('unauthenticated')
  return session
}

/** Signs out. An unknown token ends nothing. */
export const closePortal = (services: Services, token: string): Promise<unknown> =>
  services.database.write((db) => db.delete(portalSessions).where(eq(portalSessions.hash, hashToken(token))))
