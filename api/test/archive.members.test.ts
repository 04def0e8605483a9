import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ImportAccess, unpackOrganization } from '../src/archive/importArchive.ts'
import { packOrganization } from '../src/database/archive.ts'
import { changeRole, removeMember } from '../src/modules/platform/members/changes.ts'
import { inviteMember, listMembers } from '../src/modules/platform/members/members.ts'
import { contextFor, type Services } from '../src/shared/context.ts'
import { createTestServices, createWorld, type TestServices, type World } from './harness.ts'

const owner = 'maya@harborsons.example'
let here: TestServices
let world: World
let archive: Buffer
beforeAll(async () => {
  here = await createTestServices()
  world = await createWorld(here.services)
  await world.advocate((await world.campaign()).id, { name: 'Anna Kowalski', email: 'anna@mail.example' })
  await world.as('admin')
  archive = await pack()
})
afterAll(() => here.close())

const pack = async () => buffer(await packOrganization(here.services.database, world.organization.id, here.clock.now()))

describe('members of an imported organization', () => {
  const arrive = async (file: Buffer, arrival: ImportAccess, prepare?: (services: Services) => Promise<unknown>) => {
    const installation = await createTestServices()
    await prepare?.(installation.services)
    const open = () => Readable.from([file])
    const result = await unpackOrganization(installation.services, open, arrival)
    const ctx = contextFor(installation.services, world.organization.id, { type: 'system' })
    const standing = (await listMembers(ctx)).items.map(({ email, role, status, name }) => [email, name, role, status])
    const all = await installation.services.database.read.all<unknown[]>(
      sql`SELECT p.email, m.name, m.removed_at IS NULL, p.email_verified FROM members m JOIN persons p ON p.id = m.person_id ORDER BY p.email`,
    )
    await installation.close()
    return { result, standing, all }
  }
  const ada = 'ada.admin@harborsons.example'

  it('are only the owner named by the operator', async () => {
    const { standing, all } = await arrive(archive, { owner: 'Maya@HarborSons.example', members: false })
    expect(standing).toEqual([[owner, 'Maya Ortiz', 'owner', 'active']])
    expect(all.map(([email]) => email)).toEqual([ada, owner])
  })

  it("don't include the owner named in the file", async () => {
    const stranger = { owner: 'operator@here.example', members: false }
    const { standing } = await arrive(archive, stranger)
    expect(standing).toEqual([['operator@here.example', 'operator@here.example', 'owner', 'active']])
  })

  it('are invited if the operator asks for it, none of them as an owner', async () => {
    const { standing, result } = await arrive(archive, { owner: ada, members: true })
    expect(result.invited).toBe(1)
    expect(standing.sort()).toEqual([
      [ada, 'Ada Admin', 'owner', 'active'],
      [owner, 'Maya Ortiz', 'admin', 'invited'],
    ])
  })

  it("don't include anyone of this installation by an id in the file", async () => {
    const id = world.owner.personId
    const { all } = await arrive(archive, { owner, members: false }, async ({ database }) => {
      await database.write((tx) =>
        tx.run(
          sql`INSERT INTO persons (id, email, email_verified, created_at, updated_at) VALUES (${id}, 'someone@else.example', 1, 1748016000000, 1748016000000)`,
        ),
      )
    })
    expect(all.map(([email]) => email)).toEqual([ada, owner])
    expect(all.every(([, , , verified]) => verified === 0)).toBe(true)
  })

  it("can't be imported without the owner's address", async () => {
    await expect(arrive(archive, { owner: 'maya', members: false })).rejects.toThrow('after --owner')
  })
})

describe('an archive contains no former members', () => {
  it('and nobody who never accepted: neither address nor name, in any table', async () => {
    const left = await world.as('staff', 'Gone Gardener')
    await inviteMember(world.ctx, { name: 'Waiting Walker', email: 'waiting@harborsons.example', role: 'admin' })
    if (left.actor.type !== 'member') throw new Error('a member')
    const { id, personId } = left.actor
    await here.services.database.write((tx) =>
      tx.run(sql`INSERT INTO messages (id, organization_id, person_id, channel, template, to_address, name, subject, body, state, attempts, created_at)
        SELECT ${here.services.newId('message')}, organization_id, ${personId}, channel, template, 'gone.gardener@harborsons.example', 'Gone Gardener',
          'News', 'Hi Gone Gardener', 'sent', 1, created_at FROM messages WHERE organization_id = ${world.organization.id} LIMIT 1`),
    )
    await changeRole(world.ctx, id, { role: 'admin' })
    expect(gunzipSync(await pack()).toString()).toContain('Gone Gardener')
    await removeMember(world.ctx, id)
    const text = gunzipSync(await pack()).toString()
    for (const trace of ['Gone', 'gone.gardener', 'Waiting Walker', 'waiting@']) expect(text).not.toContain(trace)
    expect(text).toContain(`${personId}@removed.invalid`)
    expect(text).toContain('Ada Admin')
  })

  it('and imports their ids as former members, even if members are invited', async () => {
    const installation = await createTestServices()
    const file = await pack()
    const arrival = { owner, members: true }
    const { invited } = await unpackOrganization(installation.services, () => Readable.from([file]), arrival)
    expect(invited).toBe(1)
    const former = await installation.services.database.read.all<unknown[]>(
      sql`SELECT m.name, m.removed_at IS NOT NULL FROM members m JOIN persons p ON p.id = m.person_id WHERE p.email LIKE '%@removed.invalid'`,
    )
    expect(former).toEqual([
      ['Former member', 1],
      ['Former member', 1],
    ])
    await installation.close()
  })
})
