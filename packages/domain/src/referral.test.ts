import { flagReasons, type ProblemCode, problemCodes, referralStatuses, type roles, scopes } from '@goodword/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkProperty } from '../test/checkProperty.ts'
import { decideSubmission, publicProblem, type SubmissionFacts } from './attribution.ts'
import { campaignOpenness } from './campaign.ts'
import { may } from './permissions.ts'
import { blockingStatuses, canMove, liveStatuses, transitions } from './status.ts'

describe('the status of a referral', () => {
  it('follows the transitions in the spec and no others', () => {
    const moves = referralStatuses.flatMap((from) =>
      referralStatuses.filter((to) => canMove(from, to)).map((to) => `${from} → ${to}`),
    )
    expect(moves.sort()).toEqual([
      'accepted → converted',
      'accepted → declined',
      'accepted → expired',
      'accepted → pending',
      'converted → reversed',
      'declined → pending',
      'expired → pending',
      'pending → accepted',
      'pending → converted',
      'pending → declined',
      'pending → expired',
    ])
  })

  it('starts as pending and never leaves reversed', () => {
    expect(transitions.filter((line) => line.from === null).map((line) => line.to)).toEqual(['pending'])
    expect(referralStatuses.some((to) => canMove('reversed', to))).toBe(false)
  })

  it('prevents a second referral of the same friend while pending, accepted or converted', () => {
    expect(liveStatuses.every((status) => canMove(status, 'converted'))).toBe(true)
    expect(blockingStatuses).toEqual([...liveStatuses, 'converted'])
  })
})

describe('a campaign', () => {
  const may1 = Date.parse('2026-05-01T07:00:00Z')
  const openness = (status: Parameters<typeof campaignOpenness>[0]['status'], now: number) =>
    campaignOpenness({ status, startsAt: may1 - 1_000, endsAt: may1 }, now)

  it('is active from its start up to, but not including, its end', () => {
    expect(openness('active', may1 - 1_001)).toEqual({ open: false, code: 'campaign_not_started' })
    expect(openness('active', may1 - 1_000)).toEqual({ open: true })
    expect(openness('active', may1 - 1)).toEqual({ open: true })
    expect(openness('active', may1)).toEqual({ open: false, code: 'campaign_ended' })
  })

  it('without dates is open while it is active', () => {
    expect(campaignOpenness({ status: 'active', startsAt: null, endsAt: null }, may1)).toEqual({ open: true })
  })

  it('accepts nobody if it is a draft, paused or ended', () => {
    expect(openness('draft', may1 - 1)).toEqual({ open: false, code: 'campaign_not_active' })
    expect(openness('paused', may1 - 1)).toEqual({ open: false, code: 'campaign_not_active' })
    expect(openness('ended', may1 - 1)).toEqual({ open: false, code: 'campaign_ended' })
  })
})

const fine: SubmissionFacts = {
  openness: { open: true },
  friendIsAdvocatePerson: false,
  friendReferredAdvocate: false,
  friendEnrolledHere: false,
  alreadyReferred: false,
  liveReferrals: 49,
  liveReferralsMax: 50,
  friendIsExistingCustomer: false,
  existingCustomers: 'reject',
  flags: [],
  needsProof: false,
}

/** The failure of each check, in the order of SPEC §4. */
const failures: [ProblemCode, Partial<SubmissionFacts>][] = [
  ['campaign_ended', { openness: { open: false, code: 'campaign_ended' } }],
  ['self_referral', { friendIsAdvocatePerson: true }],
  ['referral_loop', { friendReferredAdvocate: true }],
  ['friend_is_advocate', { friendEnrolledHere: true }],
  ['already_referred', { alreadyReferred: true }],
  ['advocate_limit_reached', { liveReferrals: 50 }],
  ['existing_customer', { friendIsExistingCustomer: true }],
  ['proof_needed', { needsProof: true }],
]

describe('a submission', () => {
  it('that passes every check is accepted', () => {
    expect(decideSubmission(fine)).toEqual({ ok: true, flags: [], withoutReward: false })
  })

  it('fails with the first failing check, no matter which others fail too', () => {
    checkProperty(
      fc.property(fc.subarray(failures, { minLength: 1 }), (failing) => {
        let facts = fine
        for (const [, fact] of failing) facts = { ...facts, ...fact }
        expect(decideSubmission(facts)).toEqual({ ok: false, code: failing[0]?.[0] })
      }),
    )
  })

  it('of an existing customer follows the campaign: reject, accept without reward, or accept', () => {
    const customer = { ...fine, friendIsExistingCustomer: true }
    expect(decideSubmission(customer)).toEqual({ ok: false, code: 'existing_customer' })
    expect(decideSubmission({ ...customer, existingCustomers: 'accept_without_reward' })).toMatchObject({
      ok: true,
      withoutReward: true,
    })
    expect(decideSubmission({ ...customer, existingCustomers: 'accept' })).toMatchObject({
      ok: true,
      withoutReward: false,
    })
  })

  it('is never rejected for being suspicious; it gets flags instead', () => {
    const flags = [...flagReasons]
    expect(decideSubmission({ ...fine, flags })).toEqual({ ok: true, flags, withoutReward: false })
  })
})

describe('public errors', () => {
  it('use one code for everything that would reveal something about someone else', () => {
    const hidden: ProblemCode[] = ['friend_is_advocate', 'existing_customer', 'advocate_limit_reached', 'referral_loop']
    for (const code of hidden) expect(publicProblem(code)).toBe('referral_not_possible')
    const changed = problemCodes.filter((code) => publicProblem(code) !== code)
    expect(changed.sort()).toEqual([...hidden].sort())
  })
})

describe('permissions by role', () => {
  const allowed = (role: (typeof roles)[number]) => scopes.filter((scope) => may(role, scope))

  it('give owners and admins every scope', () => {
    expect(allowed('owner')).toEqual([...scopes])
    expect(allowed('admin')).toEqual([...scopes])
  })

  it('let staff work with referrals, advocates and messages, but not change campaigns or settings', () => {
    expect(scopes.filter((scope) => !may('staff', scope))).toEqual(['campaigns:write', 'settings:write'])
  })

  it('give agents none of these scopes', () => {
    expect(allowed('agent')).toEqual([])
  })
})
