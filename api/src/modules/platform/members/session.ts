import type { Invitation } from '@goodword/contracts'
import { normalizeEmail } from '@goodword/domain'
import { and, eq, isNull } from 'drizzle-orm'
import type { Queries } from '../../../database/queries.ts'
import type { Ctx, Services } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { hashToken, newToken } from '../../../shared/signer.ts'
import { namesOfOrganizations } from '../organizations/organizations.ts'
import { organizationHeader } from './authHeaders.ts'
import { describeInvitations } from './invitations.ts'
import { members, persons, sessions, verifications } from './members.table.ts'
import { invitationsOf, lastOrganizationOf, type Membership, membershipsOf, queueSignInLink } from './members.ts'
import type { StaffSession } from './staffSession.ts'

const absoluteMs = 30 * 24 * 3_600_000

/** Loaded on the first sign-in, because it takes a third as long to load as the rest of the server. */
const authOf = async (services: Services) => (await import('./staffAuth.ts')).staffAuth(services)

/**
 * Queues a sign-in link if the address is a member's. Neither the response nor the time it takes reveals whether it is:
 * for an unknown address, an expired decoy is written instead.
 */
export async function requestMemberLink(services: Services, email: string): Promise<void> {
  const address = normalizeEmail(email)
  await services.database.write(async (db) => {
    const [person] = await db.select().from(persons).where(eq(persons.email, address))
    const membership = await placeToOpen(db, person?.id ?? '')
    if (!person || !membership) {
      const past = new Date(0)
      const decoy = { identifier: hashToken(newToken()), value: hashToken(address), expiresAt: past, createdAt: past }
      await db.insert(verifications).values({ id: services.newId('verification'), ...decoy, updatedAt: past })
      return
    }
    const { organizationId, acceptedAt } = membership
    const organizationName = (await namesOfOrganizations(db, [organizationId])).get(organizationId) ?? ''
    const link = { ...membership, email: person.email, accepted: acceptedAt !== null, organizationName }
    await queueSignInLink({ ...services, db }, link)
  })
}

/**
 * Where a person signs in if nothing else decides: the organization they last worked in, else the one that invited
 * them.
 */
async function placeToOpen(db: Queries, personId: string): Promise<Membership | undefined> {
  return lastOrganizationOf(await membershipsOf(db, personId)) ?? (await invitationsOf(db, personId))[0]
}

/**
 * Creates a token for a sign-in link: valid once, for 10 minutes. It opens the member's organization, else the one the
 * person last worked in. Only its hash is stored. Throws not_found for a person without an organization.
 */
export async function createMemberSignInToken(
  services: Services,
  personId: string,
  memberId?: string | null,
): Promise<string> {
  const [person] = await services.database.read.select().from(persons).where(eq(persons.id, personId))
  const opens = memberId ?? (await placeToOpen(services.database.read, personId))?.id
  if (!person || !opens) throw new AppError('not_found')
  let token = ''
  await (await authOf(services)).api.signInMagicLink({
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
  await services.database.write((db) =>
    db
      .update(verifications)
      .set({ memberId: opens })
      .where(eq(verifications.identifier, hashToken(token))),
  )
  return token
}

/**
 * Uses a sign-in link: starts a session in the link's organization, returns its cookies, and ends the browser's
 * previous session. A person who hasn't accepted yet is signed in where they are already a member, if anywhere. Throws
 * link_invalid if the link was used, has expired, was never issued, or its member was removed.
 */
export async function openSession(
  services: Services,
  token: string,
  given: Headers,
): Promise<{ cookies: string[]; invitation: Invitation | null }> {
  const { api } = await authOf(services)
  const member = await memberOfLink(services, token)
  if (!member) throw new AppError('link_invalid')
  const { read } = services.database
  const invited = member.acceptedAt === null
  const home = invited ? (lastOrganizationOf(await membershipsOf(read, member.personId)) ?? member) : member
  const headers = new Headers(given)
  headers.set(organizationHeader, home.organizationId)
  const opened = await api.magicLinkVerify({ query: { token }, headers, returnHeaders: true }).catch(async (error) => {
    const { isAPIError } = await import('better-auth/api')
    if (isAPIError(error)) throw new AppError('link_invalid', { cause: error })
    throw error
  })
  if (headers.has('cookie')) await api.signOut({ headers })
  const [invitation = null] = invited ? await describeInvitations(read, [member]) : []
  return { cookies: opened.headers.getSetCookie(), invitation }
}

async function memberOfLink({ database }: Services, token: string): Promise<Membership | undefined> {
  const [found] = await database.read
    .select({ member: members })
    .from(verifications)
    .innerJoin(members, eq(members.id, verifications.memberId))
    .where(and(eq(verifications.identifier, hashToken(token)), isNull(members.removedAt)))
  return found?.member
}

/** Ends the session of the request, if there is one. Returns the cookies that clear it. */
export async function endSession(services: Services, headers: Headers): Promise<string[]> {
  const ended = await (await authOf(services)).api.signOut({ headers, returnHeaders: true })
  return ended.headers.getSetCookie()
}

/**
 * The session of a request and the cookies that renew it. A session ends after 7 days without a visit, and after 30
 * days in any case. Null if there is none. Uses the system clock, as the library does.
 */
export async function readSession(
  services: Services,
  headers: Headers,
): Promise<{ session: StaffSession | null; cookies: string[] }> {
  const found = await (await authOf(services)).api.getSession({ headers, returnHeaders: true })
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

/** Moves the current session to this organization. The caller has checked that it may. */
export async function moveSession(tx: Ctx, organizationId: string): Promise<void> {
  const { actor } = tx
  if (actor.type !== 'member' || actor.sessionId === undefined) return
  await tx.db.update(sessions).set({ organizationId }).where(eq(sessions.id, actor.sessionId))
}

/** Switches the session to another of the person's organizations. Throws not_found if they aren't a member of it. */
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
