import { and, eq, inArray } from 'drizzle-orm'
import type { Ctx } from '../../shared/context.ts'
import { members, persons } from './members.table.ts'

/** The members a new lead is told about: everyone who works on referrals. */
export const membersToNotify = (ctx: Ctx) =>
  ctx.db
    .select({ personId: persons.id, name: persons.name, email: persons.email })
    .from(members)
    .innerJoin(persons, eq(persons.id, members.personId))
    .where(and(eq(members.organizationId, ctx.organizationId), inArray(members.role, ['owner', 'admin', 'staff'])))
    .orderBy(members.createdAt)
    .limit(20)
