import { createHmac } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import Libsql from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createInstallation, type Installation } from '../../bench/installation.ts'
import { createRecorder, type Recorded, type Recorder } from '../../bench/recording.ts'
import { messageQueue } from '../src/modules/platform/messages/messages.queue.ts'
import { webhookQueue } from '../src/modules/platform/webhooks/webhooks.queue.ts'
import { askQueue } from '../src/modules/program/invitations/invitations.queue.ts'
import { jobEventQueue } from '../src/modules/program/jobs/jobs.queue.ts'
import type { Services } from '../src/shared/context.ts'

type Step = { parent: number; detail: string }

const queues = [messageQueue({ makeLink: async () => '' }), webhookQueue()]

/** How SQLite executes the product's statements. A table that grows with the business must never be scanned. */
describe('the query plan of each statement', () => {
  let installation: Installation
  let file: string
  let recorder: Recorder
  let database: InstanceType<typeof Libsql>
  beforeAll(async () => {
    installation = await createInstallation(12, { jobs: 'asking' })
    file = installation.copy()
    recorder = await createRecorder(file)
    database = new Libsql(file)
  })
  afterAll(async () => {
    database.close()
    await recorder.close()
    installation.remove()
  })

  const stepsOf = (sql: string, params: unknown[]): Step[] =>
    (database.prepare(`EXPLAIN QUERY PLAN ${sql}`).raw().all(params) as [number, number, number, string][]).map(
      ([, parent, , detail]) => ({ parent, detail }),
    )
  const offences = (recorded: Recorded, offends: (step: Step) => boolean) => {
    const planned = recorded.filter(({ sql }) => /^\s*(select|update|delete)/i.test(sql))
    expect(planned).not.toEqual([])
    return planned.flatMap(({ sql, params }) =>
      stepsOf(sql, params)
        .filter(offends)
        .map(({ detail }) => `${detail}: ${sql}`),
    )
  }

  const scans = ({ detail }: Step) => /^SCAN (?!CONSTANT|\d+ CONSTANT|json_each|\(subquery)/.test(detail)
  /** Tables in which an organization has only a few rows. */
  const few = /^SEARCH (members|keys|webhook_endpoints|message_wordings|sites|campaigns) /
  /** Plans that read every row of the organization or of a campaign, or all in one status. */
  const wholeOrganization = ({ detail }: Step) =>
    /\((?:organization_id|campaign_id)=\?(?: AND status=\?)?\)/.test(detail) && !few.test(detail)

  const json = (body: object, headers: Record<string, string> = {}) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

  it('of a submission uses indexes, so nothing gets slower as the business grows', async () => {
    const { publishableKey: key, codes } = installation
    const code = codes[0] ?? ''
    const form = (await recorder.request(`/embed/form?key=${key}&code=${code}`, 2_100)) as { formToken: string }
    const friend = { code, name: 'Priya Shah', email: 'priya@mail.example', formToken: form.formToken }
    const recorded = await recorder.record(`/embed/referrals?key=${key}`, json(friend))
    expect(offences(recorded, (step) => scans(step) || wholeOrganization(step))).toEqual([])
    // Every friend pays for each statement, so a new one should be worth it. One asks whether the advocate was asked to refer.
    expect(recorded.length).toBeLessThanOrEqual(26)
  })

  it('of a conversion uses indexes too', async () => {
    const { secretKey, referralIds } = installation
    const headers = { authorization: `Bearer ${secretKey}`, 'idempotency-key': 'once' }
    const path = `/v1/referrals/${referralIds[0]}/convert`
    const recorded = await recorder.record(path, json({ jobValue: 125_000 }, headers))
    expect(offences(recorded, (step) => scans(step) || wholeOrganization(step))).toEqual([])
    // With the friend's jobs, which a conversion answers, the month of the leaderboard, and the budget for both rewards.
    expect(recorded.length).toBeLessThanOrEqual(50)
  })

  it('of a job that is reported, and of whom it asks, uses indexes, also when that is decided again', async () => {
    const { path = '', secret = '' } = installation.inbound ?? {}
    const body = {
      type: 'job.completed',
      data: { job: '4471', customer: { id: 'c-1', name: 'Rosa Medina', email: 'rosa@mail.example' }, score: 5 },
    }
    const at = Math.floor(Date.now() / 1_000)
    const signature = createHmac('sha256', secret)
      .update(`${at}.${JSON.stringify(body)}`)
      .digest('hex')
    const received = await recorder.record(path, json(body, { 'x-signature': `t=${at},v1=${signature}` }))
    const run = (queue: typeof askQueue) => recorder.recordWork((services) => queue.openWorker(services).run())
    const applied = await run(jobEventQueue)
    // Past the delay.
    await recorder.request('/healthz', 3 * 3_600_000)
    const decided = await run(askQueue)
    await recorder.request('/healthz')
    expect(decided.some(({ sql }) => sql.startsWith('insert into "messages"'))).toBe(true)
    const all = [...received, ...applied, ...decided]
    expect(offences(all, (step) => scans(step) || wholeOrganization(step))).toEqual([])
    expect(received.length).toBeLessThanOrEqual(6)
    expect(applied.length).toBeLessThanOrEqual(60)
  })

  it('of the timed jobs reads one index while nothing is due, and finds its rows by it when something is', async () => {
    const kinds = JSON.stringify(queues.map(({ name }) => name))
    const write = (statement: SQL) =>
      recorder.recordWork((services) => services.database.write(async (tx) => void (await tx.run(statement))))
    await write(sql`INSERT INTO queue (kind, subject_id, lane, due_at, attempts)
      WITH RECURSIVE seq(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM seq WHERE i < 30000)
      SELECT value, 'waits ' || i, 'lane ' || i % 50, ${Date.now() + 3_600_000}, 0 FROM seq, json_each(${kinds})`)
    const work = (services: Services) => Promise.all(queues.map((queue) => queue.openWorker(services).run()))
    // What the earlier submissions queued.
    await recorder.recordWork(work)
    const idle = await recorder.recordWork(work)
    expect(idle.map(({ sql, params }) => stepsOf(sql, params).map(({ detail }) => detail))).toEqual(
      queues.map(() => ['SEARCH queue USING COVERING INDEX queue_due (kind=? AND due_at<?)']),
    )
    await write(sql`UPDATE queue SET due_at = 1`)
    const claimed = await recorder.recordWork(work)
    expect(offences(claimed, (step) => scans(step) || /TEMP B-TREE/.test(step.detail))).toEqual([])
    const writes = claimed.filter(({ sql }) => /^\s*(update|delete)/i.test(sql))
    expect(offences(writes, ({ detail }) => detail.includes('queue_due'))).toEqual([])
  })
})
