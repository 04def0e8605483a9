import { type EmbedOutcome, embedOutcomes } from '@goodword/contracts'
import { maskedCode, normalizeCode } from '@goodword/domain'
import { lt, sql } from 'drizzle-orm'
import { preparedInsert } from '../../../database/prepared.ts'
import type { Ctx, Services } from '../../../shared/context.ts'
import { embedEvents } from './activity.table.ts'

/** Where a widget request came from: the page's origin, null without one, and the tag's version. */
export type Arrival = { origin: string | null; version: string | null }

/** Stores the tag's version only if it looks like one. */
export const arrivalOf = (origin: string | undefined, version: string | undefined): Arrival => ({
  origin: origin ?? null,
  version: version && /^[\w.-]{1,20}$/.test(version) ? version : null,
})

export type ActivityInput = Arrival & {
  kind: 'form' | 'visit' | 'submit'
  code: string | null
  enrollmentId?: string | null
  referralId?: string | null
  outcome: EmbedOutcome
  /** The names of rejected fields, never what was typed in them. */
  fields?: string[]
}

type Row = typeof embedEvents.$inferSelect

const hourMs = 3_600_000
const keptMs = 30 * 24 * hourMs
const pruneBatch = 100
const maxBuffered = 10_000
/** Above this many an hour, only visits are counted. */
const perHour = 2_000
/**
 * A website that isn't allowed is recorded once in a while, and only so many of them an hour, because anyone can invent
 * more.
 */
const unknownSiteEveryMs = 10 * 60_000
const unknownSitesPerHour = 50
/** Rejected requests are counted by the minute, with a limited number of distinct lines an hour. */
const minuteMs = 60_000
const rejectedPerHour = 120

type ActivityBuffer = {
  rows: Row[]
  hour: number
  counts: Map<string, number>
  unknownSites: Map<string, number>
  rejected: Map<string, Row>
}
const buffer = new WeakMap<Services['database'], ActivityBuffer>()

const addRow = preparedInsert(embedEvents)

/** With a test key, everything is checked and nothing is stored. */
export const isTest = ({ actor }: Pick<Ctx, 'actor'>): boolean => actor.type === 'friend' && actor.test === true

/** The activity outcome for an error. */
export function outcomeOf(code: string): EmbedOutcome {
  if (code === 'validation_failed') return 'details_missing'
  return embedOutcomes.find((outcome) => outcome === code) ?? 'submission_rejected'
}

/**
 * Records a friend's submission, in the transaction that created the referral or, if there is none, on its own, up to a
 * limit an hour.
 */
export async function writeActivity(ctx: Ctx, entry: ActivityInput): Promise<void> {
  const row = rowOf(ctx, entry)
  if (ctx.inTransaction) return addRow(ctx.db, row)
  if (!countsUp(listOf(ctx).counts, `${ctx.organizationId} refused`, perHour)) return
  await ctx.database.write((tx) => addRow(tx, row))
}

/**
 * Records a form that was shown or a link that was followed. Buffered in memory until the next flush, so nobody waits
 * for it, and dropped beyond a limit an hour.
 */
export function recordActivity(ctx: Ctx, entry: ActivityInput): void {
  const list = listOf(ctx)
  if (list.rows.length >= maxBuffered || !countsUp(list.counts, ctx.organizationId, perHour)) return
  list.rows.push(rowOf(ctx, entry))
}

/** Records a website that isn't allowed, which is what its owner will look for. */
export function recordUnknownSite(ctx: Ctx, entry: Omit<ActivityInput, 'outcome'> & { origin: string }): void {
  const list = listOf(ctx)
  const key = `${ctx.organizationId} ${entry.origin}`
  const now = ctx.clock()
  if (now - (list.unknownSites.get(key) ?? Number.NEGATIVE_INFINITY) < unknownSiteEveryMs) return
  if (
    list.rows.length >= maxBuffered ||
    !countsUp(list.counts, `${ctx.organizationId} unknown sites`, unknownSitesPerHour)
  ) {
    return
  }
  list.unknownSites.set(key, now)
  list.rows.push(rowOf(ctx, { ...entry, origin: entry.origin.slice(0, 300), outcome: 'origin_not_allowed' }))
}

