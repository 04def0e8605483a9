import Libsql from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Business, createBusiness } from '../../bench/business.ts'
import { recordingDriver } from '../../bench/recording.ts'
import { createApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { databaseOn } from '../src/database/database.ts'
import { openEmbedded } from '../src/database/embedded.ts'
import { timedJobs } from '../src/jobs.ts'
import { addressFor } from '../src/modules/people/contacts/contacts.ts'
import { createKey } from '../src/modules/platform/keys/keys.ts'
import { createMemberSignInToken } from '../src/modules/platform/members/session.ts'
import { addSite } from '../src/modules/platform/organizations/sites.ts'
import { updateLeaderboardSettings } from '../src/modules/program/leaderboard/settings.ts'
import { createFriendLink } from '../src/modules/program/referrals/friendLinks.ts'
import { places } from '../src/modules/surfaces/console/referrals.neighbors.queries.ts'
import { runImport } from '../src/modules/surfaces/imports/imports.ts'
import { createPortalLink } from '../src/modules/surfaces/portal/portal.ts'
import { servicesOn } from '../src/services.ts'
import { contextFor, type Services, transaction } from '../src/shared/context.ts'
import { createIds } from '../src/shared/ids.ts'
import { cursorAfter } from '../src/shared/keyset.ts'
import { cookieOf } from './app.ts'
import { addTheirJob } from './organizations.jobs.ts'
import { wholeInBackground } from './plans.allowed.ts'
import { type Asked, readRequests } from './plans.requests.ts'
import { growStatistics } from './plans.statistics.ts'
import { planReader } from './plans.steps.ts'

/** The requests run on a small business. The statistics come from one that is large enough to tell columns apart. */
const asked = 600
const counted = 2_000
const million = 1_000_000
const day = 86_400_000
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)

/** Statements, and what ran each of them. */
type Statements = Map<string, { names: Set<string>; params: unknown[] }>

/**
 * What SQLite does for each statement at a million referrals: it is asked for the plans of the recorded statements, once
 * without statistics and once with those of a large business.
 */
describe('at a million referrals, nothing that is shown or that time drives', () => {
  const businesses: Business[] = []
  let offences: string[] = []
  let recorded: Statements
  beforeAll(async () => {
    const [small, larger] = [await createBusiness(asked), await createBusiness(counted)]
    businesses.push(small, larger)
    recorded = await record(small)
    const [plain, whole, limited] = [larger.copy(), larger.copy(), larger.copy()]
    growStatistics(whole, million / counted, 0)
    growStatistics(limited, million / counted, 400)
    offences = [plain, whole, limited].flatMap((file) => {
      const database = new Libsql(file)
      const read = planReader(database)
      const found = [...recorded].flatMap(([sql, { names, params }]) =>
        read(sql, params).flatMap((offence) => [...names].map((name) => `${name} ${offence}`)),
      )
      database.close()
      return found
    })
  }, 120_000)
  afterAll(() => {
    for (const business of businesses) business.remove()
  })

  it('scans, sorts or reads whole a table that grows, but for what runs in the background', () => {
    expect([...recorded.keys()].length).toBeGreaterThan(200)
    expect([...new Set(offences)].sort()).toEqual([...wholeInBackground].sort())
  })
})

type Cursors = { nextCursor: string | null; previousCursor: string | null }

/** Asks every endpoint that reads in every way, opens the pages of guests and runs the timed jobs. */
async function record(business: Business): Promise<Statements> {
  const statements: Statements = new Map()
  let name = 'start'
  const driver = recordingDriver(openEmbedded(business.copy()), ({ sql, params, background }) => {
    const planned = /^\s*(select|with|update|delete)\b/i.test(sql)
    if (!planned) return
    const one = statements.get(sql) ?? { names: new Set(), params }
    statements.set(sql, one)
    one.names.add(background ? `${name}, in the background,` : name)
  })
  let now = business.spec.now
  const clock = () => now
  const config = readConfig({ RATE_LIMITS: 'off', LOG_LEVEL: 'silent' })
  const services: Services = {
    ...(await servicesOn(config, databaseOn(driver))),
    clock,
    newId: createIds(clock),
    sends: { email: false, sms: false },
  }
  try {
    const app = createApp(services)
    const { values, credentials, pages } = await prepare(services, business, app)
    statements.clear()
    const unanswered = new Map<string, string>()
    const ask = async (asked: Asked, path = asked.path): Promise<Response> => {
      const response = await app.request(path, { headers: credentials[asked.by] })
      // A referral may have moved on; then another one of the same endpoint has not.
      if (response.status === 409) return response
      if (response.status >= 400) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
      unanswered.delete(asked.name)
      return response
    }
    const requests = readRequests(values)
    for (const asked of requests) unanswered.set(asked.name, asked.path)
    for (const asked of requests) {
      name = asked.name
      const response = await ask(asked)
      if (!asked.paged) continue
      const turn = (cursor: string) =>
        ask(asked, `${asked.path}${asked.path.includes('?') ? '&' : '?'}cursor=${cursor}`)
      const { nextCursor } = (await response.json()) as Cursors
      if (nextCursor === null) continue
      const { previousCursor } = (await (await turn(nextCursor)).json()) as Cursors
      if (previousCursor !== null) await turn(previousCursor)
    }
    if (unanswered.size > 0) throw new Error(`Nothing was answered by ${[...unanswered.values()].join(', ')}.`)
    for (const page of pages) {
      name = `page ${page.name}`
      await ask({ name, path: page.path, by: 'anyone', paged: false })
    }
    // The statistics are what the plans are made with.
    const jobs = timedJobs(services).filter(({ name }) => name !== 'statistics')
    for (const job of jobs) {
      name = `job ${job.name}`
      await job.run()
    }
    now += 40 * day
    for (const job of jobs) {
      name = `job ${job.name}`
      await job.run()
    }
  } finally {
    await services.database.close()
  }
  return statements
}

