import type { Me } from '@goodword/contracts'
import { type Ctx, contextFor, type Services } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { clientAddress } from '../../../shared/router.ts'
import { addCookie, type Http, requestHeader } from '../../../shared/send.ts'
import { authenticateSecretKey, getKey } from '../keys/keys.ts'
import { getOrganization, namesOfOrganizations } from '../organizations/organizations.ts'
import { clientAddressHeader } from './authHeaders.ts'
import { describeInvitations } from './invitations.ts'
import { recordSeen } from './lastSeen.ts'
import { invitationsOf, memberIdentity, membershipsOf } from './members.ts'
import { readSession } from './session.ts'

/** Authenticates staff by a secret key or a console session. Throws unauthenticated. */
export const staffCredentials =
  (services: Services) =>
  async (http: Http): Promise<Ctx> => {
    const authorization = requestHeader(http, 'authorization')
    if (authorization !== undefined) {
      const [, secret] = /^Bearer (\S+)$/i.exec(authorization) ?? []
      if (!secret) throw new AppError('unauthenticated')
      return authenticateSecretKey(services, secret)
    }
    return contextOfSession(services, http)
  }

/** The session of the request. The response renews its cookies. Throws unauthenticated. */
export async function requireSession(services: Services, http: Http) {
  const { session, cookies } = await readSession(services, headersOf(http, services))
  setCookies(http, cookies)
  if (!session) throw new AppError('unauthenticated')
  return session
}

async function contextOfSession(services: Services, http: Http): Promise<Ctx> {
  const session = await requireSession(services, http)
  const memberships = await membershipsOf(services.database.read, session.personId)
  const membership = memberships.find(({ organizationId }) => organizationId === session.organizationId)
  if (!membership) throw new AppError('unauthenticated')
  const { id, organizationId, role } = membership
  recordSeen(services, membership)
  const { personId, id: sessionId } = session
  return contextFor(services, organizationId, { type: 'member', id, personId, role, sessionId })
}

/** The caller and their organization. */
export async function whoAmI(ctx: Ctx): Promise<Me> {
  const organization = await getOrganization(ctx, ctx.organizationId)
  const delivery = ctx.config.smtpUrl ? 'smtp' : 'kept'
  if (ctx.actor.type === 'key') {
    const { id, name, scopes } = await getKey(ctx, ctx.actor.id)
    return { actor: { type: 'key', id, name, scopes }, organization, organizations: [], invitations: [], delivery }
  }
  if (ctx.actor.type !== 'member') throw new AppError('unauthenticated')
  const { id, personId, role } = ctx.actor
  const { name, email } = await memberIdentity(ctx, id)
  const memberships = await membershipsOf(ctx.db, personId)
  const names = await namesOfOrganizations(
    ctx.db,
    memberships.map((membership) => membership.organizationId),
  )
  return {
    actor: { type: 'member', id, name, email, role },
    organization,
    organizations: memberships.map((membership) => ({
      id: membership.organizationId,
      name: names.get(membership.organizationId) ?? '',
      role: membership.role,
    })),
    invitations: await describeInvitations(ctx.db, await invitationsOf(ctx.db, personId)),
    delivery,
  }
}

/** The headers passed to the sign-in library: the browser's, and the client address as we know it. */
export function headersOf(http: Http, services: Services): Headers {
  const headers = new Headers()
  for (const name of ['cookie', 'user-agent']) {
    const value = http.req.header(name)
    if (value !== undefined) headers.set(name, value)
  }
  headers.set(clientAddressHeader, clientAddress(http, services))
  return headers
}

export function setCookies(http: Http, cookies: string[]): void {
  for (const cookie of cookies) addCookie(http, cookie)
}