/** Records a request rejected unread. Repeats within a minute are counted, so that no flood can fill the disk. */
export function countActivity(ctx: Ctx, entry: ActivityInput): void {
  const list = listOf(ctx)
  const { kind, origin, outcome, fields } = entry
  const minute = Math.floor(ctx.clock() / minuteMs)
  const key = JSON.stringify([ctx.organizationId, minute, isTest(ctx), kind, origin, outcome, fields])
  const known = list.rejected.get(key)
  if (!known && !countsUp(list.counts, `${ctx.organizationId} rejected`, rejectedPerHour)) return
  const row = known ?? { ...rowOf(ctx, entry), times: 0 }
  if (row.times === 0) {
    if (list.rows.length >= maxBuffered) return
    list.rows.push(row)
    list.rejected.set(key, row)
  }
  row.times += 1
}

function listOf(services: Services): ActivityBuffer {
  const hour = Math.floor(services.clock() / hourMs)
  const known = buffer.get(services.database)
  if (known?.hour === hour) return known
  const fresh = { rows: known?.rows ?? [], hour, counts: new Map(), unknownSites: new Map(), rejected: new Map() }
  buffer.set(services.database, fresh)
  return fresh
}

function countsUp(counts: Map<string, number>, key: string, most: number): boolean {
  const count = counts.get(key) ?? 0
  counts.set(key, count + 1)
  return count < most
}

const rowOf = (ctx: Ctx, entry: ActivityInput): Row => ({
  id: ctx.newId('embedEvent'),
  organizationId: ctx.organizationId,
  kind: entry.kind,
  mode: isTest(ctx) ? 'test' : 'live',
  origin: entry.origin,
  version: entry.version,
  code: entry.code === null ? null : codeOf(entry.code, entry.enrollmentId ?? null),
  enrollmentId: entry.enrollmentId ?? null,
  referralId: entry.referralId ?? null,
  outcome: entry.outcome,
  fields: entry.fields ?? null,
  times: 1,
  at: ctx.clock(),
})

/** An existing code as stored in our tables, the beginning of an unknown one. */
const codeOf = (typed: string, enrollmentId: string | null): string | null =>
  enrollmentId === null ? maskedCode(typed) : normalizeCode(typed)

/** Writes the buffered rows in limited batches. Returns how many. */
export async function flushActivity(services: Services): Promise<number> {
  const waited = buffer.get(services.database)?.rows.splice(0, 500) ?? []
  const rows = waited.map((row) => ({ ...row }))
  // Counting starts over from here.
  for (const row of waited) row.times = 0
  if (rows.length > 0) await services.database.write((tx) => tx.run(insertAll(rows)))
  return rows.length
}

/** Leaves out codes that were erased in the meantime, because their owner may have been erased. */
const insertAll = (rows: Row[]) => sql`INSERT INTO ${embedEvents}
  (id, organization_id, kind, mode, origin, version, code, enrollment_id, outcome, fields, times, at)
  SELECT value ->> 'id', value ->> 'organizationId', value ->> 'kind', value ->> 'mode', value ->> 'origin',
    value ->> 'version',
    CASE WHEN value ->> 'enrollmentId' IS NULL
      OR EXISTS (SELECT 1 FROM enrollment_codes WHERE code = value ->> 'code') THEN value ->> 'code' END,
    value ->> 'enrollmentId', value ->> 'outcome', nullif(value -> 'fields', 'null'), value ->> 'times', value ->> 'at'
  FROM json_each(${JSON.stringify(rows)})
  WHERE true
  ON CONFLICT (id) DO UPDATE SET times = times + excluded.times`

/** Deletes a batch of activity older than 30 days. Returns how many. */
export async function pruneActivity(services: Services): Promise<number> {
  const gone = await services.database.write((tx) =>
    tx
      .delete(embedEvents)
      .where(
        sql`${embedEvents.id} IN (${tx
          .select({ id: embedEvents.id })
          .from(embedEvents)
          .where(lt(embedEvents.at, services.clock() - keptMs))
          .limit(pruneBatch)})`,
      )
      .returning({ id: embedEvents.id }),
  )
  return gone.length
}
