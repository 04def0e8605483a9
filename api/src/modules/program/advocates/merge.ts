import { and, eq, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx, Merge } from '../../../shared/context.ts'
import { enrollments } from './advocates.table.ts'
import { type Enrollment, restoreEnrollment } from './advocates.ts'

/** An enrollment merged into another of the same campaign. */
export type Join = { from: Enrollment; into: Enrollment }

/** The enrollments of a contact, oldest first. */
export const enrollmentsOf = (ctx: Ctx, contactId: string): Promise<Enrollment[]> =>
  ofContact(ctx.db).all({ organizationId: ctx.organizationId, contactId })

const ofContact = prepared((db) =>
  db
    .select()
    .from(enrollments)
    .where(
      and(
        eq(enrollments.organizationId, sql.placeholder('organizationId')),
        eq(enrollments.contactId, sql.placeholder('contactId')),
      ),
    )
    .orderBy(enrollments.createdAt, enrollments.id)
    .prepare(),
)

/** Which enrollments move as they are, and which meet one of the same campaign. */
export async function pairEnrollments(ctx: Ctx, merge: Merge): Promise<{ moves: Enrollment[]; joins: Join[] }> {
  const from = await enrollmentsOf(ctx, merge.from.id)
  const into = await enrollmentsOf(ctx, merge.into.id)
  const joins = from.flatMap((one) => {
    const met = into.find(({ campaignId }) => campaignId === one.campaignId)
    return met ? [{ from: one, into: met }] : []
  })
  return { moves: from.filter((one) => !joins.some((join) => join.from.id === one.id)), joins }
}

/**
 * Moves a contact's enrollments to another. If both have one in a campaign, the kept contact's stays. The other is
 * deactivated, and its codes lead to the one that stays (see findByCode), because a code never moves to another
 * enrollment.
 */
export async function moveEnrollments(tx: Ctx, moves: Enrollment[], joins: Join[], into: string): Promise<void> {
  const one = (id: string) => and(eq(enrollments.organizationId, tx.organizationId), eq(enrollments.id, id))
  for (const { id } of moves) await tx.db.update(enrollments).set({ contactId: into }).where(one(id))
  for (const { from, into: kept } of joins) {
    await tx.db
      .update(enrollments)
      .set({ archivedAt: from.archivedAt ?? tx.clock(), mergedAt: tx.clock() })
      .where(one(from.id))
    if (from.archivedAt === null && kept.archivedAt !== null) await restoreEnrollment(tx, kept.id)
    if (from.exceptions !== null && kept.exceptions === null) {
      await tx.db.update(enrollments).set({ exceptions: from.exceptions }).where(one(kept.id))
    }
  }
}
