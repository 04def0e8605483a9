import { createHash } from 'node:crypto'
import type { FormReport } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import type { Ctx, Services } from '../../../shared/context.ts'
import { embedEvents } from './activity.table.ts'
import { type Arrival, isTest } from './activity.ts'

/** Forms of websites are kept beside the events, one row for each form, and for as long. */
export const formKind = 'fields'

type Row = {
  id: string
  organizationId: string
  mode: 'live' | 'test'
  origin: string | null
  version: string | null
  form: FormReport
  at: number
}
type Waiting = { rows: Map<string, Row>; hour: number; perOrganization: Map<string, number> }

const hourMs = 3_600_000
/** Any page can be reported, so there are only so many new ones an hour. */
const perHour = 200
const buffer = new WeakMap<Services['database'], Waiting>()

function waitingOf(services: Services): Waiting {
  const hour = Math.floor(services.clock() / hourMs)
  const known = buffer.get(services.database)
  if (known?.hour === hour) return known
  const fresh = { rows: known?.rows ?? new Map<string, Row>(), hour, perOrganization: new Map<string, number>() }
  buffer.set(services.database, fresh)
  return fresh
}

/** A path can name a person or hold a secret: parts that look like an address, an id or a token are left out. */
export const withoutSecrets = (page: string): string =>
  `/${page}`
    .replace(/[?#].*$/s, '')
    .replace(/^\/+/, '/')
    .split('/')
    .map((part) => (/@|%40/i.test(part) || part.length > 60 || /^(?=.*\d)[\w-]{20,}$/.test(part) ? '…' : part))
    .join('/')
    .slice(0, 300)

/** Records what the tag understood of a form. A form seen again replaces what was recorded of it. */
export function recordForm(ctx: Ctx, report: FormReport, { origin, version }: Arrival): void {
  const form = { ...report, page: withoutSecrets(report.page) }
  const key = JSON.stringify([ctx.organizationId, origin, form.page, form.form])
  const id = `eev_${createHash('sha256').update(key).digest('hex').slice(0, 26)}`
  const { rows, perOrganization } = waitingOf(ctx)
  if (!rows.has(id)) {
    const count = perOrganization.get(ctx.organizationId) ?? 0
    if (count >= perHour) return
    perOrganization.set(ctx.organizationId, count + 1)
  }
  rows.set(id, {
    id,
    organizationId: ctx.organizationId,
    mode: isTest(ctx) ? 'test' : 'live',
    origin: origin?.slice(0, 300) ?? null,
    version,
    form,
    at: ctx.clock(),
  })
}

/** Writes the recorded forms. Returns how many. */
export async function flushForms(services: Services): Promise<number> {
  const waiting = buffer.get(services.database)
  const rows = [...(waiting?.rows.values() ?? [])]
  if (rows.length === 0) return 0
  waiting?.rows.clear()
  await services.database.write((tx) => tx.run(putAll(rows)))
  return rows.length
}

const putAll = (rows: Row[]) => sql`INSERT INTO ${embedEvents}
  (id, organization_id, kind, mode, origin, version, outcome, fields, times, at)
  SELECT value ->> 'id', value ->> 'organizationId', ${formKind}, value ->> 'mode', value ->> 'origin', value ->> 'version',
    'attributed', value -> 'form', 1, value ->> 'at'
  FROM json_each(${JSON.stringify(rows)})
  WHERE true
  ON CONFLICT (id) DO UPDATE SET mode = excluded.mode, version = excluded.version, fields = excluded.fields, at = excluded.at`
