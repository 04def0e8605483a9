import { rmSync } from 'node:fs'
import type { Facts } from './business.found.ts'
import { type Business, createBusiness } from './business.ts'
import { messageOf } from './failures.ts'
import { type Plan, quantile } from './figures.ts'
import { createInstallation } from './installation.ts'
import { measureDisk, measureExports, measureIdle, measureStarts } from './lists.machine.ts'
import { measureScreen, prepareSubmits, readerOf, type ScreenResult, turned } from './lists.measure.ts'
import { print, save } from './lists.report.ts'
import type { ListsResult, SizeResult } from './lists.result.ts'
import { everyday, type Screen, screensOf } from './lists.screens.ts'
import { measureLinks, measureWrites } from './lists.steady.ts'
import { type Running, startGoodword } from './processes.ts'

const submitsPerScreen = 20
/** Fewer pending referrals than this are too few to measure conversions with. */
const writesFrom = 50_000

/** The console at several sizes: each list, count, report and search, next to reading one referral by its id. */
export async function measureLists({ sizes, organizations, keep, prepare }: Plan): Promise<void> {
  const options = keep === undefined ? {} : { folder: keep }
  const largest = Math.max(...sizes)
  if (prepare) {
    for (const referrals of sizes) (await createBusiness(referrals, options)).remove()
    if (organizations > 1) (await createBusiness(largest, { ...options, organizations })).remove()
    return
  }
  const result: ListsResult = {
    at: new Date().toISOString(),
    node: process.version,
    startEmptyMs: await startEmpty(),
    sizes: [],
    shared: [],
  }
  for (const referrals of sizes) {
    result.sizes.push(await measureSize(await createBusiness(referrals, options)))
    print(result)
    save(result)
  }
  if (organizations > 1) {
    result.shared.push(
      ...(await measureShared(await createBusiness(largest, { ...options, organizations }), organizations)),
    )
    print(result)
    save(result)
  }
}

async function startEmpty(): Promise<number> {
  const installation = await createInstallation(0)
  const times = []
  for (let n = 0; n < 3; n += 1) {
    const server = await startGoodword(installation.copy())
    times.push(server.readyMs)
    await server.stop()
  }
  installation.remove()
  return quantile(times, 0.5)
}

async function measureSize(business: Business): Promise<SizeResult> {
  const { referrals } = business.spec
  const phase = createPhases(referrals)
  const file = business.copy()
  phase('copied')
  try {
    const disk = measureDisk(file, referrals)
    phase('disk')
    const starts = await measureStarts(file, async () => undefined)
    phase('starts')
    const server = await startGoodword(file)
    try {
      const idle = await measureIdle(server)
      phase('idle')
      const { screens, skipped } = await measureScreens(server, business, business, screensOf(business))
      let memoryMb = server.memoryMb()
      phase(`${screens.length} screens`)
      const exports = await measureExports(server, business)
      memoryMb = Math.max(memoryMb, server.memoryMb())
      phase('exports')
      const result: SizeResult = {
        referrals,
        organizations: 1,
        screens,
        skipped,
        exports,
        idle,
        starts,
        memoryMb,
        disk,
      }
      const unless = async (name: string, work: () => Promise<void>) => {
        await work().catch((error) => skipped.push(`${name}: ${messageOf(error)}`))
        phase(name)
      }
      await unless('links beside a console in use', async () => {
        result.links = await measureLinks(server, business)
      })
      if (referrals >= writesFrom)
        await unless('writes while reports run', async () => {
          result.writes = await measureWrites(server, business)
        })
      result.memoryMb = Math.max(memoryMb, server.memoryMb())
      return result
    } finally {
      await server.stop()
    }
  } finally {
    rmSync(file, { force: true })
    business.remove()
  }
}

/** The everyday screens of the largest organization and of one in the middle, which has a few hundred referrals. */
async function measureShared(business: Business, organizations: number): Promise<SizeResult[]> {
  const all = business.spec.referrals
  const phase = createPhases(all)
  const file = business.copy()
  const server = await startGoodword(file)
  const results: SizeResult[] = []
  try {
    const idle = await measureIdle(server)
    phase('idle')
    for (const facts of business.median ? [business, business.median] : [business]) {
      const asked = screensOf(facts).filter(({ name }) => everyday.includes(name))
      const { screens, skipped } = await measureScreens(server, business, facts, asked)
      const { referrals } = facts.spec
      results.push({ referrals, organizations, screens, skipped, idle, memoryMb: server.memoryMb() })
      phase(`screens of ${referrals.toLocaleString('en-US')} referrals among ${organizations} organizations`)
    }
  } finally {
    await server.stop()
    rmSync(file, { force: true })
    business.remove()
  }
  return results
}

async function measureScreens(server: Running, business: Business, facts: Facts, asked: Screen[]) {
  const reader = await readerOf(server, facts)
  const path = `/v1/referrals/${facts.referralId}`
  const control: Screen = { name: 'control', kind: 'detail', paths: [path] }
  const submits = await prepareSubmits(server, business, `s${facts.spec.number}`, asked.length * submitsPerScreen)
  const screens: ScreenResult[] = []
  const skipped: string[] = []
  for (const [n, screen] of asked.entries()) {
    if (n > 0 && n % 25 === 0) console.log(`    ${n} of ${asked.length} screens`)
    try {
      const page = await turned(server, reader, screen)
      screens.push(await measureScreen(server, reader, page, control, submits.splice(0, submitsPerScreen)))
    } catch (error) {
      skipped.push(`${screen.name}: ${messageOf(error)}`)
    }
  }
  reader.close()
  return { screens, skipped }
}

/** Says what was done and how long it took, so that nobody wonders whether it hangs. */
function createPhases(referrals: number) {
  let last = performance.now()
  return (name: string) => {
    const now = performance.now()
    console.log(`  ${referrals.toLocaleString('en-US')} referrals: ${name}, ${((now - last) / 1_000).toFixed(1)} s`)
    last = now
  }
}
