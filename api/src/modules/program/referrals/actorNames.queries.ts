import { sql } from 'drizzle-orm'
import { preparedSql } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'

/** The unary plus keeps the planner from reading every member and key of the organization. */
const namesOf = preparedSql<[actor: string, name: string]>(
  sql`SELECT 'member:' || id, name FROM members WHERE id IN (SELECT value FROM json_each(${sql.placeholder('ids')}))
      AND +organization_id = ${sql.placeholder('organizationId')}
    UNION ALL SELECT 'key:' || id, name FROM keys WHERE id IN (SELECT value FROM json_each(${sql.placeholder('ids')}))
      AND +organization_id = ${sql.placeholder('organizationId')}`,
)

/** The names of actors, by actor key. Keys without an entry mean Goodword itself. */
export async function actorNames(ctx: Ctx, actors: string[]): Promise<Map<string, string>> {
  const names = new Map([['friend', 'A friend']])
  const ids: string[] = []
  for (const actor of new Set(actors)) {
    const [type, id = ''] = actor.split(':')
    if (type === 'contact') names.set(actor, 'The advocate')
    if (type === 'member' || type === 'key') ids.push(id)
  }
  if (ids.length === 0) return names
  const known = await namesOf(ctx.db).all({ ids: JSON.stringify(ids), organizationId: ctx.organizationId })
  for (const [actor, name] of known) names.set(actor, name)
  return names
}
