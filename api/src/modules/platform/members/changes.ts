import type { ChangeMember, Member, Role } from '@goodword/contracts'
import { mayChangeMember } from '@goodword/domain'
import { and, eq, isNull, ne } from 'drizzle-orm'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { memberOf } from './admission.ts'
import { writeAudit } from './members.audit.ts'
import { isActive, members, persons, sessions, verifications } from './members.table.ts'
import { sendInvitation } from './members.ts'

/** Changes a member's role. Throws not_found, forbidden, or last_owner. */
export function changeRole(ctx: Ctx, id: string, { role }: ChangeMember): Promise<Member> {
  return transaction(ctx, async (tx) => {
    const member = await currentOrInvitedMember(tx, id)
    await assertMayManage(tx, [member.role, role])
    if (member.role === role) return memberOf(member)
    if (member.role === 'owner') await assertOwnerRemains(tx, id)
    await tx.db.update(members).set({ role }).where(eq(members.id, id))
    await writeAudit(tx, { action: 'member.role_changed', subjectId: id, data: { from: member.role, to: role } })
    return memberOf({ ...member, role })
  })
}

/**
 * Removes a member or cancels an invitation. Their sessions and links for this organization end immediately, those for
 * others continue. What they did keeps their name. Throws not_found, forbidden, or last_owner.
 */
export function removeMember(ctx: Ctx, id: string): Promise<undefined> {
  return transaction(ctx, async (tx) => {
    const member = await currentOrInvitedMember(tx, id)
    await assertMayManage(tx, [member.role])
    if (member.role === 'owner') await assertOwnerRemains(tx, id)
    await tx.db.update(members).set({ removedAt: tx.clock() }).where(eq(members.id, id))
    const here = eq(sessions.organizationId, tx.organizationId)
    await tx.db.delete(sessions).where(and(eq(sessions.personId, member.personId), here))
    await tx.db.delete(verifications).where(eq(verifications.memberId, id))
    const action = member.acceptedAt === null ? 'member.invitation_canceled' : 'member.removed'
    await writeAudit(tx, { action, subjectId: id, data: { role: member.role } })
    return undefined
  })
}

/** Sends a member another sign-in link. Throws not_found or forbidden. */
export function resendMemberInvitation(ctx: Ctx, id: string): Promise<Member> {
  return transaction(ctx, async (tx) => {
    const member = await currentOrInvitedMember(tx, id)
    await assertMayManage(tx, [])
    await sendInvitation(tx, { ...memberOf(member), personId: member.personId })
    await writeAudit(tx, { action: 'member.invitation_resent', subjectId: id })
    return memberOf(member)
  })
}

/** A member or an invited person. */
async function currentOrInvitedMember(tx: Ctx, id: string) {
  const [row] = await tx.db
    .select({
      id: members.id,
      personId: members.personId,
      name: members.name,
      email: persons.email,
      role: members.role,
      createdAt: members.createdAt,
      acceptedAt: members.acceptedAt,
      lastSeenAt: members.lastSeenAt,
    })
    .from(members)
    .innerJoin(persons, eq(persons.id, members.personId))
    .where(and(eq(members.organizationId, tx.organizationId), eq(members.id, id), isNull(members.removedAt)))
  if (!row) throw new AppError('not_found')
  return row
}

/** Reads the caller's role again, because it may have been changed between the request and this transaction. */
async function assertMayManage(tx: Ctx, subjects: Role[]): Promise<void> {
  for (const role of await rolesOfActor(tx)) {
    if (!mayChangeMember(role, 'staff')) throw new AppError('forbidden')
    if (subjects.some((subject) => !mayChangeMember(role, subject)))
      throw new AppError('forbidden', { detail: 'Only an owner makes, changes or removes an owner.' })
  }
}

async function rolesOfActor(tx: Ctx): Promise<Role[]> {
  const { actor } = tx
  if (actor.type === 'system') return []
  if (actor.type === 'key' && actor.scopes.includes('settings:write')) return ['admin']
  if (actor.type !== 'member') throw new AppError('forbidden')
  const [now] = await tx.db
    .select({ role: members.role })
    .from(members)
    .where(and(eq(members.id, actor.id), eq(members.organizationId, tx.organizationId), isActive))
  if (!now) throw new AppError('forbidden')
  return [actor.role, now.role]
}

/** Writes run one after the other, so if two owners step down at once, the second one is refused as the last. */
async function assertOwnerRemains(tx: Ctx, id: string): Promise<void> {
  const [other] = await tx.db
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.organizationId, tx.organizationId), eq(members.role, 'owner'), isActive, ne(members.id, id)))
    .limit(1)
  if (!other) throw new AppError('last_owner')
}
