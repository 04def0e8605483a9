import { and, eq, inArray } from 'drizzle-orm'
import { actorIdOf, type Ctx } from '../../../shared/context.ts'
import { keys } from '../keys/keys.table.ts'
import { members } from '../members/members.table.ts'

/** The names of members and keys, by actor key. Others have none. */
export async function actorNames(ctx: Ctx, actors: string[]): Promise<Map<string, string>> {
  const idsOf = (type: string) =>
    actors.filter((actor) => actor.startsWith(`${type}:`)).flatMap((actor) => actorIdOf(actor) ?? [])
  const names = new Map<string, string>()
  for (const [type, table] of [
    ['member', members],
    ['key', keys],
  ] as const) {
    const ids = idsOf(type)
    if (ids.length === 0) continue
    const rows = await ctx.db
      .select({ id: table.id, name: table.name })
      .from(table)
      .where(and(eq(table.organizationId, ctx.organizationId), inArray(table.id, ids)))
    for (const { id, name } of rows) names.set(`${type}:${id}`, name)
  }
  return names
}
