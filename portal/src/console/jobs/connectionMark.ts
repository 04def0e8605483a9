import type { Connection } from '@goodword/contracts'
import { dayMs } from '@goodword/domain'
import type { IconName } from '../../shared/ui/icon.tsx'
import { formatAgo, shortDay } from '../core/relativeDates.ts'

/** A connection that was quiet for longer may be broken. */
const quietMs = 3 * dayMs

export type ConnectionMark = { tone: 'good' | 'warn' | 'idle'; icon: IconName; text: string }

/** Whether systems are connected and when one last sent something. `now` in milliseconds. */
export function connectionMark(
  connections: readonly Pick<Connection, 'lastSeenAt' | 'state'>[],
  now: number,
  timeZone: string,
): ConnectionMark {
  if (connections.length === 0) return { tone: 'idle', icon: 'minus', text: 'Not connected' }
  if (connections.every(({ state }) => state === 'paused')) return { tone: 'idle', icon: 'minus', text: 'Paused' }
  const seen = connections.map(({ lastSeenAt }) => lastSeenAt).filter((moment) => moment !== null)
  const last = seen.sort().at(-1)
  if (last === undefined) return { tone: 'idle', icon: 'clock', text: 'Connected, no event yet' }
  const at = Date.parse(last)
  if (now - at > quietMs) return { tone: 'warn', icon: 'alert', text: `Last event ${shortDay(at, now, timeZone)}` }
  const ago = formatAgo(last, Math.max(now, at), timeZone)
  return { tone: 'good', icon: 'converted', text: `Connected, last event ${ago}` }
}
