import {
  type EmbedLeaderboard,
  type Leaderboard,
  type LeaderboardPeriod,
  leaderboardPeriods,
} from '@goodword/contracts'
import { type Words, wordsIn } from '@goodword/words/server'
import { createReadCache } from '../../../database/readCache.ts'
import type { Ctx, Services } from '../../../shared/context.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { publicLeaderboard } from '../../program/leaderboard/leaderboard.queries.ts'
import { findLeaderboardPage } from '../../program/leaderboard/settings.ts'

/** Triggers change counts unnoticed by the cache, so a count is at most a minute old. Who leaves is gone at once. */
const keptMs = { embedded: 60_000, remote: 5_000 }
const maxKept = 1_000

type Cache = ReturnType<typeof createReadCache<EmbedLeaderboard>>
const caches = new WeakMap<Services['database'], Cache>()

function cacheOf(services: Services): Cache {
  const forMs = keptMs[services.database.kind]
  const cache = caches.get(services.database) ?? createReadCache<EmbedLeaderboard>(services, { max: maxKept, forMs })
  caches.set(services.database, cache)
  return cache
}

/**
 * The leaderboard as everyone may see it, counted at most once a minute. Without a period, the one the organization
 * chose. null unless it is shown to everyone.
 */
export async function findLeaderboard(
  ctx: Ctx,
  { lang, period }: { lang?: string | undefined; period?: LeaderboardPeriod | undefined },
): Promise<EmbedLeaderboard | null> {
  const words = wordsIn(lang)
  const cache = cacheOf(ctx)
  const key = `${ctx.organizationId}/${words.language}/${period ?? ''}`
  return cache.get(key) ?? (await cache.read(key, (db) => draw({ ...ctx, db }, words, period))) ?? null
}

async function draw(
  ctx: Ctx,
  words: Words,
  asked: LeaderboardPeriod | undefined,
): Promise<EmbedLeaderboard | undefined> {
  const page = await findLeaderboardPage(ctx)
  if (!page?.isPublic) return undefined
  const { say, language } = words
  const period = asked ?? page.opensWith
  const at = ctx.clock()
  const [{ name, brandColor, timeZone }, { months, rows }] = await Promise.all([
    getOrganization(ctx, ctx.organizationId),
    publicLeaderboard(ctx, { period, shows: page.shows, at }),
  ])
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at)
  return {
    organization: { name, brandColor },
    title: say('portal.leaderboard.title'),
    period,
    spanText: spanText(months, words),
    periods: leaderboardPeriods.map((one) => ({ period: one, label: say(`portal.leaderboard.period.${one}`) })),
    rows: rows.map(({ contactId: _, ...row }) => ({ ...row, countText: countText(row.closed, words) })),
    sharedText: say('portal.leaderboard.shared'),
    emptyText: rows.length === 0 ? say('portal.leaderboard.nobody') : null,
    updatedText: say('portal.leaderboard.updated', { moment }),
    url: `${ctx.config.publicUrl}/l/${page.slug}`,
  }
}

export const countText = (closed: number | null, { say }: Words): string =>
  closed === null ? '' : say('portal.leaderboard.friends', { count: closed })

/** "October – December 2026", "November 2026" or "All time". */
export function spanText(months: Leaderboard['months'], { language, say }: Words): string {
  if (!months) return say('portal.leaderboard.period.all')
  const format = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  return format.formatRange(Date.parse(`${months.first}-01`), Date.parse(`${months.last}-01`))
}
