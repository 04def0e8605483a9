import { and, isNull, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import type { WaitingMessage } from '../../../shared/context.ts'
import { enrollments } from './advocates.table.ts'

const activeAmong = prepared((db) =>
  db
    .selectDistinct({ contactId: enrollments.contactId })
    .from(enrollments)
    .where(
      and(
        sql`${enrollments.contactId} IN (SELECT value FROM json_each(${sql.placeholder('contactIds')}))`,
        isNull(enrollments.archivedAt),
      ),
    )
    .prepare(),
)

/** Invitations to share a link whose contact has no active link anymore. */
export async function withholdInvitations(db: Queries, waiting: WaitingMessage[]): Promise<Map<string, string>> {
  const invitations = waiting.filter(({ template, contactId }) => template === 'advocate_invited' && contactId !== null)
  if (invitations.length === 0) return new Map()
  const contactIds = JSON.stringify(invitations.map(({ contactId }) => contactId))
  const active = new Set((await activeAmong(db).all({ contactIds })).map(({ contactId }) => contactId))
  return new Map(
    invitations
      .filter(({ contactId }) => !active.has(contactId ?? ''))
      .map(({ id }) => [id, 'The advocate’s link is inactive.']),
  )
}
