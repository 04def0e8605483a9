import type { Role } from '@goodword/contracts'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { isActive, members, persons } from './members.table.ts'

const activeWithRole = (roles: Role[]) =>
  prepared((db) =>
    db
      .select({ id: members.id, personId: persons.id, name: members.name, email: persons.email })
      .from(members)
      .innerJoin(persons, eq(persons.id, members.personId))
      .where(and(eq(members.organizationId, sql.placeholder('organizationId')), inArray(members.role, roles), isActive))
      .orderBy(members.createdAt)
      .limit(20)
      .prepare(),
  )
const workingOnReferrals = activeWithRole(['owner', 'admin', 'staff'])
const administering = activeWithRole(['owner', 'admin'])

/** The members notified of a new lead: everyone who works on referrals. */
export const membersToNotify = (ctx: Ctx) => workingOnReferrals(ctx.db).all({ organizationId: ctx.organizationId })

/** The members notified of problems that only owners and admins can fix. */
export const adminsToNotify = (ctx: Ctx) => administering(ctx.db).all({ organizationId: ctx.organizationId })
