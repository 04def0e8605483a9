import { statSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packOrganization } from '../src/database/archive.ts'
import { createTestServices, createWorld, type TestServices, type World } from './harness.ts'

let test: TestServices
let world: World
beforeAll(async () => {
  test = await createTestServices()
  world = await createWorld(test.services)
  const campaign = await world.campaign()
  await world.advocate(campaign.id, { name: 'Anna Kowalski', email: 'anna@mail.example' })
})
afterAll(() => test.close())

const pack = () => packOrganization(test.services.database, world.organization.id, test.clock.now())
const rename = (name: string) => test.services.database.write((tx) => tx.run(sql`UPDATE contacts SET name = ${name}`))
const logSize = () => statSync(join(test.folder, 'goodword.db-wal')).size

describe('while an archive is created', () => {
  it('writes commit, and it contains the state at its beginning', async () => {
    const archive = await pack()
    await rename('Somebody Else')
    const text = gunzipSync(await buffer(archive)).toString()
    expect(text).toContain('Anna Kowalski')
    expect(text).not.toContain('Somebody Else')
    expect(gunzipSync(await buffer(await pack())).toString()).toContain('Somebody Else')
  })

  it('overwritten data leaves the log as soon as nobody reads it', async () => {
    const archive = await pack()
    await rename('Nobody Special')
    await test.services.database.overwriteDeleted()
    expect(logSize()).toBeGreaterThan(0)
    await buffer(archive)
    await test.services.database.overwriteDeleted()
    expect(logSize()).toBe(0)
  })

  it('a canceled download stops reading', async () => {
    const archive = await pack()
    await rename('Given Up')
    await new Promise((resolve) => archive.on('close', resolve).destroy())
    await expect.poll(() => test.services.database.overwriteDeleted().then(logSize)).toBe(0)
  })

  it("its connection can't write", async () => {
    const snapshot = await test.services.database.openSnapshot?.()
    await expect(
      snapshot?.read.run(sql`UPDATE contacts SET name = 'Sneaked'`).then(
        () => 'written',
        () => 'refused',
      ),
    ).resolves.toBe('refused')
    await snapshot?.close()
  })
})
