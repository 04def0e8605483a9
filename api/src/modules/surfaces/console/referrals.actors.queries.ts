import { and, eq, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { enrollments } from '../../program/advocates/advocates.table.ts'

const organizationId = sql.placeholder('organizationId')

const advocateName = prepared((db) =>
  db
    .select({ name: contacts.name })
    .from(enrollments)
    .innerJoin(contacts, eq(contacts.id, enrollments.contactId))
    .where(and(eq(enrollments.id, sql.placeholder('id')), eq(enrollments.organizationId, organizationId)))
    .prepare(),
)

/** The name behind an enrollment; null if this organization has none with that id. */
export async function nameOfAdvocate(ctx: Ctx, id: string): Promise<string | null> {
  return (await advocateName(ctx.db).get({ id, organizationId: ctx.organizationId }))?.name ?? null
}
