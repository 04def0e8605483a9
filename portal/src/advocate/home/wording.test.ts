import { describe, expect, it } from 'vitest'
import { annasHome } from '../edge.testing.ts'
import type { Step } from './types.ts'
import { entryAmount, greeting, heldLine, moment, partReason, shortLink, spokenLink, stepsInView } from './wording.ts'

describe('the greeting', () => {
  it.each([
    [0, 'Hello, Anna', 'Your link is ready. Each step shows up here.'],
    [1, 'Thank you, Anna', 'One friend has booked because of you.'],
    [3, 'Thank you, Anna', 'Three friends have booked because of you.'],
    [12, 'Thank you, Anna', '12 friends have booked because of you.'],
  ])('after %i bookings', (booked, title, line) => {
    expect(greeting({ firstName: 'Anna', booked })).toEqual({ title, line })
  })
})

describe('below the tear of the balance slip', () => {
  it('stands what waits, and until when', () => {
    expect(heldLine(annasHome())).toEqual({ strong: '$112.50 on the way.', rest: 'Expected Jun 12.' })
  })

  it('no date is promised for all of it when it comes in parts', () => {
    const part = {
      label: 'Priya S. booked a job',
      at: '2026-05-29T17:00:00.000Z',
      amount: 5_625,
      kind: 'held',
    } as const
    expect(heldLine(annasHome({ history: [part, part] }))).toEqual({
      strong: '$112.50 on the way.', // 2 × $56.25
      rest: 'The next of it is expected Jun 12.',
    })
  })

  it('the day is the one of the business: 11 PM on Jun 11 in California is Jun 12 in UTC', () => {
    expect(heldLine(annasHome({ heldUntil: '2026-06-12T06:00:00.000Z' })).rest).toBe('Expected Jun 11.')
  })

  it('nothing waits', () => {
    expect(heldLine(annasHome({ held: 0, heldUntil: null })).rest).toBe('All of it can be used now.')
    expect(heldLine(annasHome({ held: 0, heldUntil: null, available: 0 })).strong).toBeNull()
  })
})

describe('an entry of the history', () => {
  const entry = (kind: 'in' | 'out' | 'held', amount: number) =>
    entryAmount({ kind, amount, label: 'Dana W. booked a job', at: '2026-05-06T17:00:00.000Z' }, 'USD')

  it('has a sign when credit came or went', () => {
    expect(entry('in', 5_500)).toBe('+$55.00')
    expect(entry('out', -2_500)).toBe('−$25.00')
  })

  it('has none while it waits, and when it was taken back before it counted', () => {
    expect(entry('held', 11_250)).toBe('$112.50')
    expect(entry('out', 0)).toBe('$0.00')
  })
})

it('the time of the last known data is told in the time zone of the business', () => {
  expect(moment('2026-06-04T16:12:00.000Z', 'America/Los_Angeles')).toBe('Jun 4, 9:12 AM')
})

it('the reason for waiting is set apart from its first words', () => {
  expect(partReason('Waiting because rewards clear 14 days after a job is paid.')).toEqual({
    lead: 'Waiting because',
    rest: ' rewards clear 14 days after a job is paid.',
  })
  expect(partReason('They went with someone else.')).toEqual({ lead: '', rest: 'They went with someone else.' })
})

describe('the steps to the next reward', () => {
  const steps = (done: number, all: number): Step[] =>
    Array.from({ length: all }, (_, place) => ({ nth: place + 1, amount: null, state: place < done ? 'done' : 'open' }))
  const inView = (done: number, all: number) => stepsInView(steps(done, all)).map((step) => step.nth)

  it('are all shown while they fit', () => {
    expect(inView(2, 5)).toEqual([1, 2, 3, 4, 5])
  })

  it('are those around the next one when there are many', () => {
    expect(inView(0, 12)).toEqual([1, 2, 3, 4, 5])
    expect(inView(6, 12)).toEqual([5, 6, 7, 8, 9]) // the 7th is next
    expect(inView(12, 12)).toEqual([8, 9, 10, 11, 12])
  })
})

it('a link is read without its scheme', () => {
  expect(spokenLink('https://harborsons.example/anna')).toBe('harborsons.example/anna')
  expect(spokenLink('http://127.0.0.1:3000/r/ANNA4K7')).toBe('127.0.0.1:3000/r/ANNA4K7')
})

it('a long link keeps the end that is the advocate’s own', () => {
  const short = shortLink('https://refer.harborsons.example/r/ANNA4K7')
  expect(short).toBe('refer.harbors…le/r/ANNA4K7')
  expect(short).toHaveLength(26)
})
