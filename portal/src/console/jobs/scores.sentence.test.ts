import { expect, it } from 'vitest'
import { scoresSentence } from './scores.sentence.ts'

const lately = (counts: number[], isNewestOnly = false) => ({ counts, isNewestOnly })

it.each([
  [lately([1, 2, 3, 20, 32]), 4, 'Last 90 days: 52 of 58 scores were 4 or 5.'],
  [lately([1, 2, 3, 20, 32]), 5, 'Last 90 days: 32 of 58 scores were 5.'],
  [lately([1, 2, 3, 20, 32]), 3, 'Last 90 days: 55 of 58 scores were 3, 4 or 5.'],
  [lately([1, 2, 3, 20, 32]), 1, 'Last 90 days: 58 of 58 scores were 1 or more.'],
  [lately([0, 0, 0, 1, 0]), 5, 'Last 90 days: 0 of 1 score was 5.'],
  [lately([0, 0, 95, 405, 500], true), 4, 'Last 1,000 scores: 905 were 4 or 5.'],
  [lately([0, 0, 0, 0, 0]), 4, 'No scores in the last 90 days.'],
])('says how many scores would be enough (%#)', (scores, least, sentence) =>
  expect(scoresSentence(scores, least)).toBe(sentence),
)
