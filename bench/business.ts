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
import { CreateCampaign, scopes } from '@goodword/contracts'
import Libsql from 'libsql'
import { readConfig } from '../api/src/config.ts'
import { createKey } from '../api/src/modules/platform/keys/keys.ts'
import { addEndpoint } from '../api/src/modules/platform/webhooks/endpoints.ts'
import { createCampaign } from '../api/src/modules/surfaces/console/campaigns.ts'
import { createPortalLink } from '../api/src/modules/surfaces/portal/portal.ts'
import { createOrganization } from '../api/src/modules/surfaces/setup/createOrganization.ts'
import { rebuildProjections } from '../api/src/projections.ts'
import { openServices } from '../api/src/services.ts'
import { type Ctx, contextFor, type Services, transaction } from '../api/src/shared/context.ts'
import { type BusinessSpec, rowsOf } from './business.rows.ts'

type Facts = {
  spec: BusinessSpec
  secretKey: string
  /** The advocate with the most referrals, and a link to their portal. */
  busiest: { id: string; code: string; contactId: string; portalToken: string }
  /** A contact with a converted referral. */
  friendId: string
  referralId: string
}
export type Business = Facts & { copy(): string; remove(): void }

const keptMs = 24 * 3_600_000

/**
 * A two-year-old business with this many referrals, written by SQL inside the database: a million in a minute.
 * Cached in the temporary folder for a day, per schema.
 */
export async function createBusiness(referrals: number): Promise<Business> {
  const kept = join(tmpdir(), 'goodword-bench-businesses')
  mkdirSync(kept, { recursive: true })
  const file = join(kept, `${referrals}-${versionOf(referrals)}.db`)
  const facts = readFacts(file) ?? (await make(file, referrals))
  const home = mkdtempSync(join(tmpdir(), 'goodword-bench-'))
  let copies = 0
  return {
    ...facts,
    copy() {
      copies += 1
      const path = join(home, `${copies}.db`)
      copyFileSync(file, path, constants.COPYFILE_FICLONE)
      return path
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  }
}

/** Different for each schema and for each version of the generator. */
function versionOf(referrals: number): string {
  const journal = readFileSync(new URL('../api/migrations/meta/_journal.json', import.meta.url), 'utf8')
  const rows = rowsOf({ organizationId: '', memberId: '', endpointId: '', campaigns: [''], referrals, now: 0 })
  return createHash('sha256').update(journal).update(rows.join()).digest('hex').slice(0, 12)
}

function readFacts(file: string): Facts | null {
  if (!existsSync(file)) return null
  const facts: Facts = JSON.parse(readFileSync(`${file}.json`, 'utf8'))
  return Date.now() - facts.spec.now < keptMs ? facts : null
}

async function make(file: string, referrals: number): Promise<Facts> {
  const started = performance.now()
  const draft = `${file}.draft`
  for (const part of ['', '-wal', '-shm']) rmSync(draft + part, { force: true })
  const config = readConfig({ DATABASE_URL: `file:${draft}`, LOG_LEVEL: 'silent', RATE_LIMITS: 'off' })
  const opened = await openServices(config)
  const { ctx, ...founded } = await found(opened.services, referrals)
  fill(draft, founded.spec)
  // The rows were written without triggers.
  await opened.services.database.write((tx) => rebuildProjections(tx, ctx.organizationId))
  const facts = { ...founded, ...(await known(ctx)) }
  await opened.close()
  writeFileSync(`${file}.json`, JSON.stringify(facts))
  renameSync(draft, file)
  console.log(
    `A business with ${referrals} referrals was made in ${Math.round((performance.now() - started) / 1_000)} s.`,
  )
  return facts
}

async function found(services: Services, referrals: number) {
  const { organization, owner } = await createOrganization(services, {
    name: 'Harbor & Sons',
    tagline: 'Plumbing',
    currency: 'USD',
    timeZone: 'America/Los_Angeles',
    country: 'US',
    phone: '(415) 555-0100',
    owner: { name: 'Maya Ortiz', email: 'maya@harborsons.example' },
  })
  const actor = { type: 'member', id: owner.id, personId: owner.personId, role: 'owner' } as const
  const ctx = contextFor(services, organization.id, actor)
  const campaigns = []
  for (const name of ['Neighbor Thank-You', 'Spring Tune-Up', 'Water Heaters']) {
    campaigns.push((await createCampaign(ctx, CreateCampaign.parse({ ...credit, name }))).id)
  }
  campaigns.push((await createCampaign(ctx, CreateCampaign.parse(giftCards))).id)
  const { id: endpointId } = await addEndpoint(ctx, {
    url: 'https://hooks.harborsons.example/goodword',
    description: 'Bench',
    events: [],
  })
  const { key: secretKey } = await createKey(ctx, { kind: 'secret', name: 'Bench', scopes: [...scopes] })
  const spec: BusinessSpec = {
    organizationId: organization.id,
    memberId: owner.id,
    endpointId,
    campaigns,
    referrals,
    now: Date.now(),
  }
  return { ctx, spec, secretKey }
}

const offer = { friendOffer: 'your first plumbing visit' }
const credit = {
  ...offer,
  terms: {
    advocate: { kind: 'credit', value: { type: 'percent', basisPoints: 500 } },
    friend: { kind: 'credit', value: { type: 'fixed', amount: 2_000 } },
    liveReferralsMax: 10_000,
    holdDays: 14,
  },
}
const giftCards = {
  ...offer,
  name: 'Gift cards',
  terms: {
    advocate: { kind: 'custom', text: 'A gift card' },
    friend: { kind: 'custom', text: 'A gift card' },
    liveReferralsMax: 10_000,
    holdDays: 14,
  },
}

/** Triggers and indexes are created after the rows: an index builds faster from sorted data. */
function fill(file: string, spec: BusinessSpec): void {
  const database = new Libsql(file)
  try {
    for (const pragma of ['synchronous = OFF', 'foreign_keys = OFF', 'cache_size = -400000', 'temp_store = MEMORY']) {
      database.exec(`PRAGMA ${pragma}`)
    }
    const put = database
      .prepare(
        `SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL
          AND (type = 'trigger' OR type = 'index' AND tbl_name <> 'ledger_accounts')`,
      )
      .all() as { type: string; name: string; sql: string }[]
    database.exec('BEGIN')
    for (const { type, name } of put) database.exec(`DROP ${type} ${name}`)
    for (const statement of rowsOf(spec)) database.exec(statement)
    for (const { sql } of put) database.exec(sql)
    database.exec('COMMIT')
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  } finally {
    database.close()
  }
}

async function known(ctx: Ctx): Promise<Pick<Facts, 'busiest' | 'friendId' | 'referralId'>> {
  const [busiest] = await ctx.db.all<[string, string, string, string]>(
    `SELECT e.id, e.code, e.contact_id, a.id FROM enrollments e JOIN contact_addresses a ON a.contact_id = e.contact_id AND a.kind = 'email'
      WHERE e.id = (SELECT enrollment_id FROM referrals WHERE enrollment_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1)`,
  )
  const [converted] = await ctx.db.all<[string, string]>(
    `SELECT referral_id, friend_contact_id FROM conversions ORDER BY created_at LIMIT 1 OFFSET 100`,
  )
  if (!busiest || !converted) throw new Error('The business has no advocate.')
  const [id, code, contactId, addressId] = busiest
  const link = { contactId, addressId, scope: 'view' } as const
  const portalToken = await transaction(ctx, (tx) => createPortalLink(tx, link))
  return { busiest: { id, code, contactId, portalToken }, referralId: converted[0], friendId: converted[1] }
}
