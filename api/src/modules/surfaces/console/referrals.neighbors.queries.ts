import type { NeighborsQuery, ReferralNeighbors, ReferralStatus } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { cursorAfter, type Order, type Position, valuesOfPlace } from '../../../shared/keyset.ts'
import { candidatesMax, readCandidates, valuesOf, walkOf } from './referrals.pages.queries.ts'

type Walk = Awaited<ReturnType<typeof walkOf>>
type Values = NonNullable<Position['values']>

/** A place is a rank, a key and an id, in whatever order the list has. */
export const places: Order = { name: 'place', length: 3 }

/** What stands beside a referral in a list. Throws not_found for another organization's, validation_failed for a foreign place. */
export async function neighborsOf(
  ctx: Ctx,
  id: string,
  { place, ...list }: NeighborsQuery,
  readMost = candidatesMax,
): Promise<ReferralNeighbors> {
  const [row] = await ctx.db.all<Row>(sql`SELECT status, step_key, created_at, converted_at FROM referrals
    WHERE id = ${id} AND organization_id = ${ctx.organizationId} AND archived_at IS NULL`)
  if (!row) throw new AppError('not_found')
  const walk = await walkOf(ctx, list)
  const values = place === undefined ? valuesIn(walk, id, row) : valuesOfPlace(place, places)
  if (values === null) return { place: null, previous: null, next: null }
  return {
    place: cursorAfter(places, values),
    previous: await nearest(ctx, walk, { backward: true, values }, { besides: id, readMost }),
    next: await nearest(ctx, walk, { backward: false, values }, { besides: id, readMost }),
  }
}

type Row = [status: ReferralStatus, stepKey: number, createdAt: number, convertedAt: number | null]

/**
 * Where the list would show a referral. One that just left the only status of a list stands where its time puts it.
 * null if it has no such time.
 */
function valuesIn({ parts }: Walk, id: string, [status, stepKey, createdAt, convertedAt]: Row): Values | null {
  const [only, ...others] = parts
  const part = parts.find(({ statuses }) => statuses.includes(status)) ?? (others.length === 0 ? only : undefined)
  if (part === undefined) return null
  const key = { step_key: stepKey, created_at: createdAt, converted_at: convertedAt }[part.column]
  return key === null ? null : [part.rank, part.isDescending ? -key : key, id]
}

/** The first match past a position, without the referral itself: it may have moved there. */
async function nearest(
  ctx: Ctx,
  walk: Walk,
  position: Position,
  { besides, readMost }: { besides: string; readMost: number },
): Promise<ReferralNeighbors['next']> {
  let count = 0
  for await (const { read, isEnd } of readCandidates(ctx, walk, position, 2)) {
    const found = read.find(({ id, isMatch }) => isMatch && id !== besides)
    if (found) return { id: found.id, place: cursorAfter(places, valuesOf(found)) }
    count += read.length
    const last = read.at(-1)
    if (!isEnd && last && count >= readMost) return { id: null, place: cursorAfter(places, valuesOf(last)) }
  }
  return null
}
