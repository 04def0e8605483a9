import { createHash } from 'node:crypto'
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../api/src/config.ts'
import { openServices } from '../api/src/services.ts'
import { deriveAll, fillDatabase } from './business.fill.ts'
import { type Facts, factsOf, foundBusiness, foundNeighbor, type Neighbor } from './business.found.ts'
import { rowsOf } from './business.rows.ts'

type Kept = Facts & {
  /** With several organizations, the one in the middle. */
  median: Facts | null
  neighbor: Neighbor
}
export type Business = Kept & { copy(): string; remove(): void }

type Options = {
  /** Shares the referrals among this many organizations: the largest has an eighth of them if there are a thousand. */
  organizations?: number
  /** Where databases are kept for a day and used again. */
  folder?: string
}

const keptMs = 24 * 3_600_000

/**
 * A two-year-old business with this many referrals, written by SQL inside the database. Kept for a day, per schema and
 * per version of the generator.
 */
export async function createBusiness(
  referrals: number,
  { organizations = 1, folder = join(tmpdir(), 'goodword-bench-businesses') }: Options = {},
): Promise<Business> {
  mkdirSync(folder, { recursive: true })
  const name = organizations === 1 ? `${referrals}` : `${referrals}-in-${organizations}`
  const file = join(folder, `${name}-${versionOf(referrals)}.db`)
  const kept = readKept(file) ?? (await make(file, sizesOf(referrals, organizations)))
  const home = mkdtempSync(join(tmpdir(), 'goodword-bench-'))
  let copies = 0
  return {
    ...kept,
    copy() {
      copies += 1
      const path = join(home, `${copies}.db`)
      copyFileSync(file, path, constants.COPYFILE_FICLONE)
      return path
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  }
}

/** By a power law: the second has half as many as the first, the third a third. */
function sizesOf(referrals: number, organizations: number): number[] {
  const shares = Array.from({ length: organizations }, (_, n) => 1 / (n + 1))
  const all = shares.reduce((sum, share) => sum + share, 0)
  return shares.map((share) => Math.max(100, Math.round((referrals * share) / all)))
}

/** Different for each schema and for each version of the generator. */
function versionOf(referrals: number): string {
  const journal = readFileSync(new URL('../api/migrations/meta/_journal.json', import.meta.url), 'utf8')
  const spec = {
    number: 0,
    organizationId: '',
    memberId: '',
    endpointId: '',
    connectionId: '',
    campaigns: [''],
    referrals,
    now: 0,
  }
  return createHash('sha256').update(journal).update(rowsOf(spec).join()).digest('hex').slice(0, 12)
}

function readKept(file: string): Kept | null {
  if (!existsSync(file)) return null
  const kept: Kept = JSON.parse(readFileSync(`${file}.json`, 'utf8'))
  return Date.now() - kept.spec.now < keptMs ? kept : null
}

async function make(file: string, sizes: number[]): Promise<Kept> {
  const draft = `${file}.draft`
  for (const part of ['', '-wal', '-shm']) rmSync(draft + part, { force: true })
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const phase = createPhases(`${total.toLocaleString('en-US')} referrals in ${sizes.length} organization(s)`)
  const config = readConfig({ DATABASE_URL: `file:${draft}`, LOG_LEVEL: 'silent', RATE_LIMITS: 'off' })
  const opened = await openServices(config)
  const neighbor = await foundNeighbor(opened.services)
  const now = Date.now()
  const founded = []
  for (const [number, referrals] of sizes.entries())
    founded.push(await foundBusiness(opened.services, { number, referrals, now }))
  phase('organizations')
  await opened.close()
  fillDatabase(
    draft,
    founded.map(({ spec }) => spec),
    phase,
  )
  const again = await openServices(config)
  const { services } = again
  const [first, ...others] = founded
  if (!first) throw new Error('There is no organization.')
  const middle = others[Math.floor(sizes.length / 2) - 1]
  await deriveAll(services, phase)
  const kept = {
    ...(await factsOf(services, first)),
    median: middle ? await factsOf(services, middle) : null,
    neighbor,
  }
  await again.close()
  phase('facts')
  writeFileSync(`${file}.json`, JSON.stringify(kept))
  renameSync(draft, file)
  phase.end()
  return kept
}

/** Prints how long each step took; a small business is made in silence. */
export type Phase = ((name: string) => void) & { end(): void }

const quietMs = 3_000

function createPhases(what: string): Phase {
  const started = performance.now()
  let last = started
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`
  const phase = (name: string) => {
    const now = performance.now()
    if (now - started > quietMs) console.log(`  ${what}: ${name}, ${seconds(now - last)}`)
    last = now
  }
  const end = () => {
    if (last - started > quietMs) console.log(`  ${what}: made in ${seconds(last - started)}`)
  }
  return Object.assign(phase, { end })
}
