import { and, eq, inArray, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { isActive, members, persons } from './members.table.ts'

const workingOnReferrals = prepared((db) =>
  db
    .select({ personId: persons.id, name: members.name, email: persons.email })
    .from(members)
    .innerJoin(persons, eq(persons.id, members.personId))
    .where(
      and(
        eq(members.organizationId, sql.placeholder('organizationId')),
        inArray(members.role, ['owner', 'admin', 'staff']),
        isActive,
      ),
    )
    .orderBy(members.createdAt)
    .limit(20)
    .prepare(),
)

/** The members notified of a new lead: everyone who works on referrals. */
export const membersToNotify = (ctx: Ctx) => workingOnReferrals(ctx.db).all({ organizationId: ctx.organizationId })