async function prepare(services: Services, business: Business, app: ReturnType<typeof createApp>) {
  const { spec, busiest, friendId, referralId } = business
  const ctx = contextFor(services, spec.organizationId, { type: 'system' })
  const [campaignId = ''] = spec.campaigns
  const { key: publishableKey } = await createKey(ctx, { kind: 'publishable', name: 'Website', scopes: [] })
  await addSite(ctx, { origin: 'https://harborsons.example' })
  await updateLeaderboardSettings(ctx, { isPublic: true, slug: 'leaders' })
  const friendToken = await createFriendLink(ctx, referralId)
  const reach = await addressFor(ctx, busiest.contactId)
  const link = { contactId: busiest.contactId, addressId: reach?.addressId ?? '', scope: 'full' } as const
  const portalToken = await transaction(ctx, (tx) => createPortalLink(tx, link))
  const enter = async (path: string, token: string) => {
    const body = JSON.stringify({ token })
    const headers = { 'content-type': 'application/json', origin: services.config.publicUrl }
    return cookieOf(await app.request(path, { method: 'POST', body, headers }))
  }
  const [person = ''] =
    (await ctx.db.all<[string]>(`SELECT person_id FROM members WHERE id = '${spec.memberId}'`))[0] ?? []
  const owner = contextFor(services, spec.organizationId, {
    type: 'member',
    id: spec.memberId,
    personId: person,
    role: 'owner',
  })
  await runImport(owner, {
    kind: 'advocates',
    campaignId,
    text: 'name,email\nIda Lund,ida@mail.example',
    fileName: 'a.csv',
  })
  const job = await addTheirJob(owner)
  const from = spec.now - 365 * day
  const newest = async (table: string) =>
    (
      await ctx.db.all<[string]>(`SELECT id FROM ${table} WHERE organization_id = '${spec.organizationId}' LIMIT 1`)
    )[0]?.[0] ?? ''
  const [pending = ''] =
    (
      await ctx.db.all<[string]>(
        `SELECT id FROM referrals WHERE status = 'pending' AND enrollment_id IS NOT NULL LIMIT 1`,
      )
    )[0] ?? []
  const ids = [campaignId, pending, busiest.id, busiest.contactId, friendId, referralId, spec.memberId, spec.endpointId]
  ids.push(job.connection.id, job.eventId, job.job.id, job.todoId)
  const tables = ['messages', 'webhook_deliveries', 'rewards', 'credit_requests']
  return {
    values: {
      candidates: ['true', ...ids, ...(await Promise.all(tables.map(newest)))],
      named: {
        q: ['priya', 'priya shah', '0004711'],
        year: ['2026'],
        from: [dayOf(from)],
        to: [dayOf(from + 30 * day)],
        asOf: [dayOf(from)],
        on: [dayOf(from)],
        paidOn: [dayOf(from)],
        jobValue: ['12500'],
        currency: ['USD'],
        key: [publishableKey],
        code: [busiest.code],
        form: ['', busiest.code],
        share: [busiest.code],
        leaderboard: ['', 'year'],
        campaign: [campaignId],
        lang: ['de'],
        v: [],
        actor: ['member', 'key', `member:${spec.memberId}`],
        group: ['referral'],
        subjectId: [referralId],
        externalId: ['job-1'],
        place: [cursorAfter(places, [0, spec.now - 30 * day, referralId])],
        site: ['https://harborsons.example'],
        since: [new Date(from).toISOString()],
      },
    },
    credentials: {
      staff: { cookie: await enter('/session', await createMemberSignInToken(services, person)) },
      portal: { cookie: await enter('/portal/api/session', portalToken) },
      publishable: { origin: 'https://harborsons.example' },
      anyone: {},
    } as Record<Asked['by'], Record<string, string>>,
    pages: [
      { name: '/l/:slug', path: '/l/leaders' },
      { name: '/r/:code', path: `/r/${busiest.code}` },
      { name: '/r/:code/card.png', path: `/r/${busiest.code}/card.png` },
      { name: '/f/:token', path: `/f/${friendToken}` },
      { name: '/portal/manifest.webmanifest', path: '/portal/manifest.webmanifest' },
    ],
  }
}
