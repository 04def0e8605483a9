import { describe, expect, it } from 'vitest'
import { referralRow } from '../core/testClient.testing.ts'
import { describeNextStep, mainAction } from './nextStep.ts'

const zone = 'America/Los_Angeles'
const submitted = Date.parse('2026-05-25T15:00:00Z')
const day = 86_400_000
const pending = referralRow(1, { submittedAt: new Date(submitted).toISOString() })

describe('the next step', () => {
  it('is to call back, and overdue from the third day on', () => {
    expect(describeNextStep(pending, submitted + 2 * day, zone)).toEqual({ text: 'Call back', tone: 'do' })
    expect(describeNextStep(pending, submitted + 4 * day, zone)).toEqual({ text: 'Waiting 4 days', tone: 'late' })
  })

  it('is to confirm the job once accepted', () => {
    const accepted = referralRow(1, { status: 'accepted', nextStep: { kind: 'confirm_job', at: null } })
    expect(describeNextStep(accepted, submitted, zone).text).toBe('Confirm the job value')
    expect(mainAction(accepted)).toBe('convert')
  })

  it('names the day a held reward is released', () => {
    const at = '2026-06-08T16:00:00Z'
    const converted = referralRow(1, { status: 'converted', nextStep: { kind: 'reward_clears', at } })
    expect(describeNextStep(converted, submitted, zone)).toEqual({ text: 'Reward clears Jun 8', tone: 'rest' })
    expect(mainAction(converted)).toBe('open')
  })

  it('gives the reason when there is nothing to do', () => {
    const nothing = { kind: 'nothing', at: null } as const
    const declined = referralRow(1, { status: 'declined', reason: 'Outside service area', nextStep: nothing })
    expect(describeNextStep(declined, submitted, zone).text).toBe('Outside service area')
    expect(describeNextStep({ ...declined, reason: null }, submitted, zone).text).toBe('Nothing to do')
  })
})
