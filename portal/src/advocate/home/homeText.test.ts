import { describe, expect, it } from 'vitest'
import { annasHome } from '../server.testing.ts'
import {
  displayLink,
  entryAmount,
  greeting,
  heldLine,
  moment,
  shortLink,
  splitReason,
  stepsInView,
} from './homeText.ts'
import type { Step } from './types.ts'

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

describe('the line below the balance', () => {
  it('says what is on hold, and until when', () => {
    expect(heldLine(annasHome())).toEqual({ strong: '$112.50 on the way.', rest: 'Expected Jun 12.' })
  })

  it('gives no date for the full amount if parts of it clear later', () => {
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

  it("uses the business's day: 11 PM on Jun 11 in California is Jun 12 in UTC", () => {
    expect(heldLine(annasHome({ heldUntil: '2026-06-12T06:00:00.000Z' })).rest).toBe('Expected Jun 11.')
  })

  it('is about the next step if nothing is on hold', () => {
    expect(heldLine(annasHome({ held: 0, heldUntil: null })).rest).toBe('All of it can be used now.')
    expect(heldLine(annasHome({ held: 0, heldUntil: null, available: 0 })).strong).toBeNull()
  })
})

describe('a history entry', () => {
  const entry = (kind: 'in' | 'out' | 'held', amount: number) =>
    entryAmount({ kind, amount, label: 'Dana W. booked a job', at: '2026-05-06T17:00:00.000Z' }, 'USD')

  it('has a sign if it added or removed credit', () => {
    expect(entry('in', 5_500)).toBe('+$55.00')
    expect(entry('out', -2_500)).toBe('−$25.00')
  })

  it('has no sign while it is on hold, or if it was reversed before it counted', () => {
    expect(entry('held', 11_250)).toBe('$112.50')
    expect(entry('out', 0)).toBe('$0.00')
  })
})

it("the time of the last known data is in the business's time zone", () => {
  expect(moment('2026-06-04T16:12:00.000Z', 'America/Los_Angeles')).toBe('Jun 4, 9:12 AM')
})

it('the reason for a hold is split into a bold start and the rest', () => {
  expect(splitReason('Waiting because rewards clear 14 days after a job is paid.')).toEqual({
    lead: 'Waiting because',
    rest: ' rewards clear 14 days after a job is paid.',
  })
  expect(splitReason('They went with someone else.')).toEqual({ lead: '', rest: 'They went with someone else.' })
})

describe('the steps to the next reward', () => {
  const steps = (done: number, all: number): Step[] =>
    Array.from({ length: all }, (_, place) => ({ nth: place + 1, amount: null, state: place < done ? 'done' : 'open' }))
  const inView = (done: number, all: number) => stepsInView(steps(done, all)).map((step) => step.nth)

  it('are all shown if they fit', () => {
    expect(inView(2, 5)).toEqual([1, 2, 3, 4, 5])
  })

  it('are those around the next one if there are many', () => {
    expect(inView(0, 12)).toEqual([1, 2, 3, 4, 5])
    expect(inView(6, 12)).toEqual([5, 6, 7, 8, 9]) // the 7th is next
    expect(inView(12, 12)).toEqual([8, 9, 10, 11, 12])
  })
})

it('a link is shown without its scheme', () => {
  expect(displayLink('https://harborsons.example/anna')).toBe('harborsons.example/anna')
  expect(displayLink('http://127.0.0.1:3000/r/ANNA4K7')).toBe('127.0.0.1:3000/r/ANNA4K7')
})

it("a long link keeps its end, which is the advocate's own code", () => {
  const short = shortLink('https://refer.harborsons.example/r/ANNA4K7')
  expect(short).toBe('refer.harbors…le/r/ANNA4K7')
  expect(short).toHaveLength(26)
})
