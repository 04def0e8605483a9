import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factsOf, finished, jobOf, ruleOf } from '../../test/asking.ts'
import { checkProperty } from '../../test/checkProperty.ts'
import type { AskScore, OtherAsk } from './askFacts.ts'
import { decideAsk } from './decideAsk.ts'

const minuteMs = 60_000
const jobs = ['job_1', 'job_2', 'job_3']
const campaigns = ['cam_1', 'cam_2']

type Heard = { jobId: string; score: number; minute: number; arrivesAfter: number }

/** Several jobs of one contact in several campaigns, whose invitations know of each other. The asks that went out. */
function asksAfter(heard: readonly Heard[], order: readonly number[]): { at: number; jobId: string | null }[] {
  const pairs = jobs.flatMap((jobId) =>
    campaigns.map((campaignId) => ({ id: `${jobId} ${campaignId}`, jobId, campaignId })),
  )
  const inOrder = order.flatMap((index) => pairs[index] ?? [])
  const asks = new Map<string, OtherAsk>()
  const known: Heard[] = []
  const decideAll = (now: number) => {
    const scores: AskScore[] = known.map(({ jobId, score, minute }) => ({
      jobId,
      value: score,
      at: finished + minute * minuteMs,
    }))
    for (const { id, jobId, campaignId } of inOrder) {
      const own = known.find((one) => one.jobId === jobId)
      if (!own || asks.get(id)?.state === 'sent') continue
      const at = finished + own.minute * minuteMs
      const decision = decideAsk(
        factsOf({
          now,
          rule: ruleOf({ followUpHours: null }),
          job: jobOf({ id: jobId, completed: { at, heardAt: now } }),
          scores,
          otherAsks: [...asks.values()].filter((ask) => ask.id !== id),
          invitation: asks.has(id) ? { state: 'scheduled' } : null,
        }),
      )
      if (decision.do !== 'send') asks.delete(id)
      else asks.set(id, { id, jobId, campaignId, state: decision.at <= now ? 'sent' : 'scheduled', at: decision.at })
    }
  }
  for (const one of [...heard].sort((a, b) => a.arrivesAfter - b.arrivesAfter)) {
    known.push(one)
    decideAll(finished + one.arrivesAfter * minuteMs)
  }
  for (let wakes = 0; wakes < jobs.length * campaigns.length; wakes += 1) {
    const next = [...asks.values()].filter(({ state }) => state === 'scheduled').map(({ at }) => at)
    if (next.length > 0) decideAll(Math.min(...next))
  }
  return [...asks.values()].filter(({ state }) => state === 'sent')
}

const anyOrder = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 })
const heardOf = (score: fc.Arbitrary<number>) =>
  fc
    .tuple(
      ...jobs.map((jobId) => fc.record({ jobId: fc.constant(jobId), score, minute: fc.nat(10), late: fc.nat(50) })),
    )
    .map((all): Heard[] => all.map(({ late, ...one }) => ({ ...one, arrivesAfter: one.minute + late })))

describe('several jobs in several campaigns', () => {
  it('ask their customer once: two good jobs in five minutes', () => {
    const good = [
      { jobId: 'job_1', score: 5, minute: 0, arrivesAfter: 0 },
      { jobId: 'job_2', score: 5, minute: 5, arrivesAfter: 5 },
    ]
    expect(asksAfter(good, [0, 1, 2, 3])).toEqual([expect.objectContaining({ jobId: 'job_1' })])
  })

  it('ask once in any order, if every score is good', () => {
    checkProperty(
      fc.property(heardOf(fc.constantFrom(4, 5)), anyOrder, (heard, order) => {
        expect(asksAfter(heard, order)).toHaveLength(1)
      }),
      100,
    )
  })

  it('ask at most once, and never somebody whose newest score is low', () => {
    checkProperty(
      fc.property(heardOf(fc.integer({ min: 1, max: 5 })), anyOrder, (heard, order) => {
        const asked = asksAfter(heard, order)
        expect(asked.length).toBeLessThanOrEqual(1)
        const newest = Math.max(...heard.map(({ minute }) => minute))
        const last = heard.filter(({ minute }) => minute === newest)
        if (last.every(({ score }) => score < 4)) expect(asked).toEqual([])
      }),
      100,
    )
  })
})
