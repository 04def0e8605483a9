import { eq, sql } from 'drizzle-orm'
import { projectionFills } from './database/projectionFills.table.ts'
import type { Queries } from './database/queries.ts'
import { searchProjections } from './modules/platform/search/search.checks.ts'
import { modules } from './modules.ts'
import type { Services } from './shared/context.ts'
import type { Projection } from './shared/module.ts'

const rowsPerReport = 50_000

export const allProjections: readonly Projection[] = [
  ...modules.flatMap((module) => module.projections ?? []),
  ...searchProjections(modules),
]

/**
 * Fills the projections that migrations have added, a few hundred source rows per transaction. After an interruption it
 * goes on where it stopped. Nothing else may write until it has ended, because triggers already count new rows.
 */
export async function fillProjections(
  { database, log }: Pick<Services, 'database' | 'log'>,
  projections: readonly Projection[] = allProjections,
): Promise<void> {
  const unfilled = await database.read.select().from(projectionFills).orderBy(projectionFills.name)
  for (const { name } of unfilled) {
    const projection = projections.find((one) => one.name === name)
    if (!projection) throw new Error(`A migration adds the projection "${name}", but no module describes it.`)
    log.info({ projection: name }, 'preparing lists and counts; this happens once after an upgrade')
    let rows = 0
    for (let filled = 1; filled > 0; rows += filled) {
      filled = await database.write((tx) => fillNext(tx, projection))
      if (filled > 0 && (rows + filled) % rowsPerReport === 0)
        log.info({ projection: name, rows: rows + filled }, 'preparing')
    }
  }
}

/** Returns how many source rows it read; 0 at the end. */
async function fillNext(tx: Queries, projection: Projection): Promise<number> {
  const thisOne = eq(projectionFills.name, projection.name)
  const at = await tx.select({ after: projectionFills.after }).from(projectionFills).where(thisOne).get()
  // Another process on the same database has filled it.
  if (!at) return 0
  const ids = await nextIds(tx, projection, at.after)
  const last = ids.at(-1)
  if (last === undefined) {
    await tx.delete(projectionFills).where(thisOne)
    return 0
  }
  await projection.fill(tx, ids)
  await tx.update(projectionFills).set({ after: last }).where(thisOne)
  return ids.length
}

/** Derives projections of an organization anew, in the caller's transaction. */
export async function rebuildProjections(
  tx: Queries,
  organizationId: string,
  projections: readonly Projection[] = allProjections,
): Promise<void> {
  for (const projection of projections) {
    await projection.clear(tx, organizationId)
    let after: string | undefined = ''
    while (after !== undefined) {
      const ids: string[] = await nextIds(tx, projection, after, organizationId)
      if (ids.length > 0) await projection.fill(tx, ids)
      after = ids.at(-1)
    }
  }
}

async function nextIds(
  tx: Queries,
  { source, rowsAtOnce = 500 }: Projection,
  after: string,
  organizationId?: string,
): Promise<string[]> {
  const mine = organizationId === undefined ? sql`` : sql`organization_id = ${organizationId} AND `
  const rows = await tx.all<[string]>(
    sql`SELECT id FROM ${sql.identifier(source)} WHERE ${mine}id > ${after} ORDER BY id LIMIT ${rowsAtOnce}`,
  )
  return rows.map(([id]) => id)
}
