import Libsql from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createInstallation, type Installation } from '../../bench/installation.ts'
import { createRecorder, type Recorded, type Recorder } from '../../bench/recording.ts'

type Step = { parent: number; detail: string }

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
