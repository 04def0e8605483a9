import { JobRules } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { credit, percent, termsOf } from '../test/terms.ts'
import { changesOf } from './campaignChanges.ts'

const changes = (before: unknown, after: unknown) => {
  const rules = (given: unknown) => (given === undefined ? {} : { jobs: JobRules.parse(given) })
  return changesOf(termsOf(rules(before)), termsOf(rules(after)), 'USD')
}

describe('a change of the rules for jobs', () => {
  it('says everything that begins when asking is switched on', () => {
    expect(changes(undefined, { ask: { on: true }, convertAt: 'invoiced' })).toEqual([
      'Customers are asked: never → after a job is completed',
      'Lowest score to ask: 4',
      'They are asked: 2 hours later',
      'Quiet hours: 8:00 PM to 9:00 AM',
      'They are asked by: text, or else email',
      'Reminder: once, after 48 hours',
      'Nobody is asked again: within 180 days',
      'Without a score: don’t ask, after waiting 7 days',
      'Referrals convert: by your team → when the job is invoiced',
    ])
  })

  it('says nothing where nothing changes, such as rules that are off', () => {
    expect(changes(undefined, {})).toEqual([])
    expect(changes(undefined, { ask: { on: false, minScore: 5 } })).toEqual([])
  })

  it('says each part by itself', () => {
    const before = { ask: { on: true } }
    const after = {
      ask: {
        on: true,
        trigger: 'invoiced',
        minScore: 5,
        delayMinutes: 90,
        quietHours: { from: '00:30', until: '12:00' },
        channel: 'both',
        followUpHours: null,
        gapDays: 1,
        withoutScore: 'ask',
        scoreWaitDays: 1,
      },
      refunds: 'take_back',
      repeat: { limit: { type: 'months', months: 12 }, advocate: credit(percent(200)), friend: { kind: 'none' } },
    }
    expect(changes(before, after)).toEqual([
      'Customers are asked: after a job is completed → after a job is invoiced',
      'Lowest score to ask: 4 → 5',
      'They are asked: 2 hours later → 90 minutes later',
      'Quiet hours: 8:00 PM to 9:00 AM → 12:30 AM to 12:00 PM',
      'They are asked by: text, or else email → text and email',
      'Reminder: once, after 48 hours → none',
      'Nobody is asked again: within 180 days → within 1 day',
      'Without a score: don’t ask, after waiting 7 days → ask after 1 day',
      'After a refund: your team decides → rewards are taken back',
      'Further jobs earn: nothing → for 12 months: advocate 2% of the job, friend nothing',
    ])
    expect(changes({ ask: { on: true, delayMinutes: 0 } }, { ask: { on: true, delayMinutes: 1_440 } })).toEqual([
      'They are asked: at once → 1 day later',
    ])
  })
})

it('rules for jobs are refused if they make no sense', () => {
  for (const wrong of [
    { ask: { on: true, minScore: 6 } },
    { ask: { on: true, quietHours: { from: '20:00', until: '20:00' } } },
    { ask: { on: true, quietHours: { from: '24:00', until: '09:00' } } },
    { ask: { on: true, scoreWaitDays: 0 } },
    { repeat: { limit: { type: 'times', times: 0 }, advocate: { kind: 'none' }, friend: { kind: 'none' } } },
    { convertAt: 'paid' },
  ])
    expect(JobRules.safeParse(wrong).success).toBe(false)
})
