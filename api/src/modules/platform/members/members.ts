import type { InviteMember, Member } from '@goodword/contracts'
import { and, asc, eq, isNull } from 'drizzle-orm'
import { type Actor, type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { queueMessage } from '../messages/messages.ts'
import { getOrganization } from '../organizations/organizations.ts'
import { addMember, memberOf } from './admission.ts'
import { members, persons } from './members.table.ts'

/** The members of the organization, oldest first. */
export async function listMembers(ctx: Ctx): Promise<{ items: Member[] }> {
  const rows = await ctx.db
    .select(shown)
    .from(members)
    .innerJoin(persons, eq(persons.id, members.personId))
    .where(and(eq(members.organizationId, ctx.organizationId), isNull(members.removedAt)))
    .orderBy(asc(members.createdAt), asc(members.id))
  return { items: rows.map(memberOf) }
}

/** Adds a member and sends them a sign-in link. Throws member_exists, or forbidden when someone else names an owner. */
export function inviteMember(ctx: Ctx, input: InviteMember): Promise<Member> {
  if (input.role === 'owner' && !mayNameOwners(ctx.actor)) {
    throw new AppError('forbidden', { detail: 'Only an owner can make another owner.' })
  }
  return transaction(ctx, async (tx) => {
    const { personId, ...member } = await addMember(tx, input)
    await sendInvitation(tx, { ...member, personId })
    return member
  })
}

/** Queues a sign-in link for a member. */
export async function sendInvitation(
  tx: Ctx,
  { personId, email, name }: { personId: string; email: string; name: string },
): Promise<void> {
  await queueMessage(tx, {
    organizationId: null,
    mentions: [],
    personId,
    channel: 'email',
    template: 'member_sign_in',
    to: email,
    name,
    values: { organizationName: (await getOrganization(tx, tx.organizationId)).name },
    link: 'member_sign_in',
  })
}

/** Whoever is behind a member. Throws not_found. */
export async function personOf(ctx: Ctx, personId: string): Promise<{ name: string; email: string }> {
  const [person] = await ctx.db
    .select({ name: persons.name, email: persons.email })
    .from(persons)
    .where(eq(persons.id, personId))
  if (!person) throw new AppError('not_found')
  return person
}

/** A person's place in each of their organizations, oldest first. */
export function membershipsOf(queries: Ctx['db'], personId: string) {
  return queries
    .select({
      id: members.id,
      organizationId: members.organizationId,
      role: members.role,
      lastSeenAt: members.lastSeenAt,
    })
    .from(members)
    .where(and(eq(members.personId, personId), isNull(members.removedAt)))
    .orderBy(asc(members.createdAt), asc(members.id))
}

/** The oldest owner of the organization, and the person behind them; null when there is none. */
export async function firstOwner(ctx: Ctx): Promise<{ personId: string; name: string; email: string } | null> {
  const [owner] = await ctx.db
    .select({ personId: persons.id, name: persons.name, email: persons.email })
    .from(members)
    .innerJoin(persons, eq(persons.id, members.personId))
    .where(and(eq(members.organizationId, ctx.organizationId), eq(members.role, 'owner'), isNull(members.removedAt)))
    .orderBy(asc(members.createdAt), asc(members.id))
    .limit(1)
  return owner ?? null
}

const mayNameOwners = (actor: Actor) => actor.type === 'system' || (actor.type === 'member' && actor.role === 'owner')

const shown = {
  id: members.id,
  name: persons.name,
  email: persons.email,
  role: members.role,
  createdAt: members.createdAt,
  lastSeenAt: members.lastSeenAt,
}
