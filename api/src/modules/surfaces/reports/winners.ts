import type { Currency } from '@goodword/contracts'
import { type SQL, sql } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import type { Database } from '../../../database/database.ts'
import { type Ctx, inBackground } from '../../../shared/context.ts'
import { versionOf } from '../rollups/answers.ts'
import { quartersOf, type Span } from '../rollups/rollups.queries.ts'

/** Amounts are in minor units of one currency; `enrollment` is a number of rollup_subjects. */
export type Winner = [enrollment: number, converted: number, revenue: number, rewards: number]
/** Null once it has changed. */
export type Counted = { id: string; visits: number | null; referrals: number | null }
export type Question = { span: Span; currency: Currency; campaignId: string | null }

/**
 * The advocates with the most conversions of a period, then the most revenue, without those who have neither; the best
 * first. Everyone who is better than someone else among them is too, or nobody is left out. Whoever counts something
 * puts it into `counts`.
 */
export type Winners = { rows: Winner[]; counts: Map<number, Counted> }

/** Nobody left out is better than `beyond`; null if nobody is left out. */
type Kept = { version: number; winners: Map<number, Winner>; beyond: Winner | null; counts: Map<number, Counted> }
/** An enrollment whose figures have changed, and the version at which its visits last did. */
type Changed = [enrollment: number, visited: number]
type Place = { kept: Kept | null; turn: Promise<unknown> }

const periodsKept = 50
const winnersLeast = 500
const winnersMost = 1_000
const changedMost = 300

/** Orders by conversions, then revenue; negative if `one` is better. */
export const compareWinners = (one: Winner, other: Winner): number => other[1] - one[1] || other[2] - one[2]

const places = new WeakMap<Database, LRUCache<string, Place>>()

/**
 * Works with the winners of a period. They are added up once, in the background, and kept. From then on, only the
 * advocates whose figures have changed are read anew: each carries the version of its last change. They are added up
 * again if fewer than `least` are left of those who were kept.
 */
export async function withWinners<T>(
  ctx: Ctx,
  question: Question,
  least: number,
  work: (winners: Winners) => Promise<T>,
): Promise<T> {
  // What a transaction reads may still be undone.
  if (ctx.inTransaction) return await work(toWinners(await addUp(ctx, question, 0)))
  const cache = places.get(ctx.database) ?? new LRUCache<string, Place>({ max: periodsKept })
  places.set(ctx.database, cache)
  const key = JSON.stringify([ctx.organizationId, question])
  const place = cache.get(key) ?? { kept: null, turn: Promise.resolve() }
  cache.set(key, place)
  // One after the other: nothing read for an earlier version replaces what was read for a later one.
  const worked = place.turn.then(async () => {
    const kept = place.kept
    // After a failure, the next starts from nothing.
    place.kept = null
    const current = await upToDate(ctx, question, kept, least)
    const answer = await work(toWinners(current))
    place.kept = current
    return answer
  })
  place.turn = worked.catch(() => {})
  return await worked
}

const toWinners = ({ winners, counts }: Kept): Winners => ({
  rows: [...winners.values()].sort(compareWinners),
  counts,
})

async function upToDate(ctx: Ctx, question: Question, kept: Kept | null, least: number): Promise<Kept> {
  // Read before the figures, so that these are never older than their version.
  const version = await versionOf(ctx)
  if (kept && kept.version <= version) {
    const changed = kept.version === version ? [] : await changedSince(ctx, kept.version)
    if (changed.length <= changedMost) {
      apply(kept, changed, changed.length > 0 ? await figuresOf(ctx, question, changed) : [])
      if (!kept.beyond || kept.winners.size >= least) return Object.assign(kept, { version })
    }
  }
  return await addUp(inBackground(ctx), question, version)
}

async function addUp(ctx: Ctx, question: Question, version: number): Promise<Kept> {
  const rows = await ctx.db.all<Winner>(
    sql`${winning(question, ofPeriod(ctx, question))} ORDER BY 2 DESC, 3 DESC LIMIT ${winnersLeast + 1}`,
  )
  const beyond = rows[winnersLeast] ?? null
  const better = beyond ? rows.filter((row) => compareWinners(row, beyond) < 0) : rows
  return { version, winners: new Map(better.map((row) => [row[0], row])), beyond, counts: new Map() }
}

function apply(kept: Kept, changed: Changed[], figures: Winner[]): void {
  for (const [enrollment, visited] of changed) {
    kept.winners.delete(enrollment)
    const counted = kept.counts.get(enrollment)
    if (!counted) continue
    counted.referrals = null
    if (visited > kept.version) counted.visits = null
  }
  for (const row of figures) if (!kept.beyond || compareWinners(row, kept.beyond) < 0) kept.winners.set(row[0], row)
  if (kept.winners.size <= winnersMost) return
  const rows = [...kept.winners.values()].sort(compareWinners)
  const beyond = rows[winnersLeast] ?? null
  kept.beyond = beyond
  kept.winners = new Map(rows.flatMap((row) => (beyond && compareWinners(row, beyond) < 0 ? [[row[0], row]] : [])))
}

/** At most one more than can be applied. */
const changedSince = ({ db, organizationId }: Ctx, version: number): Promise<Changed[]> =>
  db.all<Changed>(sql`SELECT id, visited FROM rollup_subjects
    WHERE organization_id = ${organizationId} AND version > ${version} AND version > 0 AND subject_id <> organization_id
    ORDER BY version LIMIT ${changedMost + 1}`)

function figuresOf(ctx: Ctx, question: Question, changed: Changed[]): Promise<Winner[]> {
  const { from, until } = quartersOf(question.span)
  const { campaignId } = question
  const campaign = campaignId
    ? sql` AND +subject = (SELECT id FROM rollup_subjects WHERE subject_id = ${campaignId})`
    : sql``
  return ctx.db.all<Winner>(
    winning(
      question,
      sql`enrollment IN ${these(changed.map(([enrollment]) => enrollment))} AND quarter >= ${from} AND quarter < ${until}${campaign}`,
    ),
  )
}

function ofPeriod({ organizationId }: Ctx, { span, campaignId }: Question): SQL {
  const { from, until } = quartersOf(span)
  const campaign = campaignId ? sql` AND id = ${campaignId}` : sql``
  return sql`subject IN (
      SELECT id FROM rollup_subjects
      WHERE subject_id IN (SELECT id FROM campaigns WHERE organization_id = ${organizationId}${campaign})
    ) AND quarter >= ${from} AND quarter < ${until}`
}

/** What each advocate of some rows has brought and earned. Further jobs bring revenue and rewards, and no conversion. */
const won = ({ currency }: Question, where: SQL): SQL => sql`
  SELECT enrollment, sum(converted) AS n, coalesce(sum(revenue) FILTER (WHERE currency = ${currency}), 0) AS revenue,
    coalesce(sum(rewards) FILTER (WHERE currency = ${currency}), 0) AS rewards
  FROM advocate_rollups WHERE ${where} GROUP BY enrollment`

/** Rewards alone make nobody a winner: they decide no place. */
const winning = (question: Question, where: SQL): SQL =>
  sql`SELECT * FROM (${won(question, where)}) WHERE n > 0 OR revenue > 0`

/** The same for everyone, as a query. */
export const everyWinner = (ctx: Ctx, question: Question): SQL =>
  sql`SELECT * FROM (${won(question, ofPeriod(ctx, question))}) WHERE n > 0 OR revenue > 0 OR rewards > 0`

export const these = (values: (string | number)[]): SQL => sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`
