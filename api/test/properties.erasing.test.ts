import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiFolder } from '../src/database/migrate.ts'
import { causeKey } from '../src/modules/platform/messages/messageKeys.ts'
import { createTestApp, type TestApp } from './app.ts'
import { createPeople, type Person, type RoleOf, roles } from './erasing.people.ts'
import { checkProperty, propertyTimeoutMs } from './property.ts'
import { everyRow, type Row, tableOf } from './tables.ts'

/** Names that occur in nearly every message, or contain pattern characters. */
const names = ['e', 'Al', 'a', 'Ann', 'referral', 'Erased', '%', '_', 'Jo', 'New', 'Goodword', '$']
type Way = 'staff' | 'themself'

describe('erasing one person', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await createTestApp()
  })
  afterAll(() => test.close())

  type Told = Awaited<ReturnType<typeof createPeople>>

  /** Staff type the name again; the person uses their referral's page, or their portal once they have one. */
  async function erase({ world, story, owner, portal }: Told, role: RoleOf, way: Way): Promise<void> {
    const { contactId, name, token } = story[role]
    if (way === 'staff') {
      const response = await test.request('POST', `/v1/contacts/${contactId}/erase`, { as: owner, body: { name } })
      expect(response.status).toBe(200)
    } else if (['stranger', 'second', 'third'].includes(role)) {
      const page = { method: 'POST', body: new URLSearchParams({ sure: 'yes' }) }
      expect((await test.app.request(`/f/${token}`, page)).status).toBe(200)
    } else {
      const cookie = await portal.signIn(world, contactId)
      const { publicUrl } = test.services.config
      const response = await portal.ask(
        'POST',
        '/erase',
        cookie,
        { organizationId: world.organization.id, confirm: 'ERASE' },
        { origin: publicUrl },
      )
      expect(response.status).toBeLessThan(300)
    }
  }

  it(
    "leaves everyone else's rows unchanged and nothing of the person, whatever they are called",
    async () => {
      await checkProperty(
        fc.asyncProperty(
          fc.array(fc.constantFrom(...names), { minLength: roles.length, maxLength: roles.length }),
          fc.constantFrom(...roles),
          fc.constantFrom<Way>('staff', 'themself'),
          async (called, role, way) => {
            const created = await createPeople(test, called)
            const before = await everyRow(test.services.database)
            const theirs = rowsAbout(created.story[role], before)
            await erase(created, role, way)
            const after = await everyRow(test.services.database)
            for (const [key, row] of before) {
              if (!theirs.has(key) && !counts.has(tableOf(key)))
                expect([key, masked(key, after.get(key))]).toEqual([key, masked(key, row)])
            }
            for (const [key, row] of after) {
              expect([key, ...leftOf(created.story[role], row)]).toEqual([key])
              if (!before.has(key) && !counts.has(tableOf(key))) expect(added).toContain(tableOf(key))
            }
          },
        ),
        14,
      )
    },
    propertyTimeoutMs,
  )

  it('who submitted “e” as their name leaves every notice queued for others to be sent', async () => {
    const created = await createPeople(test, ['Walter', 'Vera', 'Nina', 'Omar', 'e', 'Priya', 'Lena'])
    const waiting = async () =>
      (
        await test.services.database.read.all<[string, string]>(
          sql`SELECT id, body FROM messages WHERE state = 'queued' AND organization_id = ${created.world.organization.id} ORDER BY id`,
        )
      ).map(([id, body]) => ({ id, body }))
    const { referralId, contactId } = created.story.stranger
    const concerns = await test.services.database.read.all<[string]>(
      sql`SELECT id FROM messages WHERE contact_id = ${contactId} OR (referral_id = ${referralId} AND person_id IS NOT NULL)`,
    )
    const before = await waiting()
    await erase(created, 'stranger', 'themself')
    // Their own confirmation, and the lead notice to the one member.
    expect(concerns).toHaveLength(2)
    expect(before.length).toBeGreaterThan(10)
    expect(await waiting()).toEqual(before.filter(({ id }) => !concerns.some(([concern]) => concern === id)))
  })

  it('also works for older messages, which the migration links the same way as queueing does', async () => {
    const { world } = await createPeople(test, names)
    const links = () =>
      test.services.database.read.all(
        sql`SELECT * FROM message_mentions WHERE organization_id = ${world.organization.id} ORDER BY contact_id, message_id`,
      )
    const queued = await links()
    const migration = readFileSync(join(apiFolder(), 'migrations', '0013_message_mentions.sql'), 'utf8')
    const inserts = migration.split('--> statement-breakpoint').filter((statement) => statement.includes('INSERT'))
    await test.services.database.write(async (tx) => {
      await tx.run(sql`DELETE FROM message_mentions`)
      for (const insert of inserts) await tx.run(sql.raw(insert))
    })
    expect(queued.length).toBeGreaterThan(5)
    expect(await links()).toEqual(queued)
  })
})

