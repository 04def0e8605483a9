import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { prepared } from '../../../database/prepared.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { enrollmentCodes, enrollments } from './advocates.table.ts'

/** The enrollment for a code whose contact was merged into another. */
export const enrollmentOfMergedCode = prepared((db) => {
  const gone = alias(enrollments, 'gone')
  return db
    .select(getTableColumns(enrollments))
    .from(enrollmentCodes)
    .innerJoin(gone, eq(gone.id, enrollmentCodes.enrollmentId))
    .innerJoin(contacts, eq(contacts.id, gone.contactId))
    .innerJoin(
      enrollments,
      and(eq(enrollments.contactId, contacts.mergedInto), eq(enrollments.campaignId, gone.campaignId)),
    )
    .where(and(eq(enrollmentCodes.code, sql.placeholder('code')), isNull(enrollments.archivedAt)))
    .prepare()
})
