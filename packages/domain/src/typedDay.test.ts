import { expect, it } from 'vitest'
import { readDay } from './typedDay.ts'

it.each([
  ['2026-11-28', 'US', '2026-11-28'],
  ['2026-11-28T14:05:00Z', 'DE', '2026-11-28'],
  ['11/28/2026', 'US', '2026-11-28'],
  ['11/28/26 2:05 PM', 'US', '2026-11-28'],
  ['28/11/2026', 'GB', '2026-11-28'],
  ['3/4/2026', 'US', '2026-03-04'],
  ['3/4/2026', 'GB', '2026-04-03'],
  ['28.11.2026', 'US', '2026-11-28'],
  ['29.02.2028', 'DE', '2028-02-29'],
])('the day %s in %s is %s', (text, country, day) => {
  expect(readDay(text, country)).toBe(day)
})

it.each([
  ['28/11/2026', 'US'],
  ['29.02.2027', 'DE'],
  ['0/1/2026', 'US'],
  ['Nov 28', 'US'],
  ['46354', 'US'],
  ['', 'US'],
  ['1/2-2026', 'US'],
])('“%s” in %s is no day, and none is guessed', (text, country) => {
  expect(readDay(text, country)).toBeNull()
})
