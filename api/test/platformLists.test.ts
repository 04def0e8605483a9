import { embedEventKinds, embedOutcomes, type Page, scopes } from '@goodword/contracts'
import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from './app.ts'
import { createWorld, startOfStory, type World } from './harness.ts'
import { addWebhook } from './organizations.webhooks.ts'

type Shown = { id: string }
type Query = Record<string, string>

const rowCount = 240
const day = 86_400_000
/** Rows share one of few moments over three days, so that pages end within ties. */
const moment = sql`${startOfStory} - (i * 7919 % 12) * ${day / 4}`
const oneOf = (words: readonly string[], step: number) =>
  sql`(SELECT value FROM json_each(${JSON.stringify(words)}) WHERE key = i * ${step} / 3 % ${words.length})`
const rows = (statement: SQL) =>
  sql`${statement} FROM (WITH RECURSIVE seq(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM seq WHERE i < ${rowCount}) SELECT i FROM seq)`

describe('every list of what the platform keeps', () => {
  let test: TestApp
  let mine: World
  let key: string
  let endpointId: string
  beforeAll(async () => {
    test = await createTestApp()
    mine = await createWorld(test.services, 'Mine')
    const theirs = await createWorld(test.services, 'Theirs')
    key = await test.secretKey(mine.ctx, [...scopes])
    endpointId = (await addWebhook(mine.ctx, 'mine.example')).endpointId
    await fill(mine, endpointId)
    await fill(theirs, (await addWebhook(theirs.ctx, 'theirs.example')).endpointId)
  })
  afterAll(() => test.close())

  async function fill({ organization, owner }: World, endpoint: string) {
    const id = (prefix: string) => sql`${prefix} || substr(${organization.id}, -12) || printf('%014d', i)`
    const actors = [
      `member:${owner.id}`,
      'key:key_00000000000000000000000000',
      'contact:con_1',
      'friend',
      'system',
      'system:operator',
    ]
    const actions = ['referral.converted', 'referral.assigned', 'referrals_old.kept', 'member.invited', 'key.revoked']
    const about = sql`CASE i % 9 WHEN 0 THEN 'ref_00000000000000000000000000' ELSE 'sub_' || i END`
    await test.services.database.write(async (tx) => {
      await tx.run(sql`INSERT INTO messages (id, organization_id, channel, template, to_address, subject, body, state, attempts, created_at)
        ${rows(sql`SELECT ${id('msg_')}, ${organization.id}, 'email', 'reward_earned', 'anna@mail.example', 'Yours', 'Hi',
          ${oneOf(['queued', 'sent', 'sent', 'kept', 'failed', 'suppressed', 'sent'], 1)}, 0, ${moment}`)}`)
      await tx.run(sql`INSERT INTO audit_entries (id, organization_id, actor, action, subject_id, data, at)
        ${rows(sql`SELECT ${id('aud_')}, ${organization.id}, ${oneOf(actors, 5)}, ${oneOf(actions, 1)}, ${about}, '{}', ${moment}`)}`)
      await tx.run(sql`INSERT INTO embed_events (id, organization_id, kind, mode, origin, outcome, at)
        ${rows(sql`SELECT ${id('eev_')}, ${organization.id}, ${oneOf(embedEventKinds, 1)}, 'live',
          ${oneOf(['https://one.example', 'https://two.example'], 7)}, ${oneOf(embedOutcomes, 11)}, ${moment}`)}`)
      await tx.run(sql`INSERT INTO webhook_events (id, organization_id, type, payload, created_at)
        ${rows(sql`SELECT ${id('evt_')}, ${organization.id}, 'referral.created', '{}', ${moment}`)}`)
      await tx.run(sql`INSERT INTO webhook_deliveries (id, organization_id, endpoint_id, event_id, state, attempts, created_at)
        ${rows(sql`SELECT ${id('whd_')}, ${organization.id}, ${endpoint}, ${id('evt_')}, ${oneOf(['queued', 'delivered', 'delivered', 'failed'], 1)}, 1, ${moment}`)}`)
      await tx.run(
        sql`UPDATE queue SET holder = 'somebody', attempts = 1 WHERE organization_id = ${organization.id} AND subject_id LIKE '%7'`,
      )
    })
  }

  /** The same rows by a statement that knows nothing of indexes. */
  async function expected(table: string, at: string, condition: string): Promise<string[]> {
    const found = await test.services.database.read.all<[string]>(
      sql.raw(
        `SELECT id FROM ${table} AS t WHERE +organization_id = '${mine.organization.id}' AND ${condition} ORDER BY +${at} DESC, +rowid DESC`,
      ),
    )
    return found.map(([id]) => id)
  }

  async function pageOf(path: string, query: Query): Promise<Page<Shown>> {
    const response = await test.request('GET', `${path}?${new URLSearchParams({ limit: '7', ...query })}`, { as: key })
    expect(response.status).toBe(200)
    return (await response.json()) as Page<Shown>
  }

  async function pagesFrom(path: string, query: Query, start: Query, next: 'nextCursor' | 'previousCursor') {
    const pages = [await pageOf(path, { ...query, ...start })]
    for (let cursor = pages[0]?.[next]; cursor; cursor = pages.at(-1)?.[next])
      pages.push(await pageOf(path, { ...query, cursor }))
    return pages.map(({ items }) => items.map(({ id }) => id))
  }

  const held = (kind: string) => `(SELECT subject_id FROM queue WHERE kind = '${kind}' AND holder IS NOT NULL)`
  const stateIs = (kind: string, state: string) =>
    state === 'sending'
      ? `state = 'queued' AND id IN ${held(kind)}`
      : `state = '${state}'${state === 'queued' ? ` AND id NOT IN ${held(kind)}` : ''}`
  const dayRange = (from: number, to: number) =>
    `at >= ${Date.parse('2026-05-29T07:00:00Z') + from * day} AND at < ${Date.parse('2026-05-29T07:00:00Z') + to * day}`
  const actorIs = (actor: string) =>
    actor.includes(':') ? `actor = '${actor}'` : `(actor = '${actor}' OR actor GLOB '${actor}:*')`

  const cases = (): [name: string, path: string, query: Query, sql: Parameters<typeof expected>][] => {
    const member = `member:${mine.owner.id}`
    const log = `/v1/webhook-endpoints/${endpointId}/deliveries`
    const bad = `outcome NOT IN ('attributed', 'attributed_by_hand', 'code_retired')`
    return [
      ['messages', '/v1/messages', {}, ['messages', 'created_at', '1']],
      ...['queued', 'sending', 'sent', 'kept', 'failed', 'suppressed'].map(
        (state): ReturnType<typeof cases>[number] => [
          `messages ${state}`,
          '/v1/messages',
          { state },
          ['messages', 'created_at', stateIs('message', state)],
        ],
      ),
      ['deliveries', log, {}, ['webhook_deliveries', 'created_at', '1']],
      ...['queued', 'sending', 'delivered', 'failed'].map((state): ReturnType<typeof cases>[number] => [
        `deliveries ${state}`,
        log,
        { state },
        ['webhook_deliveries', 'created_at', stateIs('webhook', state)],
      ]),
      ['audit trail', '/v1/audit', {}, ['audit_entries', 'at', '1']],
      ...['member', 'key', 'contact', 'friend', 'system', member].flatMap(
        (actor): ReturnType<typeof cases> => [
          [`audit trail of ${actor}`, '/v1/audit', { actor }, ['audit_entries', 'at', actorIs(actor)]],
          [
            `referrals by ${actor}`,
            '/v1/audit',
            { actor, group: 'referral' },
            ['audit_entries', 'at', `${actorIs(actor)} AND action GLOB 'referral.*'`],
          ],
        ],
      ),
      [
        'audit trail of a group',
        '/v1/audit',
        { group: 'referral' },
        ['audit_entries', 'at', `action GLOB 'referral.*'`],
      ],
      ['audit trail of a group nobody knows', '/v1/audit', { group: 'nothing' }, ['audit_entries', 'at', '0']],
      [
        'audit trail of a subject',
        '/v1/audit',
        { subjectId: 'ref_00000000000000000000000000' },
        ['audit_entries', 'at', `subject_id = 'ref_00000000000000000000000000'`],
      ],
      [
        'audit trail of a subject and an actor',
        '/v1/audit',
        { subjectId: 'ref_00000000000000000000000000', actor: 'friend' },
        ['audit_entries', 'at', `subject_id = 'ref_00000000000000000000000000' AND actor = 'friend'`],
      ],
      [
        'audit trail of two days',
        '/v1/audit',
        { from: '2026-05-29', to: '2026-05-30' },
        ['audit_entries', 'at', dayRange(0, 2)],
      ],
      [
        'audit trail of an actor on a day',
        '/v1/audit',
        { actor: member, from: '2026-05-31', to: '2026-05-31' },
        ['audit_entries', 'at', `${actorIs(member)} AND ${dayRange(2, 3)}`],
      ],
      ['website activity', '/v1/embed-events', {}, ['embed_events', 'at', '1']],
      ['website activity of a kind', '/v1/embed-events', { kind: 'visit' }, ['embed_events', 'at', `kind = 'visit'`]],
      [
        'website activity of a site',
        '/v1/embed-events',
        { site: 'https://two.example' },
        ['embed_events', 'at', `origin = 'https://two.example'`],
      ],
      [
        'website activity that was not attributed',
        '/v1/embed-events',
        { outcome: 'not_attributed' },
        ['embed_events', 'at', bad],
      ],
      [
        'website activity of everything at once',
        '/v1/embed-events',
        { kind: 'form', outcome: 'not_attributed', site: 'https://one.example' },
        ['embed_events', 'at', `kind = 'form' AND origin = 'https://one.example' AND ${bad}`],
      ],
    ]
  }

  it('reads the same rows from the first page on and from the last page back, page by page, under each filter', async () => {
    for (const [name, path, query, statement] of cases()) {
      const all = await expected(...statement)
      const forward = await pagesFrom(path, query, {}, 'nextCursor')
      expect(forward.flat(), name).toEqual(all)
      const backward = await pagesFrom(path, query, { last: 'true' }, 'previousCursor')
      // The page that is reached last may be the whole first one again.
      const seen = backward.reverse().flat()
      expect([...new Set(seen)], `${name}, backward`).toEqual(all)
    }
  })

  it('finds something under nearly every filter of these tests, and stops within rows of the same moment', async () => {
    const sizes = await Promise.all(cases().map(async ([, , , statement]) => (await expected(...statement)).length))
    expect(sizes.filter((size) => size > 14).length).toBeGreaterThan(sizes.length * 0.7)
    const page = await pageOf('/v1/messages', {})
    const next = await pageOf('/v1/messages', { cursor: page.nextCursor ?? '' })
    const at = ({ items }: Page<Shown>) =>
      (items as (Shown & { createdAt: string })[]).map(({ createdAt }) => createdAt)
    expect(at(page).at(-1)).toBe(at(next)[0])
  })

  it('goes on from a row that was deleted meanwhile', async () => {
    const page = await pageOf('/v1/messages', { state: 'kept' })
    const [last] = page.items.slice(-1)
    await test.services.database.write(
      async (tx) => void (await tx.run(sql`DELETE FROM messages WHERE id = ${last?.id}`)),
    )
    const next = await pageOf('/v1/messages', { state: 'kept', cursor: page.nextCursor ?? '' })
    const all = await expected('messages', 'created_at', `state = 'kept'`)
    expect(all).toContain(next.items[0]?.id)
    expect(page.items.map(({ id }) => id)).not.toContain(next.items[0]?.id)
  })
})
