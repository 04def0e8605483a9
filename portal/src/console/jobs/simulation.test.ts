import { AskRule } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { simulate } from './simulation.ts'

const timeZone = 'America/Los_Angeles'
const finishedAt = Date.parse('2026-12-01T02:40:00Z')
const clocks = {
  moment: (at: number) => new Date(at).toISOString().slice(5, 16),
  time: (at: number) => new Date(at).toISOString().slice(11, 16),
  day: (day: string) => day,
}
const lines = (rule: Partial<AskRule>, score: number | null) =>
  simulate({ rule: AskRule.parse({ on: true, ...rule }), timeZone, finishedAt, score }, clocks).map(
    ({ lead, why, at }) => [lead, why, at === null ? null : clocks.moment(at)],
  )

describe('what would happen', () => {
  it('to a happy customer in the evening: a text in the morning, and a reminder', () => {
    expect(lines({}, 5)).toEqual([
      ['Job completed, score 5', null, '12-01T02:40'],
      ['Waits for the morning', '2 hours later is 04:40, quiet time.', null],
      ['Text with the link', null, '12-01T17:00'],
      ['Reminder', 'Only if the link was never opened.', '12-03T17:00'],
    ])
  })

  it('to an unhappy one: the team is told', () => {
    expect(lines({}, 2)).toEqual([
      ['Job completed, score 2', null, '12-01T02:40'],
      ['Your team is told', 'The score of 2 is under your 4.', null],
    ])
  })

  it('without a score: nothing after the wait, or the ask', () => {
    expect(lines({ scoreWaitDays: 3 }, null).at(-1)).toEqual(['Nobody is asked', 'No score came within 3 days.', null])
    expect(lines({ scoreWaitDays: 3, withoutScore: 'ask', followUpHours: null }, null).map(([lead]) => lead)).toEqual([
      'Job completed, no score',
      'Waits for a score',
      'Text with the link',
    ])
  })

  it('while asking is off', () => {
    expect(lines({ on: false }, 5).at(-1)).toEqual(['Nobody is asked', 'Asking is off in this campaign.', null])
  })
})
