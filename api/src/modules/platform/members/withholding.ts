import { and, isNull, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import type { WaitingMessage } from '../../../shared/context.ts'
import { members } from './members.table.ts'

const membershipsOfPersons = prepared((db) =>
  db
    .select({
      id: members.id,
      organizationId: members.organizationId,
      personId: members.personId,
      acceptedAt: members.acceptedAt,
    })
    .from(members)
    .where(
      and(
        sql`${members.personId} IN (SELECT value FROM json_each(${sql.placeholder('personIds')}))`,
        isNull(members.removedAt),
      ),
    )
    .prepare(),
)

/** Messages to people who are no longer members, and sign-in links of a membership or an invitation that has ended. */
export async function withholdFromMembers(db: Queries, waiting: WaitingMessage[]): Promise<Map<string, string>> {
  const toTeam = waiting.filter(
    ({ organizationId, personId, memberId }) => personId !== null && (organizationId !== null || memberId !== null),
  )
  if (toTeam.length === 0) return new Map()
  const personIds = JSON.stringify(toTeam.map(({ personId }) => personId))
  const rows = await membershipsOfPersons(db).all({ personIds })
  const isStill = ({ organizationId, personId, memberId }: WaitingMessage) =>
    rows.some((row) =>
      memberId === null
        ? row.personId === personId && row.organizationId === organizationId && row.acceptedAt !== null
        : row.id === memberId,
    )
  return new Map(
    toTeam
      .filter((message) => !isStill(message))
      .map(({ id, memberId }) => [
        id,
        memberId === null ? 'This person is no longer a member.' : 'The membership or invitation has ended.',
      ]),
  )
}
