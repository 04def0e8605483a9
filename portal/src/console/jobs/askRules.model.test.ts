import { JobRules } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { parseRules, toDraft } from './askRules.model.ts'

describe('the rules for jobs in their fields', () => {
  it('read back as they were, with what the fields do not show', () => {
    const jobs = JobRules.parse({
      ask: {
        on: true,
        delayMinutes: 90,
        followUpHours: null,
        minScore: 3,
        quietHours: { from: '21:00', until: '08:30' },
      },
      convertAt: 'invoiced',
      repeat: { limit: { type: 'times', times: 2 }, advocate: { kind: 'none' }, friend: { kind: 'none' } },
    })
    expect(parseRules(toDraft(jobs), jobs)).toEqual({ ok: true, jobs })
  })

  it('begin switched off, with what is usual', () => {
    expect(toDraft(undefined)).toMatchObject({ on: false, delayHours: '2', quietFrom: '20:00', convertAt: 'by_hand' })
  })

  it('say what is wrong at the field', () => {
    const draft = { ...toDraft(undefined), delayHours: 'soon', gapDays: '-1', quietUntil: '20:00', scoreWaitDays: '99' }
    expect(parseRules(draft, undefined)).toEqual({
      ok: false,
      errors: {
        delayHours: 'Enter hours, such as 2 or 1.5.',
        gapDays: 'Enter a whole number.',
        quietUntil: 'Quiet hours must end at another time.',
        scoreWaitDays: 'Wait 30 days or less.',
      },
    })
  })
})
