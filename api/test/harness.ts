import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CreateCampaign, Role, Terms } from '@goodword/contracts'
import { CreateCampaign as CreateCampaignSchema, eventPayloads } from '@goodword/contracts'
import pino from 'pino'
import { type Config, readConfig } from '../src/config.ts'
import { openDatabase } from '../src/database/database.ts'
import { databasePath } from '../src/database/databasePath.ts'
import { migrate } from '../src/database/migrate.ts'
import { addMember } from '../src/modules/platform/members/admission.ts'
import { inviteAdvocate } from '../src/modules/surfaces/console/advocates.ts'
import { createCampaign } from '../src/modules/surfaces/console/campaigns.ts'
import { createReferral } from '../src/modules/surfaces/console/referrals.ts'
import { createOrganization } from '../src/modules/surfaces/setup/createOrganization.ts'
import { modules } from '../src/modules.ts'
import { type Ctx, contextFor, type ModulePart, type Services, transaction } from '../src/shared/context.ts'
import { createIds } from '../src/shared/ids.ts'
import { createSigner } from '../src/shared/signer.ts'
import { migratedDatabase } from './templates.ts'

/** 2026-06-01 09:00 in Los Angeles. */
export const startOfStory = Date.parse('2026-06-01T16:00:00Z')

export type TestClock = { now: () => number; advance: (ms: number) => void; set: (at: number) => void }

function createTestClock(at = startOfStory): TestClock {
  let now = at
  return {
    now: () => now,
    advance(ms) {
      now += ms
    },
    set(value) {
      now = value
    },
  }
}

/** Checks every recorded event against the API's schema for it. */
const payloadCheck: ModulePart = {
  name: 'payloadCheck',
  onEvery: async (_, type, data) => void eventPayloads[type].parse(data),
}

export type TestServices = { services: Services; clock: TestClock; folder: string; close: () => Promise<void> }

/** A migrated database as a real file in its own folder. Only the clock is ours. */
export async function createTestServices(overrides: Partial<Config> = {}): Promise<TestServices> {
  const folder = mkdtempSync(join(tmpdir(), 'goodword-'))
  const clock = createTestClock()
  const config: Config = {
    ...readConfig({ DATABASE_URL: `file:${join(folder, 'goodword.db')}`, LOG_LEVEL: 'silent', RATE_LIMITS: 'off' }),
    ...overrides,
  }
  const path = databasePath(config.databaseUrl)
  if (path !== null) writeFileSync(path, await migratedDatabase())
  const database = openDatabase(config)
  if (path === null) await migrate(database)
  const services: Services = {
    modules: [...modules, payloadCheck],
    config,
    database,
    clock: clock.now,
    newId: createIds(clock.now),
    signer: createSigner('a secret of the tests, long enough'),
    log: pino({ level: 'silent' }),
    // A message waits until the test sends it.
    sends: { email: true, sms: true },
  }
  return {
    services,
    clock,
    folder,
    async close() {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** $20 credit for the friend, 5% of the job for the advocate, no hold. */
const plainTerms: Partial<Terms> = {
  advocate: { kind: 'credit', value: { type: 'percent', basisPoints: 500 } },
  friend: { kind: 'credit', value: { type: 'fixed', amount: 2_000 } },
}

let people = 0
/** A person whom no other test data uses. */
export function stranger(name = 'Priya Shah') {
  people += 1
  return { name, email: `person${people}@mail.example`, phone: `+1415555${String(1000 + people).slice(-4)}` }
}

/** Adds a member without sending an invitation. */
const addColleague = (ctx: Ctx, role: Role, name: string, domain: string) =>
  transaction(ctx, (tx) => addMember(tx, { name, email: `${name.toLowerCase().replace(/\W+/g, '.')}@${domain}`, role }))

/** An organization with its owner, and functions to add data to it. */
export async function createWorld(services: Services, name = 'Harbor & Sons') {
  const domain = `${name.toLowerCase().replace(/\W+/g, '')}.example`
  const founded = await createOrganization(services, {
    name,
    tagline: 'Plumbing',
    currency: 'USD',
    timeZone: 'America/Los_Angeles',
    country: 'US',
    phone: '(415) 555-0100',
    owner: { name: 'Maya Ortiz', email: `maya@${domain}` },
  })
  const { organization, owner } = founded
  const actAs = (role: Role, { id, personId }: { id: string; personId: string }): Ctx =>
    contextFor(services, organization.id, { type: 'member', id, personId, role })
  const ctx = actAs('owner', owner)
  const colleagues = new Map<string, Promise<Ctx>>()
  /** A member with this role and name, created on first use. */
  const as = (role: 'admin' | 'staff', colleague = role === 'admin' ? 'Ada Admin' : 'Stan Staff'): Promise<Ctx> => {
    const known =
      colleagues.get(colleague) ?? addColleague(ctx, role, colleague, domain).then((member) => actAs(role, member))
    colleagues.set(colleague, known)
    return known
  }
  return {
    ...founded,
    ctx,
    as,
    campaign: (terms: Partial<Terms> = {}, input: Partial<CreateCampaign> = {}) =>
      createCampaign(
        ctx,
        CreateCampaignSchema.parse({
          name: 'Neighbor Thank-You',
          friendOffer: 'your first plumbing visit',
          ...input,
          terms: { ...plainTerms, ...terms },
        }),
      ),
    advocate: (
      campaignId: string,
      person: { name: string; email?: string; phone?: string } = stranger('Anna Kowalski'),
    ) => inviteAdvocate(ctx, { campaignId, notify: false, ...person }),
    referral: (advocateId: string, friend: { name: string; email?: string; phone?: string } = stranger()) =>
      createReferral(ctx, { advocateId, friend, metadata: {} }),
  }
}

/** A world with a unique name, for databases shared by several. */
export const anotherWorld = (services: Services, name = 'Harbor'): Promise<World> =>
  createWorld(services, `${name} ${services.newId('message').slice(-8)}`)

export type World = Awaited<ReturnType<typeof createWorld>>
