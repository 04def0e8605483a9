import { countedScores, type JobScores } from '@goodword/contracts'
import { pluralize } from '../core/relativeDates.ts'

const which = (least: number): string => {
  if (least === 5) return '5'
  if (least === 4) return '4 or 5'
  return least === 3 ? '3, 4 or 5' : `${least} or more`
}

/** "Last 90 days: 52 of 58 scores were 4 or 5." */
export function scoresSentence({ counts, isNewestOnly }: JobScores, least: number): string {
  const sum = (from: number) => counts.slice(from).reduce((all, count) => all + count, 0)
  const total = sum(0)
  if (total === 0) return `No scores in the last ${countedScores.days} days.`
  const enough = sum(least - 1).toLocaleString('en-US')
  if (isNewestOnly) return `Last ${total.toLocaleString('en-US')} scores: ${enough} were ${which(least)}.`
  return `Last ${countedScores.days} days: ${enough} of ${pluralize(total, 'score')} ${total === 1 ? 'was' : 'were'} ${which(least)}.`
}
