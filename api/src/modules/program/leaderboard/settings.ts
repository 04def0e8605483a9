import type { LeaderboardSettings, UpdateLeaderboardSettings } from '@goodword/contracts'
import { addMonths, monthIn, slugFrom } from '@goodword/domain'
import { and, eq, ne } from 'drizzle-orm'
import { type Ctx, type Services, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { writeAudit } from './leaderboard.audit.ts'
import { leaderboardPages } from './leaderboard.table.ts'

type Page = typeof leaderboardPages.$inferSelect
type Settings = Pick<Page, 'isPublic' | 'slug' | 'opensWith' | 'shows' | 'announcesWinner'>

const atFirst = { isPublic: false, opensWith: 'quarter', shows: 10, announcesWinner: false } as const

export async function findLeaderboardPage(ctx: Ctx): Promise<Page | undefined> {
  const [page] = await ctx.db
    .select()
    .from(leaderboardPages)
    .where(eq(leaderboardPages.organizationId, ctx.organizationId))
  return page
}

/** Whose leaderboard everyone can see at an address; null if there is none. */
export async function organizationOfSlug({ database }: Services, slug: string): Promise<string | null> {
  const [page] = await database.read
    .select({ organizationId: leaderboardPages.organizationId })
    .from(leaderboardPages)
    .where(and(eq(leaderboardPages.slug, slug.toLowerCase()), eq(leaderboardPages.isPublic, true)))
  return page?.organizationId ?? null
}

/** How the leaderboard is shown; before it was ever changed, what it would start with. */
export async function leaderboardSettings(ctx: Ctx): Promise<LeaderboardSettings> {
  const page = await findLeaderboardPage(ctx)
  return settingsOf(ctx, page ?? { ...atFirst, slug: await freeSlug(ctx) })
}

const settingsOf = (
  ctx: Ctx,
  { isPublic, slug, opensWith, shows, announcesWinner }: Settings,
): LeaderboardSettings => ({
  isPublic,
  slug,
  url: `${ctx.config.publicUrl}/l/${slug}`,
  opensWith,
  shows: shows as LeaderboardSettings['shows'],
  announcesWinner,
})

/** Updates the given fields. Throws leaderboard_address_taken. */
export function updateLeaderboardSettings(ctx: Ctx, input: UpdateLeaderboardSettings): Promise<LeaderboardSettings> {
  return transaction(ctx, async (tx) => {
    const { organizationId } = tx
    const before = await findLeaderboardPage(tx)
    const now: Settings = before ?? { ...atFirst, slug: await freeSlug(tx) }
    const next = {
      isPublic: input.isPublic ?? now.isPublic,
      slug: input.slug ?? now.slug,
      opensWith: input.opensWith ?? now.opensWith,
      shows: input.shows ?? now.shows,
      announcesWinner: input.announcesWinner ?? now.announcesWinner,
    }
    if (await isTaken(tx, next.slug)) throw new AppError('leaderboard_address_taken')
    const { timeZone } = await getOrganization(tx, organizationId)
    const lastMonth = addMonths(monthIn(timeZone, tx.clock()), -1)
    // A month that ended before this was switched on is no news.
    const isNew = next.announcesWinner && before?.announcesWinner !== true
    const announcedMonth = before && !isNew ? before.announcedMonth : lastMonth
    await tx.db
      .insert(leaderboardPages)
      .values({ organizationId, ...next, announcedMonth, createdAt: tx.clock() })
      .onConflictDoUpdate({ target: leaderboardPages.organizationId, set: { ...next, announcedMonth } })
    await writeAudit(tx, { action: 'leaderboard.settings_changed', subjectId: organizationId, data: next })
    return settingsOf(tx, next)
  })
}

async function isTaken(ctx: Ctx, slug: string): Promise<boolean> {
  const [other] = await ctx.db
    .select({ slug: leaderboardPages.slug })
    .from(leaderboardPages)
    .where(and(eq(leaderboardPages.slug, slug), ne(leaderboardPages.organizationId, ctx.organizationId)))
  return other !== undefined
}

/** "harbor-sons", or "harbor-sons-2" where another organization of the installation has it. */
async function freeSlug(ctx: Ctx): Promise<string> {
  const { name } = await getOrganization(ctx, ctx.organizationId)
  const slug = slugFrom(name)
  for (let number = 1; ; number += 1) {
    const one = number === 1 ? slug : `${slug}-${number}`
    if (!(await isTaken(ctx, one))) return one
  }
}
