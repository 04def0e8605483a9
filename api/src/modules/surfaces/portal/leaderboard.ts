import type { PortalLeaderboard } from '@goodword/contracts'
import { leaderboardName, placeIn } from '@goodword/domain'
import type { Words } from '@goodword/words/server'
import type { Ctx } from '../../../shared/context.ts'
import { periodAt, publicLeaderboard, standingOf } from '../../program/leaderboard/leaderboard.queries.ts'
import { findLeaderboardPage } from '../../program/leaderboard/settings.ts'
import { countText, spanText } from '../embed/leaderboard.ts'
import { standingTexts } from './standing.sentences.ts'

const rowsShown = 5

/**
 * The leaderboard as one advocate sees it: their place among those listed, even while they aren't, and what the next
 * friend changes. Null unless the organization shows it to everyone.
 */
export async function portalLeaderboard(
  ctx: Ctx,
  contact: { id: string; name: string; leaderboardSince: number | null },
  words: Words,
): Promise<PortalLeaderboard | null> {
  const page = await findLeaderboardPage(ctx)
  if (!page?.isPublic) return null
  const at = ctx.clock()
  const { name } = await periodAt(ctx, page.opensWith, at)
  const [{ months, rows, tally }, own] = await Promise.all([
    publicLeaderboard(ctx, { period: page.opensWith, shows: Math.max(page.shows, rowsShown), at }),
    standingOf(ctx, name, contact.id),
  ])
  const closed = own?.cleared ?? 0
  const unchecked = (own?.closed ?? 0) - closed
  const isCounted = own?.listed === true && closed > 0
  // Whoever isn't listed sees the place they would have.
  const everyone = isCounted || closed === 0 ? tally : new Map([...tally, [closed, (tally.get(closed) ?? 0) + 1]])
  const { place, shared } = placeIn(everyone, closed)
  const ownName = leaderboardName(contact.name)
  const ownRow = { name: ownName ?? '', place, shared, closed, countText: countText(closed, words), you: true }
  const top = rows.slice(0, rowsShown).map(({ contactId, ...row }) => ({
    ...row,
    countText: countText(row.closed, words),
    you: contactId === contact.id,
  }))
  const isShown = !isCounted || top.some(({ you }) => you)
  return {
    spanText: spanText(months, words),
    ...standingTexts({ tally: everyone, closed, unchecked, isListed: isCounted }, words),
    rows: isShown || ownName === null ? top : [...top, ownRow],
    sharedText: words.say('portal.leaderboard.shared'),
    listed: contact.leaderboardSince !== null,
    name: ownName,
    url: `${ctx.config.publicUrl}/l/${page.slug}`,
  }
}
