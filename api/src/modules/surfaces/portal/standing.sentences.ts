import type { PortalLeaderboard } from '@goodword/contracts'
import { nextPlace, placeIn, showsPlaces, type Tally } from '@goodword/domain'
import type { Words } from '@goodword/words/server'

/**
 * Where somebody stands who has `closed` referrals that count and, if any, is part of the tally. `unchecked` more have a
 * flag that staff haven't cleared. `isListed`: others see them there.
 */
type OwnStanding = { tally: Tally; closed: number; unchecked: number; isListed: boolean }
type Texts = Pick<PortalLeaderboard, 'placeText' | 'nextText'>

/** Their place and what the next friend changes. Among fewer than three people, how many friends they have. */
export function standingTexts({ tally, closed, unchecked, isListed }: OwnStanding, { say }: Words): Texts {
  const people = [...tally.values()].reduce((sum, count) => sum + count, 0)
  if (closed === 0 && unchecked > 0)
    return { placeText: say('portal.leaderboard.unchecked', { count: unchecked }), nextText: null }
  if (closed === 0) {
    const next = showsPlaces(people + 1) ? nextPlace(new Map([...tally, [0, 1]]), 0) : null
    const key = next?.shared ? 'portal.leaderboard.startShared' : 'portal.leaderboard.start'
    return {
      placeText: say('portal.leaderboard.none'),
      nextText: next && say(key, { count: next.more, place: next.place }),
    }
  }
  if (!showsPlaces(people))
    return { placeText: say('portal.leaderboard.tooFew', { count: closed + unchecked }), nextText: null }
  const { place, shared } = placeIn(tally, closed)
  return {
    placeText: isListed
      ? say(shared ? 'portal.leaderboard.ownShared' : 'portal.leaderboard.own', { place })
      : say(shared ? 'portal.leaderboard.wouldShared' : 'portal.leaderboard.would', { place }),
    nextText: nextText(place, nextPlace(tally, closed), { say }),
  }
}

function nextText(place: number, next: ReturnType<typeof nextPlace>, { say }: Pick<Words, 'say'>): string | null {
  if (!next) return null
  const facts = { count: next.more, place: next.place }
  if (next.shared) return say('portal.leaderboard.nextShared', facts)
  return next.place === place ? say('portal.leaderboard.nextAlone', facts) : say('portal.leaderboard.next', facts)
}
