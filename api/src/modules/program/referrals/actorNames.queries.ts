import { and, eq, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { keys } from '../../platform/keys/keys.table.ts'
import { members } from '../../platform/members/members.table.ts'

const organizationId = sql.placeholder('organizationId')

const memberName = prepared((db) =>
  db
    .select({ name: members.name })
    .from(members)
    .where(and(eq(members.id, sql.placeholder('id')), eq(members.organizationId, organizationId)))
    .prepare(),
)

const keyName = prepared((db) =>
  db
    .select({ name: keys.name })
    .from(keys)
    .where(and(eq(keys.id, sql.placeholder('id')), eq(keys.organizationId, organizationId)))
    .prepare(),
)

/** The names of actors, by actor key. Keys without an entry mean Goodword itself. */
export async function actorNames(ctx: Ctx, actors: string[]): Promise<Map<string, string>> {
  const names = new Map([['friend', 'A friend']])
  for (const actor of new Set(actors)) {
    const [type, id = ''] = actor.split(':')
    if (type === 'contact') names.set(actor, 'The advocate')
    const named = type === 'member' ? memberName : type === 'key' ? keyName : null
    const known = await named?.(ctx.db).get({ id, organizationId: ctx.organizationId })
    if (known) names.set(actor, known.name)
  }
  return names
}
