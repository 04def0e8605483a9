import {
  type EmbedEvent,
  type EmbedEventQuery,
  type EmbedOutcome,
  embedEventKinds,
  embedOutcomes,
  type InstallCheck,
  type Page,
} from '@goodword/contracts'
import { maskedCode } from '@goodword/domain'
import { and, desc, eq, ne, type SQL, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { descending, mapPage, readPage, type Slice } from '../../../shared/keyset.ts'
import { iso } from '../../../shared/pages.ts'
import { byRowid, inWalks, walked } from '../../../shared/walks.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { listSites } from '../../platform/organizations/sites.ts'
import { enrollments } from '../../program/advocates/advocates.table.ts'
import { embedEvents } from './activity.table.ts'
import { wordsOf } from './activityOutcomes.ts'
import { formKind } from './forms.ts'

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
  const mine = and(eq(embedEvents.organizationId, ctx.organizationId), ne(embedEvents.kind, sql`${formKind}`))
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
  // Earlier versions stored unknown codes whole.
  code: event.code === null || event.enrollmentId !== null ? event.code : maskedCode(event.code),
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
  const recent = await recentOrigins(ctx.db).all({ organizationId: ctx.organizationId })
  const seen = recent.filter(({ outcome }) => outcome !== 'origin_not_allowed' && outcome !== 'attributed_by_hand')
  const tried = recent.filter(({ outcome, at }) => outcome === 'origin_not_allowed' && at >= ctx.clock() - dayMs)
  const when = (origin: string, kind: string) => {
    const at = latest(seen.filter((one) => one.origin === origin && one.kind === kind))
    return at === null ? null : iso(at)
  }
  const allowed = new Set(items.map(({ origin }) => origin))
  return {
    sites: items.map((site) => ({
      ...site,
      formAt: when(site.origin, 'form'),
      visitAt: when(site.origin, 'visit'),
      submitAt: when(site.origin, 'submit'),
    })),
    refused: [...new Set(tried.map(({ origin }) => origin))]
      .flatMap((origin) => {
        const at = latest(tried.filter((one) => one.origin === origin))
        return origin && at !== null && !allowed.has(origin) ? [{ origin, at: iso(at) }] : []
      })
      .sort((a, b) => b.at.localeCompare(a.at))
      .slice(0, 20),
    testing: items
      .filter(({ lastMode, lastSeenAt }) => lastMode === 'test' && isWithinDay(lastSeenAt, ctx.clock()))
      .map(({ origin }) => origin),
  }
}

/** The latest events, by what they have in common. */
const recentOrigins = prepared((db) => {
  const recent = db
    .select({ origin: embedEvents.origin, kind: embedEvents.kind, outcome: embedEvents.outcome, at: embedEvents.at })
    .from(embedEvents)
    .where(eq(embedEvents.organizationId, sql.placeholder('organizationId')))
    .orderBy(desc(embedEvents.at))
    .limit(newest)
    .as('recent')
  return db
    .select({ origin: recent.origin, kind: recent.kind, outcome: recent.outcome, at: sql<number>`max(${recent.at})` })
    .from(recent)
    .groupBy(recent.origin, recent.kind, recent.outcome)
    .prepare()
})

const latest = (events: { at: number }[]) => (events.length === 0 ? null : Math.max(...events.map(({ at }) => at)))

const isWithinDay = (moment: string | null, now: number) => moment !== null && now - Date.parse(moment) < dayMs
