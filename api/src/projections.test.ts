import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestServices, createWorld, type TestServices } from '../test/harness.ts'
import { fillProjections, rebuildProjections } from './projections.ts'
import type { Projection } from './shared/module.ts'

const name = 'contacts by first letter'

describe('a projection that a migration adds to existing rows', () => {
  let test: TestServices
  /** How many of the contacts are read before the power fails. */
  let powerFailsAfter: number
  let fills: number[]
  const projection: Projection = {
    name,
    source: 'contacts',
    keptBy: 'triggers',
    clear: async (tx, organizationId) =>
      void (await tx.run(sql`DELETE FROM letters WHERE organization_id = ${organizationId}`)),
    async fill(tx, ids) {
      if (fills.length >= powerFailsAfter) throw new Error('the power failed')
      fills.push(ids.length)
      await tx.run(sql`INSERT INTO letters SELECT organization_id, substr(name, 1, 1), count(*) FROM contacts
        WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) GROUP BY 1, 2
        ON CONFLICT DO UPDATE SET n = n + excluded.n`)
    },
  }
  const counts = () =>
    test.services.database.read.all<[string, number]>(sql`SELECT letter, sum(n) FROM letters GROUP BY 1 ORDER BY 1`)
  const unfilled = () => test.services.database.read.all(sql`SELECT name FROM projection_fills`)

  beforeEach(async () => {
    powerFailsAfter = Number.POSITIVE_INFINITY
    fills = []
    test = await createTestServices()
    const world = await createWorld(test.services)
    await test.services.database.write(async (tx) => {
      await tx.run(
        sql`CREATE TABLE letters (organization_id TEXT, letter TEXT, n INTEGER, PRIMARY KEY (organization_id, letter))`,
      )
      await tx.run(sql`INSERT INTO projection_fills (name) VALUES (${name})`)
      for (let i = 0; i < 1_200; i += 1)
        await tx.run(sql`INSERT INTO contacts (id, organization_id, name, created_at)
          VALUES (${test.services.newId('contact')}, ${world.organization.id}, ${i % 3 === 0 ? 'Anna' : 'Ben'}, 1)`)
    })
  })
  afterEach(() => test.close())

  it('is filled in steps of bounded size, each row once', async () => {
    await fillProjections(test.services, [projection])
    // 1,200 contacts, a third of them Anna.
    expect(await counts()).toEqual([
      ['A', 400],
      ['B', 800],
    ])
    expect(fills).toEqual([500, 500, 200])
    expect(await unfilled()).toEqual([])
  })

  it('goes on where it stopped when the power fails, and counts nothing twice', async () => {
    powerFailsAfter = 1
    await expect(fillProjections(test.services, [projection])).rejects.toThrow('the power failed')
    expect(await unfilled()).toEqual([[name]])
    powerFailsAfter = Number.POSITIVE_INFINITY
    await fillProjections(test.services, [projection])
    expect(await counts()).toEqual([
      ['A', 400],
      ['B', 800],
    ])
    expect(fills).toEqual([500, 500, 200])
  })

  it('is filled once: later starts read nothing', async () => {
    await fillProjections(test.services, [projection])
    await fillProjections(test.services, [projection])
    expect(fills).toEqual([500, 500, 200])
  })

  it('stops the start when no module describes it', async () => {
    await expect(fillProjections(test.services, [])).rejects.toThrow('no module describes it')
  })

  it('is rebuilt for one organization, whatever it said before', async () => {
    const other = await createWorld(test.services, 'Other & Daughters')
    await fillProjections(test.services, [projection])
    await test.services.database.write((tx) => tx.run(sql`UPDATE letters SET n = 7`))
    const before = await counts()
    await test.services.database.write((tx) => rebuildProjections(tx, other.organization.id, [projection]))
    expect(await counts()).toEqual(before)
    const [mine] = await test.services.database.read.all<[string]>(sql`SELECT organization_id FROM contacts LIMIT 1`)
    await test.services.database.write((tx) => rebuildProjections(tx, String(mine?.[0]), [projection]))
    expect(await counts()).toEqual([
      ['A', 400],
      ['B', 800],
    ])
  })
})
