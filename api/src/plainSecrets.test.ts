import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../test/app.ts'
import { anotherWorld } from '../test/harness.ts'
import { connect, sendEvent } from '../test/inbound.ts'
import { openOldDatabase } from '../test/oldDatabase.ts'
import { createListeningWorld } from '../test/webhooks.ts'
import { createApp } from './app.ts'
import { getConnection, replaceSecret } from './modules/platform/connections/connections.ts'
import { workingSecrets } from './modules/platform/connections/secrets.ts'
import { getEndpoint, rotateSecret, showSecret } from './modules/platform/webhooks/endpoints.ts'
import { previousSecretOf, secretOf } from './modules/platform/webhooks/secrets.ts'
import { webhookEndpoints } from './modules/platform/webhooks/webhooks.table.ts'
import { sealPlainSecrets } from './plainSecrets.ts'
import { openServices } from './services.ts'
import { type Ctx, contextFor } from './shared/context.ts'
import { AppError } from './shared/errors.ts'
import { createSigner } from './shared/signer.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.close())

const done = { type: 'job.completed', data: { job: '4471', customer: { name: 'Rosa Medina', phone: '+16285550117' } } }
const another = createSigner('another secret of another installation')

it('secrets that an earlier version stored as plain text are sealed by the next start, and work as before', async () => {
  const old = await openOldDatabase('ADD `is_plain`')
  await old.addOrganization('org')
  for (const [id, kind] of [
    ['cnx_1', 'hmac'],
    ['cnx_2', 'token'],
  ])
    await old.run(
      `INSERT INTO connections (id, organization_id, name, kind, created_at) VALUES ('${id}', 'org', 'Ours', '${kind}', 0)`,
    )
  // More than one step.
  await old.run(`WITH RECURSIVE many(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM many WHERE n < 204)
    INSERT INTO connection_secrets (id, organization_id, connection_id, secret, created_by, created_at, ends_at)
    SELECT 'sec_' || n, 'org', 'cnx_1', 'whsec_of_' || n, 'system', 0, iif(n = 0, NULL, 1) FROM many`)
  await old.run(`INSERT INTO connection_secrets (id, organization_id, connection_id, secret, created_by, created_at)
    VALUES ('sec_t', 'org', 'cnx_2', 'the hash of a token', 'system', 0)`)
  await old.run(`INSERT INTO webhook_endpoints (id, organization_id, url, description, events, secret, previous_secret,
    previous_secret_until, created_at) VALUES ('whk_1', 'org', 'https://a.example', '', '[]', 'whsec_new', 'whsec_old', 9, 0),
    ('whk_2', 'org', 'https://b.example', '', '[]', 'whsec_only', NULL, NULL, 0)`)
  await old.upgrade()
  await old.database.close()
  const { services, close } = await openServices(old.config)
  const ctx = contextFor({ ...services, clock: () => 5 }, 'org', { type: 'system' })
  const stored = await services.database.read.all<string[]>(sql`SELECT secret, is_plain FROM connection_secrets
    UNION ALL SELECT secret || coalesce(previous_secret, ''), is_plain FROM webhook_endpoints`)
  expect(stored.length).toBe(208)
  expect(JSON.stringify(stored)).not.toMatch(/whsec|of_\d|,1\]/)
  expect(await workingSecrets(ctx, { id: 'cnx_1', kind: 'hmac' })).toMatchObject([{ secret: 'whsec_of_0' }])
  expect(await workingSecrets(ctx, { id: 'cnx_2', kind: 'token' })).toMatchObject([{ secret: 'the hash of a token' }])
  const [first, second] = await services.database.read.select().from(webhookEndpoints).orderBy(webhookEndpoints.id)
  if (!first || !second) throw new Error('The webhooks are gone.')
  expect([secretOf(ctx, first), previousSecretOf(ctx, first, 8), previousSecretOf(ctx, first, 9)]).toEqual([
    'whsec_new',
    'whsec_old',
    null,
  ])
  expect([secretOf(ctx, second), previousSecretOf(ctx, second, 0)]).toEqual(['whsec_only', null])
  expect(await sealPlainSecrets(services)).toBe(0)
  await close()
  await old.close()
})

describe('after the installation got another secret', () => {
  const send = async (kind: Parameters<typeof connect>[1], ctx: Ctx) => {
    const mine = await connect(ctx, kind)
    const app = createApp({ ...test.services, signer: another })
    return { mine, sent: () => sendEvent({ ...test, app }, mine, done) }
  }

  it('a system’s event is put off, and its connection says what to do, until its secret is replaced', async () => {
    const { ctx } = await anotherWorld(test.services)
    const later: Ctx = { ...ctx, signer: another }
    const { mine, sent } = await send('hmac', ctx)
    const putOff = await sent()
    expect([putOff.status, putOff.headers.get('retry-after')]).toEqual([503, '600'])
    expect(await putOff.json()).toMatchObject({ code: 'event_not_verified' })
    expect(await getConnection(later, mine.connection.id)).toMatchObject({
      state: 'secret_unreadable',
      lastFailure: { reason: 'secret_unreadable' },
    })
    const { newSecret, ...replaced } = await replaceSecret(later, mine.connection.id)
    // The one before can't work beside it.
    expect(replaced).toMatchObject({ state: 'active', previousSecretUntil: null })
    mine.secret = newSecret ?? ''
    expect((await sent()).status).toBe(200)
  })

  it('a token is still accepted, because only its hash is stored', async () => {
    const { ctx } = await anotherWorld(test.services)
    const { sent } = await send('token', ctx)
    expect((await sent()).status).toBe(200)
  })

  it('a webhook sends nothing, says why, tries again, and sends once there is a new secret', async () => {
    const { world, receiver, endpoint, happens, deliver, newest, verified } = await createListeningWorld(test)
    const [services, ctx] = [
      { ...test.services, signer: another },
      { ...world.ctx, signer: another },
    ]
    await happens()
    await deliver(services)
    expect(receiver.received).toEqual([])
    expect(await newest()).toMatchObject({ state: 'queued', attempts: 1 })
    expect((await getEndpoint(ctx, endpoint.id)).isSecretReadable).toBe(false)
    await expect(showSecret(ctx, endpoint.id)).rejects.toEqual(new AppError('secret_unreadable'))
    const { secret, previousSecretUntil } = await rotateSecret(ctx, endpoint.id)
    expect(previousSecretUntil).toBeNull()
    test.clock.advance(10 * 60_000)
    await deliver(services)
    expect(await newest()).toMatchObject({ state: 'delivered', attempts: 2 })
    expect((await verified(-1, secret)).type).toBe('referral.converted')
    await receiver.stop()
  })
})
