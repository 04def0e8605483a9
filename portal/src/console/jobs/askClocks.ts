import { momentAt } from '@goodword/domain'
import type { AskFigures } from '@goodword/words/asking'
import { useConsole } from '../core/console.ts'
import { dayAndTime, shortDay } from '../core/relativeDates.ts'

/** How moments and days are written in the reasons why somebody is not asked. */
export function useAskClocks(): AskFigures {
  const { now, me } = useConsole()
  const { timeZone } = me.organization
  return {
    moment: (at) => dayAndTime(new Date(at).toISOString(), now.value, timeZone),
    day: (day) => shortDay(momentAt(day, '12:00', timeZone), now.value, timeZone),
  }
}
