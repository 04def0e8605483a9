import { Readable } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import { createClient } from '@goodword/client'
import { scopes } from '@goodword/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { createTestServices, createWorld, type World } from '../../../../test/harness.ts'
import { unpackOrganization } from '../../../archive/importArchive.ts'
import { verify } from '../../../verify.ts'
import { listAudit } from '../../surfaces/console/audit.queries.ts'

const canary = 'Zaphodia Canarywell'
const path = '/v1/organization/archive'
let test: TestApp
let world: World
beforeAll(async () => {
  test = await createTestApp()
  world = await createWorld(test.services)
  await world.advocate((await world.campaign()).id, { name: 'Anna Kowalski', email: 'anna@mail.example' })
  const other = await createWorld(test.services, canary)
  await other.advocate((await other.campaign()).id, { name: canary, email: 'canary@mail.example' })
})
afterAll(() => test.close())

describe("an organization's archive", () => {
  it('can be downloaded with the typed client and imported completely into another installation', async () => {
    const secretKey = await test.secretKey(world.ctx, [...scopes])
    const client = createClient({
      baseUrl: test.services.config.publicUrl,
      secretKey,
      fetch: async (input, init) => test.app.request(new Request(input, init)),
    })
    const file = await client.organization.archive()
    const there = await createTestServices()
    const { organizationId, name, rows } = await unpackOrganization(
      there.services,
      () => Readable.from([Buffer.from(file)]),
      { owner: 'maya@harborsons.example', members: false },
    )
    expect([organizationId, name]).toEqual([world.organization.id, world.organization.name])
    expect(rows).toBeGreaterThan(10)
    expect(await verify(there.services.database.read)).toEqual([])
    await there.close()
  })

  it("is a file that browsers don't unpack, with an audit entry and no other organization's data", async () => {
    const owner = await test.signIn(world.owner.personId)
    const response = await test.request('GET', path, { as: owner })
    expect(response.headers.get('content-type')).toBe('application/gzip')
    expect(response.headers.get('content-encoding')).toBeNull()
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="goodword-organization-archive.goodword"',
    )
    const text = gunzipSync(Buffer.from(await response.arrayBuffer())).toString('utf8')
    expect(text).toContain('anna@mail.example')
    expect(text).not.toMatch(/canary/i)
    const [note] = (await listAudit(world.ctx, { limit: 1, group: 'organization' })).items
    expect(note).toMatchObject({ action: 'organization.packed', actor: `member:${world.owner.id}`, data: {} })
    expect(text).toContain(note?.id)
  })

  it('is only for owners and admins', async () => {
    expect((await test.request('GET', path, { as: await test.member(world.ctx, 'admin') })).status).toBe(200)
    expect((await test.request('GET', path, { as: await test.member(world.ctx, 'staff') })).status).toBe(403)
    const key = await test.secretKey(world.ctx, ['settings:read', 'contacts:read'])
    expect((await test.request('GET', path, { as: key })).status).toBe(403)
    expect((await test.request('GET', path)).status).toBe(401)
  })
})
