import {
  type EmbedEvent,
  type EmbedEventQuery,
  type EmbedOutcome,
  embedEventKinds,
  embedOutcomes,
  type InstallCheck,
  type Page,
} from '@goodword/contracts'
import { and, desc, eq, gte, max, notInArray, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { descending, mapPage, readPage, type Slice } from '../../../shared/keyset.ts'
import { iso } from '../../../shared/pages.ts'
import { byRowid, inWalks, walked } from '../../../shared/walks.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { listSites } from '../../platform/organizations/sites.ts'
import { enrollments } from '../../program/advocates/advocates.table.ts'
import { embedEvents } from './activity.table.ts'
import { wordsOf } from './activityOutcomes.ts'

const dayMs = 24 * 3_600_000
const newest = 1_000

type Row = { event: typeof embedEvents.$inferSelect; name: string | null }

const newestFirst = [
  descending<Row>(embedEvents.at, ({ event }) => event.at),
  byRowid<Row>(embedEvents, 'desc', ({ event }) => event.id),
]

/** Website activity, newest first. */
export async function listActivity(ctx: Ctx, query: EmbedEventQuery): Promise<Page<EmbedEvent>> {
  const page = await readPage(query, newestFirst, (slice) =>
    ctx.db
      .select({ event: embedEvents, name: contacts.name })
      .from(embedEvents)
      .leftJoin(
        enrollments,
        and(eq(enrollments.organizationId, embedEvents.organizationId), eq(enrollments.id, embedEvents.enrollmentId)),
      )
      .leftJoin(
        contacts,
        and(eq(contacts.organizationId, embedEvents.organizationId), eq(contacts.id, enrollments.contactId)),
      )
      .where(inSlice(ctx, query, slice))
      .orderBy(...slice.orderBy)
      .limit(slice.limit),
  )
  return mapPage(page, toActivity)
}

const well: EmbedOutcome[] = ['attributed', 'attributed_by_hand', 'code_retired']

/** The events of a slice. With a filter, each kind and outcome that it allows is walked. */
function inSlice(ctx: Ctx, { kind, site, outcome }: EmbedEventQuery, slice: Slice): SQL | undefined {
  const mine = eq(embedEvents.organizationId, ctx.organizationId)
  if (!kind && !site && !outcome) return and(mine, slice.where)
  const outcomes =
    outcome === 'not_attributed'
      ? embedOutcomes.filter((one) => !well.includes(one))
      : outcome
        ? [outcome]
        : embedOutcomes
  const walks = sql`SELECT kind.value AS kind, outcome.value AS value FROM json_each(${JSON.stringify(kind ? [kind] : embedEventKinds)}) AS kind
    CROSS JOIN json_each(${JSON.stringify(outcomes)}) AS outcome`
  const stretch = and(
    mine,
    site ? eq(embedEvents.origin, site) : undefined,
    sql`${embedEvents.kind} = walk.kind`,
    sql`${embedEvents.outcome} = ${walked}`,
  )
  return inWalks(embedEvents, walks, stretch, slice)
}

const toActivity = ({ event, name }: Row): EmbedEvent => ({
  id: event.id,
  kind: event.kind,
  mode: event.mode,
  origin: event.origin,
  version: event.version,
  code: event.code,
  advocate: event.enrollmentId && name !== null ? { id: event.enrollmentId, name } : null,
  referralId: event.referralId,
  outcome: event.outcome,
  fields: event.fields ?? [],
  times: event.times,
  ...wordsOf(event, name),
  at: iso(event.at),
})

/** Websites that were seen, what they requested, and which were rejected. */
export async function checkInstall(ctx: Ctx): Promise<InstallCheck> {
  const { items } = await listSites(ctx)
  const recent = ctx.db
    .select({ origin: embedEvents.origin, kind: embedEvents.kind, outcome: embedEvents.outcome, at: embedEvents.at })
    .from(embedEvents)
    .where(eq(embedEvents.organizationId, ctx.organizationId))
    .orderBy(desc(embedEvents.at))
    .limit(newest)
    .as('recent')
  const seen = await ctx.db
    .select({ origin: recent.origin, kind: recent.kind, at: max(recent.at) })
    .from(recent)
    .where(notInArray(recent.outcome, ['origin_not_allowed', 'attributed_by_hand']))
    .groupBy(recent.origin, recent.kind)
  const tried = await ctx.db
    .select({ origin: recent.origin, at: max(recent.at) })
    .from(recent)
    .where(and(eq(recent.outcome, 'origin_not_allowed'), gte(recent.at, ctx.clock() - dayMs)))
    .groupBy(recent.origin)
  const when = (origin: string, kind: string) => {
    const at = seen.find((one) => one.origin === origin && one.kind === kind)?.at
    return at ? iso(at) : null
  }
  const allowed = new Set(items.map(({ origin }) => origin))
  return {
    sites: items.map((site) => ({
      ...site,
      formAt: when(site.origin, 'form'),
      visitAt: when(site.origin, 'visit'),
      submitAt: when(site.origin, 'submit'),
    })),
    refused: tried
      .flatMap(({ origin, at }) => (origin && at && !allowed.has(origin) ? [{ origin, at: iso(at) }] : []))
      .sort((a, b) => b.at.localeCompare(a.at))
      .slice(0, 20),
    testing: items
      .filter(({ lastMode, lastSeenAt }) => lastMode === 'test' && isWithinDay(lastSeenAt, ctx.clock()))
      .map(({ origin }) => origin),
  }
}

const isWithinDay = (moment: string | null, now: number) => moment !== null && now - Date.parse(moment) < dayMs
