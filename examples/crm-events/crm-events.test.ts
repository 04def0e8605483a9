import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listJobEvents } from '../../api/src/modules/program/jobs/jobEvents.queries.ts'
import { listJobs } from '../../api/src/modules/program/jobs/jobs.queries.ts'
import { createWorld, type World } from '../../api/test/harness.ts'
import { type Connected, connect, outcomes } from '../../api/test/inbound.ts'
import { startTestServer, type TestServer } from '../../api/test/server.ts'
import { blocksOf, commandOf, patternOf, runShell } from '../readme.ts'

const readme = new URL('./README.md', import.meta.url)
const root = new URL('../../', import.meta.url)

let server: TestServer
let world: World
let mine: Connected
let values: Record<string, string>

beforeAll(async () => {
  server = await startTestServer()
  world = await createWorld(server.services)
  mine = await connect(world.ctx, 'standard_webhooks')
  values = { 'http://localhost:3000': server.url, cnx_yours: mine.connection.id, whsec_yours: mine.secret }
})
afterAll(() => server?.stop())

const isRead = async () => {
  const { items } = await listJobEvents(world.ctx, { limit: 100 })
  return items.every(({ outcome }) => outcome !== 'received')
}

describe('a job system that sends a contractor’s week, run as its README says', () => {
  it('is understood, whatever it sends twice, late or wrong', async () => {
    const { command, prints } = commandOf(readme, 'node week.mjs', values)
    const first = runShell(command, root)
    expect(await first.ended, first.output()).toBe(0)
    expect(first.output()).toMatch(patternOf(prints))
    await expect.poll(isRead).toBe(true)
    expect((await outcomes(world.ctx)).sort()).toEqual([
      'applied job_completed',
      'applied job_completed',
      'applied job_completed',
      'applied job_invoiced',
      'applied job_invoiced',
      'applied job_refunded',
      'applied score_recorded',
      'applied score_recorded',
      'duplicate sent_again',
      'ignored type_not_used',
      'rejected amount_unreadable',
    ])
    const jobs = await listJobs(world.ctx, { limit: 10 })
    const told = jobs.items.map(({ externalId, state, value, score, refundedAmount }) => [
      externalId,
      state,
      value,
      score,
      refundedAmount,
    ])
    expect(told.sort()).toEqual([
      ['4439', 'invoiced', 21_000, null, 5_000],
      ['4455', 'completed', null, null, 0],
      ['4460', 'completed', 210_000, 2, 0],
      ['4471', 'invoiced', 38_500, 5, 0],
    ])

    const second = runShell(command, root)
    expect(await second.ended, second.output()).toBe(0)
    await expect.poll(isRead).toBe(true)
    expect(await listJobs(world.ctx, { limit: 10 })).toEqual(jobs)
  })

  it('says what to do when it is refused', async () => {
    const { command } = commandOf(readme, 'node week.mjs', { ...values, whsec_yours: `whsec_${'A'.repeat(43)}=` })
    const refused = runShell(command, root)
    expect(await refused.ended).toBe(1)
    expect(blocksOf(readme).map((block) => block.text)).toContain(refused.output().trim())
  })
})
