import { type AddSite, isHost, isLocalHost, problems, type Site } from '@goodword/contracts'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Config } from '../../../config.ts'
import { prepared } from '../../../database/prepared.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { writeAudit } from './organizations.audit.ts'
import { sites } from './organizations.table.ts'

const seenEveryMs = 60_000

/** The websites that may show the form, oldest first. */
export async function listSites(ctx: Ctx): Promise<{ items: Site[] }> {
  const rows = await ctx.db
    .select()
    .from(sites)
    .where(eq(sites.organizationId, ctx.organizationId))
    .orderBy(asc(sites.createdAt), asc(sites.id))
  return { items: rows.map(siteOf) }
}

/** Allows a website. One that is already allowed is returned as it is. Throws site_invalid with how to fix it. */
export async function addSite(ctx: Ctx, input: AddSite): Promise<Site> {
  const origin = readOrigin(input.origin, ctx.config)
  return transaction(ctx, async (tx) => {
    const known = await findSite(tx, origin)
    if (known) return siteOf(known)
    const id = tx.newId('site')
    const site = {
      id,
      organizationId: tx.organizationId,
      origin,
      firstSeenAt: null,
      lastSeenAt: null,
      lastVersion: null,
      lastMode: null,
      createdAt: tx.clock(),
    }
    await tx.db.insert(sites).values(site)
    await writeAudit(tx, { action: 'site.added', subjectId: id, data: { origin } })
    return siteOf(site)
  })
}

/** Removes a website from the list. Throws not_found. */
export function removeSite(ctx: Ctx, id: string): Promise<undefined> {
  return transaction(ctx, async (tx) => {
    const [removed] = await tx.db
      .delete(sites)
      .where(and(eq(sites.organizationId, tx.organizationId), eq(sites.id, id)))
      .returning({ origin: sites.origin })
    if (!removed) throw new AppError('not_found')
    await writeAudit(tx, { action: 'site.removed', subjectId: id, data: { origin: removed.origin } })
    return undefined
  })
}

type SiteRow = typeof sites.$inferSelect

/** The tag of a page: its version, and whether it uses a test key. */
export type Tag = { version: string | null; mode: 'live' | 'test' }

/** Rejects pages of websites that aren't on the list. Our own pages are always allowed. Throws site_not_allowed. */
export async function assertSiteAllowed(
  ctx: Ctx,
  origin: string,
  tag: Tag = { version: null, mode: 'live' },
): Promise<void> {
  if (origin === ctx.config.publicUrl) return
  const site = await findSite(ctx, origin)
  if (!site) {
    throw new AppError('site_not_allowed', {
      detail: `Add ${origin} under Install, Allow your websites.`,
    })
  }
  if (ctx.clock() >= seenUntil(site, tag)) recordSeen(ctx, site.id, tag)
}

/** Until when a page of an allowed website need not be recorded again. */
function seenUntil({ lastMode, lastVersion, lastSeenAt }: SiteRow, { mode, version }: Tag): number {
  const changed = lastMode !== mode || (version !== null && lastVersion !== version)
  return changed ? 0 : (lastSeenAt ?? 0) + seenEveryMs
}

/**
 * Until when pages of a website that was just allowed are allowed without being asked about again, as long as no website
 * is written to: then another one has to be recorded.
 */
export async function siteAllowedUntil(ctx: Ctx, origin: string, tag: Tag): Promise<number> {
  if (origin === ctx.config.publicUrl) return Number.POSITIVE_INFINITY
  const site = await findSite(ctx, origin)
  return site ? seenUntil(site, tag) : 0
}

/** Runs outside the request, so nobody waits for it. If it is lost, the next visit records it. */
function recordSeen(ctx: Ctx, id: string, { version, mode }: Tag): void {
  const now = ctx.clock()
  const written = ctx.database.write((tx) =>
    tx
      .update(sites)
      .set({
        firstSeenAt: sql`coalesce(${sites.firstSeenAt}, ${now})`,
        lastSeenAt: now,
        // A program that sends no version doesn't clear the stored one.
        ...(version === null ? {} : { lastVersion: version }),
        lastMode: mode,
      })
      .where(eq(sites.id, id)),
  )
  written.catch((error) => ctx.log.warn({ err: error }, 'could not record a site visit'))
}

const siteByOrigin = prepared((db) =>
  db
    .select()
    .from(sites)
    .where(
      and(eq(sites.organizationId, sql.placeholder('organizationId')), eq(sites.origin, sql.placeholder('origin'))),
    )
    .prepare(),
)

const findSite = (ctx: Ctx, origin: string) => siteByOrigin(ctx.db).get({ organizationId: ctx.organizationId, origin })

/** Scheme, host and port of what was typed. Only this computer may use http, unless our own address does. */
function readOrigin(typed: string, config: Config): string {
  const url = URL.canParse(typed) ? new URL(typed) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') throw siteInvalid()
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw siteInvalid(`Leave out what follows the website: ${url.origin}`)
  }
  if (!isHost(url.hostname)) throw siteInvalid(`Enter one website, not ${url.host}. Add each of several.`)
  if (url.protocol === 'http:' && !isLocalHost(url.hostname) && config.publicUrl.startsWith('https:')) {
    throw siteInvalid(`Start with https, like https://${url.host}`)
  }
  return url.origin
}

const siteInvalid = (message: string = problems.site_invalid.cure) =>
  new AppError('site_invalid', { detail: message, errors: [{ path: 'origin', message }] })

const siteOf = (row: typeof sites.$inferSelect): Site => ({
  id: row.id,
  origin: row.origin,
  firstSeenAt: isoOrNull(row.firstSeenAt),
  lastSeenAt: isoOrNull(row.lastSeenAt),
  lastVersion: row.lastVersion,
  lastMode: row.lastMode,
  createdAt: iso(row.createdAt),
})
