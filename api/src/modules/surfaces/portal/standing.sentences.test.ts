import { wordsIn } from '@goodword/words/server'
import { expect, it } from 'vitest'
import { standingTexts } from './standing.sentences.ts'

const words = wordsIn('en')
const textsOf = (closed: number, others: number[], isListed = true, unchecked = 0) => {
  const tally = new Map<number, number>()
  for (const count of [...others, ...(closed > 0 ? [closed] : [])]) tally.set(count, (tally.get(count) ?? 0) + 1)
  const { placeText, nextText } = standingTexts({ tally, closed, unchecked, isListed }, words)
  return [placeText, nextText].filter(Boolean).join(' ')
}

it.each([
  ['first alone', 5, [3, 1], 'You’re in 1st place.'],
  [
    'first with another',
    5,
    [5, 1],
    'You’re tied for 1st place. One more friend who books gives you 1st place to yourself.',
  ],
  ['second', 3, [5, 1], 'You’re in 2nd place. 2 more friends who book tie you for 1st place.'],
  [
    'second with another',
    3,
    [5, 3],
    'You’re tied for 2nd place. One more friend who books gives you 2nd place to yourself.',
  ],
  ['third', 2, [9, 4, 1], 'You’re in 3rd place. 2 more friends who book tie you for 2nd place.'],
  ['last, right behind many', 2, [3, 3, 3], 'You’re in 4th place. One more friend who books ties you for 1st place.'],
  [
    'last of a tie',
    1,
    [4, 1, 1],
    'You’re tied for 2nd place. One more friend who books gives you 2nd place to yourself.',
  ],
  ['eleventh', 1, Array(10).fill(2), 'You’re in 11th place. One more friend who books ties you for 1st place.'],
] as const)('who is %s', (_, closed, others, sentence) => expect(textsOf(closed, [...others])).toBe(sentence))

it.each([
  ['alone', 2, [], '2 friends of yours have booked. Places show once three people are listed.'],
  ['with one other', 1, [4], 'One friend of yours has booked. Places show once three people are listed.'],
] as const)('who is listed %s learns no place, as nobody does', (_, closed, others, sentence) =>
  expect(textsOf(closed, [...others])).toBe(sentence),
)

it.each([
  [
    'would be fourth',
    2,
    [5, 3, 3],
    'You’d be in 4th place if you were listed. One more friend who books ties you for 2nd place.',
  ],
  [
    'would share a place',
    3,
    [5, 3],
    'You’d be tied for 2nd place if you were listed. One more friend who books gives you 2nd place to yourself.',
  ],
] as const)('who is not listed %s', (_, closed, others, sentence) =>
  expect(textsOf(closed, [...others], false)).toBe(sentence),
)

it.each([
  ['among nobody', [], 'None of your friends has booked in this period yet.'],
  [
    'behind people with one friend',
    [1, 1],
    'None of your friends has booked in this period yet. The first friend who books ties you for 1st place.',
  ],
  [
    'behind people with several',
    [3, 2],
    'None of your friends has booked in this period yet. The first 2 friends who book tie you for 2nd place.',
  ],
] as const)('who has no converted friend %s', (_, others, sentence) => expect(textsOf(0, [...others])).toBe(sentence))

it('counts friends who booked only once staff cleared their flags, and says that they booked', () => {
  expect(textsOf(0, [3, 2], true, 1)).toBe('One friend of yours has booked, and counts here once we’ve checked it.')
  expect(textsOf(0, [], false, 2)).toBe('2 friends of yours have booked, and count here once we’ve checked them.')
  expect(textsOf(1, [], true, 2)).toBe('3 friends of yours have booked. Places show once three people are listed.')
})
