import { normalizeEmail } from '@goodword/domain'
import { isAPIError } from 'better-auth/api'
import { eq } from 'drizzle-orm'
import type { Ctx, Services } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { hashToken, newToken } from '../../../shared/signer.ts'
import { queueMessage } from '../messages/messages.ts'
import { namesOfOrganizations } from '../organizations/organizations.ts'
import { persons, sessions, verifications } from './members.table.ts'
import { membershipsOf } from './members.ts'
import { staffAuth } from './staffAuth.ts'

const absoluteMs = 30 * 24 * 3_600_000

/**
 * Queues a sign-in link when the address is a member's. Nobody can tell from the answer or the work: for an unknown
 * address a decoy that has run out already is written instead.
 */
export async function requestMemberLink(services: Services, email: string): Promise<void> {
  const address = normalizeEmail(email)
  await services.database.write(async (db) => {
    const [person] = await db.select().from(persons).where(eq(persons.email, address))
    const [membership] = await membershipsOf(db, person?.id ?? '')
    if (!person || !membership) {
      const past = new Date(0)
      const decoy = { identifier: hashToken(newToken()), value: hashToken(address), expiresAt: past, createdAt: past }
      await db.insert(verifications).values({ id: services.newId('verification'), ...decoy, updatedAt: past })
      return
    }
    const names = await namesOfOrganizations(db, [membership.organizationId])
    await queueMessage(
      { ...services, db },
      {
        organizationId: null,
        personId: person.id,
        mentions: [],
        channel: 'email',
        template: 'member_sign_in',
        to: person.email,
        name: person.name,
        values: { organizationName: names.get(membership.organizationId) ?? null },
        link: 'member_sign_in',
      },
    )
  })
}

/** A token for a sign-in link: 10 minutes, once. Only its hash is kept. Throws not_found for a person who is gone. */
export async function createMemberSignInToken(services: Services, personId: string): Promise<string> {
  const [person] = await services.database.read.select().from(persons).where(eq(persons.id, personId))
  if (!person) throw new AppError('not_found')
  let token = ''
  await staffAuth(services).api.signInMagicLink({
    body: {
      email: person.email,
      metadata: {
        receive: (made: string) => {
          token = made
        },
      },
    },
    headers: new Headers(),
  })
  return token
}

/**
 * Uses a sign-in link: a new session, whose cookies are answered, and the end of the one the browser had. Throws
 * link_invalid when the link was used, has run out or was never ours.
 */
export async function openSession(services: Services, token: string, headers: Headers): Promise<string[]> {
  const { api } = staffAuth(services)
  const opened = await api.magicLinkVerify({ query: { token }, headers, returnHeaders: true }).catch((error) => {
    if (isAPIError(error)) throw new AppError('link_invalid', { cause: error })
    throw error
  })
  if (headers.has('cookie')) await api.signOut({ headers })
  return opened.headers.getSetCookie()
}

/** Ends the session of the request, if it has one; answers the cookies that say so. */
export async function endSession(services: Services, headers: Headers): Promise<string[]> {
  const ended = await staffAuth(services).api.signOut({ headers, returnHeaders: true })
  return ended.headers.getSetCookie()
}

export type StaffSession = { id: string; personId: string; organizationId: string | null }

/**
 * The session of a request and the cookies that prolong it: 7 days without a visit end it, 30 days do in any case.
 * Null when there is none. The library reads the system's clock, and so does this.
 */
export async function readSession(
  services: Services,
  headers: Headers,
): Promise<{ session: StaffSession | null; cookies: string[] }> {
  const found = await staffAuth(services).api.getSession({ headers, returnHeaders: true })
  const cookies = found.headers.getSetCookie()
  if (!found.response) return { session: null, cookies }
  const { id } = found.response.session
  const [row] = await services.database.read.select().from(sessions).where(eq(sessions.id, id))
  if (!row) return { session: null, cookies }
  if (row.createdAt.getTime() + absoluteMs <= Date.now()) {
    return { session: null, cookies: await endSession(services, headers) }
  }
  return { session: { id, personId: row.personId, organizationId: row.organizationId }, cookies }
}

/** From now on the session that asks works in this organization; whoever calls has made sure that it may. */
export async function moveSession(tx: Ctx, organizationId: string): Promise<void> {
  const { actor } = tx
  if (actor.type !== 'member' || actor.sessionId === undefined) return
  await tx.db.update(sessions).set({ organizationId }).where(eq(sessions.id, actor.sessionId))
}

/** From now on the session works in another organization of its person. Throws not_found when they are no member of it. */
export async function switchOrganization(
  services: Services,
  session: StaffSession,
  organizationId: string,
): Promise<undefined> {
  await services.database.write(async (db) => {
    const memberships = await membershipsOf(db, session.personId)
    if (!memberships.some((membership) => membership.organizationId === organizationId)) throw new AppError('not_found')
    await db.update(sessions).set({ organizationId }).where(eq(sessions.id, session.id))
  })
  return undefined
}
