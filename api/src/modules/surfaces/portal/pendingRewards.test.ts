import { wordsIn } from '@goodword/words/server'
import { describe, expect, it } from 'vitest'
import { describeFriend, type FriendFacts, type RewardFacts } from './portal.words.ts'

const at = (day: string) => Date.parse(`${day}T19:00:00Z`)
const setting = { timeZone: 'America/Los_Angeles', now: at('2026-06-20'), offer: '5% back', words: wordsIn('en') }

/** Priya, whose job was paid on May 29, in a campaign that holds rewards for 14 days. */
function priya(reward: Partial<RewardFacts>, holdDays = 14) {
  const facts: FriendFacts = {
    displayName: 'Priya S.',
    status: 'converted',
    sentAt: at('2026-05-20'),
    changedAt: at('2026-05-29'),
    reason: null,
    conversion: { at: at('2026-05-29'), paidOn: '2026-05-29', holdDays },
    reward: {
      kind: 'credit',
      status: 'pending',
      text: null,
      amount: 11_250,
      currency: 'USD',
      availableAt: at('2026-06-12'),
      needsApproval: false,
      reason: null,
      redeemedAt: null,
      updatedAt: at('2026-06-15'),
      code: null,
      card: null,
      ...reward,
    },
  }
  return describeFriend(facts, setting)
}

describe('a pending reward says what it is waiting for, and until when', () => {
  it('the end of its hold', () => {
    expect(priya({ availableAt: at('2026-06-25') })).toMatchObject({
      amount: 11_250,
      whenText: 'Expected Jun 25',
      why: 'Waiting because rewards clear 14 days after a job is paid. Priya’s was paid May 29.',
    })
  })

  it('the end of its hold and then approval', () => {
    expect(priya({ availableAt: at('2026-06-25'), needsApproval: true })).toMatchObject({
      whenText: 'Not before Jun 25',
      why: 'Waiting because rewards clear 14 days after a job is paid. Priya’s was paid May 29. From Jun 25 on, it’s approved by hand.',
    })
  })

  it('approval', () => {
    expect(priya({ needsApproval: true })).toMatchObject({
      whenText: 'Ready Jun 12',
      why: 'Waiting because each reward is approved by hand. This one since Jun 12.',
    })
  })

  it('a discount code', () => {
    expect(priya({ kind: 'discount_code', text: '20% off' })).toMatchObject({
      amount: null,
      amountText: '20% off',
      code: null,
      card: null,
      whenText: 'Due Jun 12',
      why: 'Waiting because all codes have been given out. You’ll get the next one; yours has been due since Jun 12.',
    })
  })
})

describe('a reward that is no longer pending', () => {
  it('shows its code, and later that it was used', () => {
    const given = { kind: 'discount_code', text: '20% off', code: 'THANKS-7Q2' } as const
    expect(priya({ ...given, status: 'issued' })).toMatchObject({
      code: 'THANKS-7Q2',
      whenText: 'Added Jun 12',
      why: null,
    })
    expect(priya({ ...given, status: 'redeemed', redeemedAt: at('2026-06-18') }).whenText).toBe('Used Jun 18')
  })

  it('shows when it was rejected, and why', () => {
    expect(priya({ status: 'voided', reason: 'The job was cancelled' })).toMatchObject({
      amount: null,
      amountText: '',
      whenText: 'Not given, Jun 15',
      why: 'Because: The job was cancelled',
    })
  })
})
