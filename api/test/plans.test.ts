import { type SQL, sql } from 'drizzle-orm'
import Libsql from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createInstallation, type Installation } from '../../bench/installation.ts'
import { createRecorder, type Recorded, type Recorder } from '../../bench/recording.ts'
import { messageQueue } from '../src/modules/platform/messages/messages.queue.ts'
import { webhookQueue } from '../src/modules/platform/webhooks/webhooks.queue.ts'
import type { Services } from '../src/shared/context.ts'

type Step = { parent: number; detail: string }

const queues = [messageQueue({ makeLink: async () => '' }), webhookQueue()]

/** How SQLite goes about what the product asks, statement by statement. What grows with the business must not be walked whole. */
describe('the plan of each statement', () => {
  let installation: Installation
  let file: string
  let recorder: Recorder
  let database: InstanceType<typeof Libsql>
  beforeAll(async () => {
    installation = await createInstallation(12)
    file = installation.copy()
    recorder = createRecorder(file)
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

  const scans = ({ detail }: Step) => /^SCAN (?!CONSTANT|\d+ CONSTANT|json_each)/.test(detail)
  /** Tables of which an organization has a handful. */
  const few = /^SEARCH (members|keys|webhook_endpoints|message_wordings|sites|campaigns) /
  /** Every row of the organization is looked at. */
  const wholeOrganization = ({ detail }: Step) => /\(organization_id=\?\)/.test(detail) && !few.test(detail)

  const json = (body: object, headers: Record<string, string> = {}) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

  it('of a submission finds its rows: nothing takes longer for a larger business', async () => {
    const { publishableKey: key, codes } = installation
    const code = codes[0] ?? ''
    const form = (await recorder.request(`/embed/form?key=${key}&code=${code}`, 2_100)) as { formToken: string }
    const friend = { code, name: 'Priya Shah', email: 'priya@mail.example', formToken: form.formToken }
    const recorded = await recorder.record(`/embed/referrals?key=${key}`, json(friend))
    expect(offences(recorded, (step) => scans(step) || wholeOrganization(step))).toEqual([])
    // 31 as this is written, two of them to say whom messages are about. Each costs every friend: a new one should be worth it.
    expect(recorded.length).toBeLessThanOrEqual(32)
  })

  it('of a conversion finds its rows as well', async () => {
    const { secretKey, referralIds } = installation
    const headers = { authorization: `Bearer ${secretKey}`, 'idempotency-key': 'once' }
    const path = `/v1/referrals/${referralIds[0]}/convert`
    const recorded = await recorder.record(path, json({ jobValue: 125_000 }, headers))
    expect(offences(recorded, (step) => scans(step) || wholeOrganization(step))).toEqual([])
    // 48 as this is written.
    expect(recorded.length).toBeLessThanOrEqual(52)
  })

  it('of what time drives touches one index while nothing is due, and finds its rows by it when something is', async () => {
    const kinds = JSON.stringify(queues.map(({ name }) => name))
    const write = (statement: SQL) =>
      recorder.recordWork((services) => services.database.write(async (tx) => void (await tx.run(statement))))
    await write(sql`INSERT INTO queue (kind, subject_id, lane, due_at, attempts)
      WITH RECURSIVE seq(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM seq WHERE i < 30000)
      SELECT value, 'waits ' || i, 'lane ' || i % 50, ${Date.now() + 3_600_000}, 0 FROM seq, json_each(${kinds})`)
    const work = (services: Services) => Promise.all(queues.map((queue) => queue.openWorker(services).run()))
    // What the submissions before have left.
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

  it.each([
    '/v1/referrals?sort=newest',
    '/v1/referrals?sort=oldest',
    '/v1/advocates?sort=newest',
    '/v1/contacts?sort=newest',
    '/v1/messages?',
    '/v1/audit?',
    '/v1/embed-events?',
    '/v1/rewards?tab=to_approve',
    '/v1/rewards?tab=waiting',
    '/v1/credit-requests?state=open',
  ])('of %s walks an index in the order of the list', async (path) => {
    const headers = { authorization: `Bearer ${installation.secretKey}` }
    const page = await recorder.record(`${path}&limit=5`, { headers })
    const sorts = ({ parent, detail }: Step) => parent === 0 && /TEMP B-TREE FOR (ORDER|GROUP) BY/.test(detail)
    expect(offences(page, (step) => scans(step) || sorts(step))).toEqual([])
  })
})
