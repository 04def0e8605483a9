import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleProgram, type Child, type Program, startChild } from '../../test/child.ts'
import { createTestServices, createWorld, type TestServices } from '../../test/harness.ts'
import { balancesOfContact } from '../modules/money/ledger/ledger.ts'
import { contextFor } from '../shared/context.ts'
import { verify } from '../verify.ts'
import { openDatabase } from './database.ts'
import { databasePath } from './databasePath.ts'
import { takeOwnership } from './ownership.ts'

/** A release has to pass with CRASH_ROUNDS=200. */
const rounds = Number(process.env.CRASH_ROUNDS ?? 15)
const timeout = 120_000 + rounds * 10_000
const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000)

/** A pseudorandom sequence: the same seed gives the same delays. */
function chance(from: number) {
  let state = from
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

describe('a process killed while it works', () => {
  let program: Program
  let test: TestServices
  let args: string[]
  let advocate: { id: string; contactId: string }
  beforeAll(async () => {
    program = await bundleProgram(new URL('../../test/busyServer.ts', import.meta.url))
    test = await createTestServices()
    const world = await createWorld(test.services)
    const campaign = await world.campaign({ liveReferralsMax: 10_000 })
    const anna = await world.advocate(campaign.id)
    advocate = anna
    args = [test.services.config.databaseUrl, world.organization.id, anna.code]
    await test.services.database.close()
  })
  afterAll(async () => {
    await test.close()
    program.remove()
  })

  it(`loses nothing it acknowledged, in ${rounds} rounds (CRASH_SEED=${seed})`, { timeout }, async () => {
    const random = chance(seed)
    const acknowledged: string[] = []
    let next: Child = startChild(program, ...args, 'round 0')
    for (let round = 1; round <= rounds; round += 1) {
      const child = next
      await child.says('ready')
      child.tell('go')
      await Promise.all([child.says('submitted', 6), child.says('converted', 6)])
      next = startChild(program, ...args, `round ${round}`)
      await new Promise((resolve) => setTimeout(resolve, random() * 500))
      await child.kill()
      acknowledged.push(...child.lines)
      await expectKept(acknowledged)
    }
    await next.kill()
    const count = (what: string) => acknowledged.filter((line) => line.startsWith(what)).length
    expect(count('submitted')).toBeGreaterThan(5 * rounds)
    expect(count('converted')).toBeGreaterThan(5 * rounds)
  })

  /** Opens the file as the next process would, and checks every write that was acknowledged. */
  async function expectKept(acknowledged: string[]) {
    const path = databasePath(test.services.config.databaseUrl) ?? ''
    const ownership = takeOwnership(path)
    expect(ownership, 'the lock ends with the process').not.toBeNull()
    const database = openDatabase(test.services.config)
    const services = { ...test.services, database }
    const names = await database.read.all<[string]>("SELECT json_extract(submitted, '$.name') FROM referrals")
    const kept = new Set(names.map(([name]) => `submitted ${name}`))
    const converted = await database.read.all<[string, number, number]>(
      'SELECT referral_id, job_value, advocate_amount FROM conversions',
    )
    for (const [id, jobValue] of converted) kept.add(`converted ${id} ${jobValue}`)
    const lost = acknowledged.filter((line) => /^(submitted|converted) /.test(line) && !kept.has(line))
    expect(lost).toEqual([])
    expect(await verify(database.read)).toEqual([])
    // The campaign pays 5% of every job and nothing else.
    const earned = converted.reduce((sum, [, jobValue, amount]) => {
      expect(amount).toBe(jobValue / 20)
      return sum + amount
    }, 0)
    const ctx = contextFor(services, args[1] ?? '', { type: 'system' })
    expect((await balancesOfContact(ctx, advocate.contactId))[0]?.available ?? 0).toBe(earned)
    await database.close()
    ownership?.release()
  }

  it('is the only owner of its file, and releases it the moment it is killed', async () => {
    const first = startChild(program, ...args, 'first')
    const second = startChild(program, ...args, 'second')
    await Promise.all([first.says('ready'), second.says('ready')])
    first.tell('go')
    await first.says('owner')
    second.tell('go')
    expect(await second.says('taken')).toBe('taken')
    const path = databasePath(test.services.config.databaseUrl) ?? ''
    expect(takeOwnership(path)).toBeNull()
    await first.kill()
    const ownership = takeOwnership(path)
    expect(ownership).not.toBeNull()
    ownership?.release()
  })
})
