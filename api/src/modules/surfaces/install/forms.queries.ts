import type { FormReport, Page, WebsiteForm } from '@goodword/contracts'
import { and, eq, sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { descending, mapPage, type PageRequest, readPage } from '../../../shared/keyset.ts'
import { iso } from '../../../shared/pages.ts'
import { byRowid } from '../../../shared/walks.ts'
import { embedEvents } from './activity.table.ts'
import { formKind } from './forms.ts'

type Row = Pick<typeof embedEvents.$inferSelect, 'id' | 'mode' | 'origin' | 'version' | 'at'> & { form: string }

const lastSeenFirst = [
  descending<Row>(embedEvents.at, ({ at }) => at),
  byRowid<Row>(embedEvents, 'desc', ({ id }) => id),
]

/** The websites' own forms with what was understood of them, last seen first. */
export async function listForms(ctx: Ctx, query: PageRequest): Promise<Page<WebsiteForm>> {
  const page = await readPage(query, lastSeenFirst, (slice) =>
    ctx.db
      .select({
        id: embedEvents.id,
        mode: embedEvents.mode,
        origin: embedEvents.origin,
        version: embedEvents.version,
        at: embedEvents.at,
        form: sql<string>`${embedEvents.fields}`,
      })
      .from(embedEvents)
      .where(
        and(
          eq(embedEvents.organizationId, ctx.organizationId),
          eq(embedEvents.kind, sql`${formKind}`),
          eq(embedEvents.outcome, 'attributed'),
          slice.where,
        ),
      )
      .orderBy(...slice.orderBy)
      .limit(slice.limit),
  )
  return mapPage(page, ({ form, at, ...row }) => ({ ...row, ...(JSON.parse(form) as FormReport), at: iso(at) }))
}
