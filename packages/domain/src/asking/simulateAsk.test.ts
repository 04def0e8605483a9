import { expect, it } from 'vitest'
import { email, moment, phone, ruleOf } from '../../test/asking.ts'
import { simulateAsk } from './simulateAsk.ts'

const given = { timeZone: 'America/Los_Angeles', addresses: { phone, email } }
const told = (rule: Parameters<typeof ruleOf>[0], score: number | null, finishedAt: string) =>
  simulateAsk({ rule: ruleOf(rule), finishedAt: moment(finishedAt), score, ...given }).map(({ at, decision }) => {
    const what = decision.do === 'send' ? `${decision.what} ${new Date(decision.at).toISOString()}` : decision.do
    return `${new Date(at).toISOString()} ${what}${'reason' in decision ? ` ${decision.reason}` : ''}`
  })

it('shows a job of the evening: the ask in the morning, its follow-up two days later, and no more', () => {
  expect(told({}, 5, '2026-12-01T02:40:00Z')).toEqual([
    '2026-12-01T02:40:00.000Z ask 2026-12-01T17:00:00.000Z',
    '2026-12-01T17:00:00.000Z follow_up 2026-12-03T17:00:00.000Z',
    '2026-12-03T17:00:00.000Z nothing followed_up',
  ])
})

it('shows why nobody is asked, at once or after waiting for a score', () => {
  expect(told({}, 2, '2026-12-01T02:40:00Z')).toEqual(['2026-12-01T02:40:00.000Z nothing score_low'])
  expect(told({}, null, '2026-12-01T02:40:00Z')).toEqual([
    '2026-12-01T02:40:00.000Z wait',
    '2026-12-08T02:40:00.000Z nothing no_score',
  ])
})

it('shows a rule that asks without a score and never reminds', () => {
  expect(told({ withoutScore: 'ask', scoreWaitDays: 1, followUpHours: null }, null, '2026-12-01T18:00:00Z')).toEqual([
    '2026-12-01T18:00:00.000Z wait',
    '2026-12-02T18:00:00.000Z ask 2026-12-02T18:00:00.000Z',
    '2026-12-02T18:00:00.000Z nothing no_follow_up',
  ])
})
