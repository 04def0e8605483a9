import type { Invitation } from '@goodword/contracts'
import { and, eq, isNull } from 'drizzle-orm'
import type { Queries } from '../../../database/queries.ts'
import { type Ctx, contextFor, type Services } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { namesOfOrganizations } from '../organizations/organizations.ts'
import { writeAudit } from './members.audit.ts'
import { members, sessions } from './members.table.ts'
import { invitationsOf, lastOrganizationOf, type Membership, membershipsOf } from './members.ts'
import type { StaffSession } from './staffSession.ts'

/** Invitations from the invited person's point of view. */
export async function describeInvitations(queries: Queries, invitations: Membership[]): Promise<Invitation[]> {
  const ids = invitations.map(({ organizationId }) => organizationId)
  const names = await namesOfOrganizations(queries, ids)
  return invitations.map(({ id, organizationId, name, role }) => ({
    id,
    organization: { id: organizationId, name: names.get(organizationId) ?? '' },
    name,
    role,
  }))
}

/** The session's invitations, oldest first. */
export async function listInvitations({ database }: Services, session: StaffSession): Promise<{ items: Invitation[] }> {
  const { read } = database
  return { items: await describeInvitations(read, await invitationsOf(read, session.personId)) }
}

/**
 * Accepts an invitation; the session works in that organization from now on. Throws not_found for anyone else's
 * invitation.
 */
export async function acceptInvitation(services: Services, session: StaffSession, id: string): Promise<undefined> {
  await answering(services, session, id, async (tx, { organizationId }) => {
    await tx.db.update(members).set({ acceptedAt: tx.clock() }).where(eq(members.id, id))
    await tx.db.update(sessions).set({ organizationId }).where(eq(sessions.id, session.id))
    await writeAudit(tx, { action: 'member.accepted', subjectId: id })
  })
}

/**
 * Declines an invitation. The session stays where the person is a member, or ends if they have no membership. Throws
 * not_found for anyone else's invitation.
 */
export async function declineInvitation(services: Services, session: StaffSession, id: string): Promise<undefined> {
  await answering(services, session, id, async (tx, { organizationId, personId }) => {
    await tx.db.update(members).set({ removedAt: tx.clock() }).where(eq(members.id, id))
    const home = lastOrganizationOf(await membershipsOf(tx.db, personId))
    const there = and(eq(sessions.personId, personId), eq(sessions.organizationId, organizationId))
    if (home) await tx.db.update(sessions).set({ organizationId: home.organizationId }).where(there)
    else await tx.db.delete(sessions).where(there)
    await writeAudit(tx, { action: 'member.declined', subjectId: id })
  })
}

/** Runs a transaction on a pending invitation as the invited person. */
function answering(
  services: Services,
  { personId, id: sessionId }: StaffSession,
  id: string,
  work: (tx: Ctx, invitation: typeof members.$inferSelect) => Promise<void>,
): Promise<void> {
  return services.database.write(async (db) => {
    const waits = and(isNull(members.acceptedAt), isNull(members.removedAt))
    const [invitation] = await db
      .select()
      .from(members)
      .where(and(eq(members.id, id), eq(members.personId, personId), waits))
    if (!invitation) throw new AppError('not_found')
    const { organizationId, role } = invitation
    const ctx = contextFor(services, organizationId, { type: 'member', id, personId, role, sessionId })
    await work({ ...ctx, db, inTransaction: true }, invitation)
  })
}
