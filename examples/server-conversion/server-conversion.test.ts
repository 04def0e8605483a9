import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKey } from '../../api/src/modules/platform/keys/keys.ts'
import { listReferrals } from '../../api/src/modules/surfaces/console/referrals.queries.ts'
import { createWorld, type World } from '../../api/test/harness.ts'
import { startTestServer, type TestServer } from '../../api/test/server.ts'
import { blocksOf, commandOf, patternOf, runShell } from '../readme.ts'

const readme = new URL('./README.md', import.meta.url)
const root = new URL('../../', import.meta.url)

let server: TestServer
let world: World
let values: Record<string, string>

beforeAll(async () => {
  server = await startTestServer()
  world = await createWorld(server.services)
  const campaign = await world.campaign()
  const anna = await world.advocate(campaign.id, { name: 'Anna Kowalski', email: 'anna@mail.example' })
  const { key } = await createKey(world.ctx, {
    kind: 'secret',
    name: 'Invoicing',
    scopes: ['referrals:read', 'referrals:write'],
  })
  values = {
    sk_your_key: key,
    $GOODWORD_KEY: key,
    CODE: anna.code,
    'http://localhost:3000': server.url,
  }
})
afterAll(() => server?.stop())

const run = (command: string) => runShell(command, root, { GOODWORD_SERVER: server.url })
const referrals = async () => (await listReferrals(world.ctx, { limit: 100, sort: 'oldest' })).items

describe('a server that converts referrals, run as its README says', () => {
  it('creates and converts, and repeats without paying twice', async () => {
    const { command, prints } = commandOf(readme, 'node convert.mjs', values)
    const first = run(command)
    expect(await first.ended, first.output()).toBe(0)
    expect(first.output()).toMatch(patternOf(prints))

    const second = run(command)
    expect(await second.ended, second.output()).toBe(0)
    expect(second.output()).toBe(first.output())
    // 5% of $1,250.00 for Anna, $20.00 for Priya, once.
    expect(await referrals()).toMatchObject([{ status: 'converted', advocateReward: 6_250, friendReward: 2_000 }])
  })

  it('shows the reason of a rejection', async () => {
    const { command } = commandOf(readme, 'node convert.mjs', { ...values, CODE: 'N0B0DYS', '1042': '1044' })
    const refused = run(command)
    expect(await refused.ended).toBe(1)
    expect(blocksOf(readme).map((block) => block.text)).toContain(refused.output().trim())
  })

  it('does the same with curl', async () => {
    const created = run(commandOf(readme, '/v1/referrals \\', values).command.replace('curl', 'curl -s'))
    expect(await created.ended, created.output()).toBe(0)
    const { id } = JSON.parse(created.output()) as { id: string }
    const { command } = commandOf(readme, '/convert', { ...values, 'ref_…': id })
    const converted = run(command.replace('curl', 'curl -s'))
    expect(await converted.ended, converted.output()).toBe(0)
    expect(JSON.parse(converted.output())).toMatchObject({ id, status: 'converted', jobValue: 125_000 })
  })
})
