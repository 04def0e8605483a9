import type { ContactDetail } from '@goodword/contracts'
import { and, desc, eq, sql } from 'drizzle-orm'
import { idFromActorKey } from '../../../database/actorId.ts'
import { preparedRows } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { iso } from '../../../shared/pages.ts'
import { auditEntries } from '../../platform/audit/audit.table.ts'
import { auditLabels } from '../../platform/audit/auditLabels.ts'
import { keys } from '../../platform/keys/keys.table.ts'
import { members } from '../../platform/members/members.table.ts'

/** The latest audit entries about any of these: the contact and their enrollments. */
export async function auditShown(ctx: Ctx, subjectIds: string[], limit: number): Promise<ContactDetail['audit']> {
  const { db, organizationId } = ctx
  const found = await Promise.all(
    subjectIds.map((subjectId) => entriesAbout(db).all({ organizationId, subjectId, limit })),
  )
  const rows = found.flat().sort((one, other) => other.at - one.at || (one.id < other.id ? 1 : -1))
  const { label, onSubject } = auditLabels(ctx)
  return rows.slice(0, limit).map(({ id, at, action, actor, memberName, keyName }) => ({
    id,
    at: iso(at),
    action,
    label: onSubject(action) ?? `noted: ${label(action)}`,
    by: memberName ?? keyName ?? (actor.startsWith('contact:') ? 'The contact' : 'Goodword'),
  }))
}

/** The trail is only added to, so its rows lie in the order of time, and the index of subjects ends with the rowid. */
const entriesAbout = preparedRows((db) =>
  db
    .select({
      id: auditEntries.id,
      at: auditEntries.at,
      action: auditEntries.action,
      actor: auditEntries.actor,
      memberName: members.name,
      keyName: keys.name,
    })
    .from(auditEntries)
    .leftJoin(members, eq(members.id, idFromActorKey(auditEntries.actor, 'member')))
    .leftJoin(keys, eq(keys.id, idFromActorKey(auditEntries.actor, 'key')))
    .where(
      and(
        sql`+${auditEntries.organizationId} = ${sql.placeholder('organizationId')}`,
        eq(auditEntries.subjectId, sql.placeholder('subjectId')),
      ),
    )
    .orderBy(desc(sql`${auditEntries}.rowid`))
    .limit(sql.placeholder('limit'))
    .prepare(),
)
