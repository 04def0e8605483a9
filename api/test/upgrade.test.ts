import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../src/config.ts'
import { type Database, openDatabase } from '../src/database/database.ts'
import { migrate } from '../src/database/migrate.ts'
import type { Queries } from '../src/database/queries.ts'
import { balancesOfContact } from '../src/modules/money/ledger/ledger.ts'
import { sealPlainSecrets } from '../src/plainSecrets.ts'
import { fillProjections } from '../src/projections.ts'
import { servicesOn } from '../src/services.ts'
import { contextFor } from '../src/shared/context.ts'
import { verify } from '../src/verify.ts'
import { oldDemo } from './oldDatabase.ts'
import { sqldBinary, startSqld } from './sqld.ts'
import { everyRow, tableOf } from './tables.ts'

/** Balances, rewards, referrals and requests, in the columns of migration 0012. */
const before = {
  accounts:
    'SELECT id, organization_id, kind, contact_id, currency, balance, created_at FROM ledger_accounts ORDER BY id',
  transfers: `SELECT id, organization_id, debit_account_id, credit_account_id, amount, currency, code, refers_to_type,
    refers_to_id, idempotency_key, reverses_id, created_at FROM ledger_transfers ORDER BY id`,
  rewards: `SELECT id, 'conversion', conversion_id, side, contact_id, campaign_id, enrollment_id, kind, text, status, amount, currency,
    available_at, needs_approval, decided_at, decided_by, reason, redeemed_at, created_at, updated_at FROM rewards ORDER BY id`,
  codes: 'SELECT id, code, reward_id, given_at FROM discount_codes ORDER BY id',
  referrals: 'SELECT id, status, enrollment_id, friend_contact_id FROM referrals ORDER BY id',
  requests: 'SELECT id, state, contact_id, amount, currency FROM credit_requests ORDER BY id',
  visits: 'SELECT enrollment_id, source, count(*) FROM visits GROUP BY 1, 2 ORDER BY 1, 2',
  friendLinks: 'SELECT referral_id, substr(hash, 1, 22), created_at FROM friend_links ORDER BY hash',
}
/** The same in today's columns. */
const after: typeof before = {
  ...before,
  visits: 'SELECT enrollment_id, source, sum(count) FROM visits GROUP BY 1, 2 ORDER BY 1, 2',
  friendLinks: 'SELECT referral_id, hash, created_at FROM friend_links ORDER BY hash',
  accounts: `SELECT id, organization_id,
    CASE kind WHEN 'rewards' THEN 'organization_rewards' WHEN 'available' THEN 'contact_available' WHEN 'held' THEN 'contact_held'
      WHEN 'owed' THEN 'owed_by_contact' ELSE kind END,
    CASE owner_type WHEN 'contact' THEN owner_id ELSE '' END, currency, balance, created_at FROM ledger_accounts ORDER BY id`,
  rewards: `SELECT id, source_type, source_id, side, contact_id, campaign_id, enrollment_id, kind, text, status, amount, currency,
    available_at, needs_approval, decided_at, decided_by, reason, redeemed_at, created_at, updated_at FROM rewards ORDER BY id`,
}

type Facts = Record<keyof typeof before, unknown[]>
async function factsOf(read: Queries, queries: typeof before): Promise<Facts> {
  const facts: Facts = {
    accounts: [],
    transfers: [],
    rewards: [],
    codes: [],
    referrals: [],
    requests: [],
    visits: [],
    friendLinks: [],
  }
  for (const name of Object.keys(facts) as (keyof Facts)[]) facts[name] = await read.all(sql.raw(queries[name]))
  return facts
}

const counted = (read: Queries, query: string) => read.all(sql.raw(query))

/** Upgrades don't keep sessions, the list of migrations grows, visits have become counts, and links have no ids. */
const keepsItsRows = (key: string) =>
  !['sessions', 'migrations', 'visits', 'friend_links', 'portal_links'].includes(tableOf(key))