/** Sums over many people, which verify compares with their rows. */
const counts = new Set(['enrollment_counts', 'referral_counts', 'reward_counts', 'rollups', 'rollup_subjects'])

/** Tables to which erasing adds rows. */
const added = [
  'audit_entries',
  'suppressions',
  'referral_events',
  'enrollment_codes',
  'retired_codes',
  'webhook_events',
]

/** The rows about a person, found by ids alone and without the product's own links to them. */
function rowsAbout({ contactId }: Person, rows: Map<string, Row>): Set<string> {
  const of = (table: string, is: (row: Row) => boolean) =>
    [...rows].filter(([key, row]) => tableOf(key) === table && is(row))
  const idsOf = (found: [string, Row][]) => new Set(found.map(([, row]) => row.id))
  const enrollments = idsOf(of('enrollments', (row) => row.contact_id === contactId))
  const asFriend = idsOf(of('referrals', (row) => row.friend_contact_id === contactId))
  const asAdvocate = idsOf(of('referrals', (row) => enrollments.has(row.enrollment_id)))
  const requests = idsOf(of('credit_requests', (row) => row.contact_id === contactId))
  const noticeKeys = new Set<unknown>(
    of('credit_requests', ({ id }) => requests.has(id)).flatMap(([, { id, organization_id: organization }]) =>
      of('members', () => true).map(([, { person_id: person }]) =>
        causeKey(`${organization}:request:${id}:staff:${person}`),
      ),
    ),
  )
  const messages = of('messages', (row) => {
    const { template, referral_id: referral } = row
    if (row.contact_id === contactId) return true
    if (template === 'referral_received_staff') return asFriend.has(referral) || asAdvocate.has(referral)
    if (template === 'referral_received_friend') return asAdvocate.has(referral)
    if (template === 'conversion_reversed') return asFriend.has(referral)
    return template === 'credit_requested_staff' && noticeKeys.has(row.idempotency_key)
  })
  const ids = new Set<unknown>([contactId, ...enrollments, ...asFriend, ...asAdvocate, ...requests, ...idsOf(messages)])
  const found = new Set(of('search_subjects', (row) => ids.has(row.id)).map(([, row]) => row.number))
  const owned = [...rows].filter(([key, row]) => {
    const table = tableOf(key)
    if (table === 'messages' || table === 'referrals') return false
    if (table === 'idempotency_records')
      return (
        String(row.owner).endsWith(contactId) || [...ids].some((id) => `${row.body} ${row.about}`.includes(`"${id}"`))
      )
    if (['referral_events', 'referral_notes', 'friend_links'].includes(table)) return asFriend.has(row.referral_id)
    if (table === 'queue') return ids.has(row.subject_id)
    if (table === 'search_subjects') return ids.has(row.id)
    if (table === 'search_terms') return found.has(row.subject)
    if (table === 'message_mentions') return row.contact_id === contactId
    return row.contact_id === contactId || enrollments.has(row.enrollment_id) || row.id === contactId
  })
  const referrals = of('referrals', (row) => asFriend.has(row.id))
  const conversions = idsOf(of('conversions', (row) => asFriend.has(row.referral_id)))
  const rewards = of('rewards', (row) => conversions.has(row.source_id))
  return new Set([...messages, ...owned, ...referrals, ...rewards].map(([key]) => key))
}

/**
 * A row as it must stay, apart from two changes: a name that a friend typed for the person may be erased, and a member
 * who made a request has a new last-seen time.
 */
function masked(key: string, row: Row | undefined): Row | undefined {
  const may = { referrals: 'advocate_named', members: 'last_seen_at' }[tableOf(key)]
  return row && may ? { ...row, [may]: null } : row
}

/** What a row still contains of a person. */
function leftOf({ email, canary }: Person, row: Row): string[] {
  const whole = new RegExp(`(^|[^a-z])${email.replaceAll('.', '\\.')}`, 'i')
  const texts = Object.values(row).filter((value) => typeof value === 'string')
  return texts.filter((text) => whole.test(text) || text.includes(canary))
}
