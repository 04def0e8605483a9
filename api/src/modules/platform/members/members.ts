import type { InviteMember, Member } from '@goodword/contracts'
import { and, asc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import { type Actor, type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { queueMessage } from '../messages/messages.ts'
import { getOrganization } from '../organizations/organizations.ts'
import { addInvitation, memberOf } from './admission.ts'
import { isActive, members, persons } from './members.table.ts'

/** Members and invited people of the organization, oldest first. */
export async function listMembers(ctx: Ctx): Promise<{ items: Member[] }> {
  const rows = await membersOf(ctx.db).all({ organizationId: ctx.organizationId })
  return { items: rows.map(memberOf) }
}

const membersOf = prepared((db) =>
  db
    .select(toMember)
    .from(members)
    .innerJoin(persons, eq(persons.id, members.personId))
    .where(and(eq(members.organizationId, sql.placeholder('organizationId')), isNull(members.removedAt)))
    .orderBy(asc(members.createdAt), asc(members.id))
    .prepare(),
)

/**
 * Invites a person, who becomes a member by accepting. The response doesn't reveal whether another organization knows
 * the address. Throws member_exists, or forbidden when someone other than an owner names an owner.
 */
export function inviteMember(ctx: Ctx, input: InviteMember): Promise<Member> {
  if (input.role === 'owner' && !mayNameOwners(ctx.actor)) {
    throw new AppError('forbidden', { detail: 'Only an owner can make another owner.' })
  }
  return transaction(ctx, async (tx) => {
    const { personId, ...member } = await addInvitation(tx, input)
    await sendInvitation(tx, { ...member, personId })
    return member
  })
}

/** Queues a sign-in link that opens this organization, or its invitation. */
export async function sendInvitation(tx: Ctx, member: Member & { personId: string }): Promise<void> {
  const { name } = await getOrganization(tx, tx.organizationId)
  await queueSignInLink(tx, { ...member, accepted: member.status === 'active', organizationName: name })
}

type SignInLink = {
  id: string
  personId: string
  email: string
  name: string
  accepted: boolean
  organizationName: string
}

/** Queues a sign-in link for the organization of this membership. */
export async function queueSignInLink(tx: Parameters<typeof queueMessage>[0], member: SignInLink): Promise<void> {
  await queueMessage(tx, {
    organizationId: null,
    mentions: [],
    personId: member.personId,
    memberId: member.id,
    channel: 'email',
    template: 'member_sign_in',
    to: member.email,
    name: member.name,
    values: { organizationName: member.organizationName, invited: !member.accepted },
    link: 'member_sign_in',
  })
}

/** A member's name in the organization, and their email address. Throws not_found. */
export async function memberIdentity(ctx: Ctx, id: string): Promise<{ name: string; email: string }> {
  const [member] = await ctx.db
    .select({ name: members.name, email: persons.email })
    .from(members)
    .innerJoin(persons, eq(persons.id, members.personId))
    .where(and(eq(members.organizationId, ctx.organizationId), eq(members.id, id)))
  if (!member) throw new AppError('not_found')
  return member
}

export type Membership = Pick<
  typeof members.$inferSelect,
  'id' | 'organizationId' | 'personId' | 'name' | 'role' | 'acceptedAt' | 'lastSeenAt'
>

const placesOf = (queries: Ctx['db'], personId: string, which: SQL): Promise<Membership[]> =>
  queries
    .select({
      id: members.id,
      organizationId: members.organizationId,
      personId: members.personId,
      name: members.name,
      role: members.role,
      acceptedAt: members.acceptedAt,
      lastSeenAt: members.lastSeenAt,
    })
    .from(members)
    .where(and(eq(members.personId, personId), isNull(members.removedAt), which))
    .orderBy(asc(members.createdAt), asc(members.id))

/** A person's memberships, oldest first. */
export const membershipsOf = (queries: Ctx['db'], personId: string): Promise<Membership[]> =>
  placesOf(queries, personId, isNotNull(members.acceptedAt))

/** A person's pending invitations, oldest first. */
export const invitationsOf = (queries: Ctx['db'], personId: string): Promise<Membership[]> =>
  placesOf(queries, personId, isNull(members.acceptedAt))

/** The organization a person last worked in, or else the first they joined. */
export const lastOrganizationOf = (memberships: Membership[]): Membership | undefined =>
  memberships.reduce<Membership | undefined>(
    (last, one) => (last && (last.lastSeenAt ?? 0) >= (one.lastSeenAt ?? 0) ? last : one),
    undefined,
  )

/** The organization's oldest owner and the person behind them; null if there is none. */
export async function firstOwner(ctx: Ctx): Promise<{ personId: string; name: string; email: string } | null> {
  const [owner] = await ctx.db
    .select({ personId: persons.id, name: members.name, email: persons.email })
    .from(members)
    .innerJoin(persons, eq(persons.id, members.personId))
    .where(and(eq(members.organizationId, ctx.organizationId), eq(members.role, 'owner'), isActive))
    .orderBy(asc(members.createdAt), asc(members.id))
    .limit(1)
  return owner ?? null
}

const mayNameOwners = (actor: Actor) => actor.type === 'system' || (actor.type === 'member' && actor.role === 'owner')

const toMember = {
  id: members.id,
  name: members.name,
  email: persons.email,
  role: members.role,
  createdAt: members.createdAt,
  acceptedAt: members.acceptedAt,
  lastSeenAt: members.lastSeenAt,
}