/** Runs the same upgrade on either database. */
function upgrade(place: () => Promise<{ url: string; close: () => Promise<void> | void }>) {
  let config: ReturnType<typeof readConfig>
  let database: Database
  let close: () => Promise<void> | void
  let old: Facts
  let keys: string[]
  let credit: unknown[][]
  beforeAll(async () => {
    const placed = await place()
    close = placed.close
    config = readConfig({ DATABASE_URL: placed.url, LOG_LEVEL: 'silent' })
    database = openDatabase(config)
    old = await factsOf(database.read, before)
    keys = [...(await everyRow(database)).keys()].filter(keepsItsRows)
    credit = await database.read.all(sql`SELECT organization_id, contact_id, currency,
        sum(CASE kind WHEN 'contact_available' THEN balance ELSE 0 END), sum(CASE kind WHEN 'contact_held' THEN balance ELSE 0 END)
      FROM ledger_accounts WHERE contact_id <> '' GROUP BY 1, 2, 3`)
  })
  afterAll(async () => {
    await database.close()
    await close()
  })

  it('starts with a year of a business: earned, held, used and reversed credit', async () => {
    const { read } = database
    expect(await counted(read, 'SELECT count(*), sum(amount) FROM ledger_transfers')).toEqual([[369, 2_254_125]])
    expect(
      await counted(read, 'SELECT kind, count(*), sum(balance) FROM ledger_accounts GROUP BY 1 ORDER BY 1'),
    ).toEqual([
      ['contact_available', 106, 237_800],
      ['contact_held', 49, 114_500],
      ['organization_rewards', 1, -971_725],
      ['settlements', 1, 619_425],
    ])
    expect(
      await counted(read, 'SELECT kind, status, count(*), sum(amount) FROM rewards GROUP BY 1, 2 ORDER BY 1, 2'),
    ).toEqual([
      ['credit', 'issued', 40, 277_250],
      ['credit', 'pending', 10, 114_500],
      ['credit', 'redeemed', 116, 574_425],
      ['credit', 'voided', 4, 17_650],
      ['discount_code', 'issued', 2, 0],
    ])
    expect(old.codes.filter((row) => (row as unknown[])[2] !== null)).toHaveLength(2)
  })

  describe('after the upgrade', () => {
    beforeAll(async () => {
      expect(await migrate(database)).toBeGreaterThan(0)
      await fillProjections({ database, log: pino({ level: 'silent' }) })
      await sealPlainSecrets(await servicesOn(config, database))
    })

    it('satisfies every invariant of verify', async () => {
      expect(await verify(database.read)).toEqual([])
    })

    it('has the same balances, transfers, rewards, referrals, requests, visits and links', async () => {
      expect(await factsOf(database.read, after)).toEqual(old)
    })

    it('shows each contact the same credit', async () => {
      expect(credit).toHaveLength(109)
      const services = await servicesOn(config, database)
      for (const [organizationId, contactId, currency, available, held] of credit) {
        const ctx = contextFor(services, String(organizationId), { type: 'system' })
        expect(await balancesOfContact(ctx, String(contactId))).toEqual([{ currency, available, held, owed: 0 }])
      }
    })

    it('has every row', async () => {
      const now = new Set((await everyRow(database)).keys())
      expect(keys.filter((key) => !now.has(key))).toEqual([])
    })

    it('changes nothing on a second run', async () => {
      expect(await migrate(database)).toBe(0)
    })
  })
}

describe('an embedded file of an older version', () => {
  upgrade(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'goodword-'))
    const file = join(folder, 'goodword.db')
    writeFileSync(file, oldDemo())
    return { url: `file:${file}`, close: () => rmSync(folder, { recursive: true, force: true }) }
  })
})

const binary = sqldBinary()
describe.skipIf(binary === null)(
  `a libSQL server with a database of an older version${binary ? '' : ' (the sqld package is missing)'}`,
  () => upgrade(() => startSqld(binary ?? '', oldDemo())),
)
