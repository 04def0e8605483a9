import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { worldForEach } from '../../../../test/worlds.ts'
import { createMasking } from './wholeCodes.ts'

let test: TestServices
let world: World
worldForEach((...given) => {
  ;[test, world] = given
})

it('codes that nobody has, which an earlier version stored whole, are shortened, and an advocate keeps theirs', async () => {
  const { database, clock } = test.services
  const now = clock()
  const add = (rows: [code: string | null, enrollment: string | null, age: number][]) =>
    database.write((tx) =>
      tx.run(sql`INSERT INTO embed_events (id, organization_id, kind, mode, code, enrollment_id, outcome, times, at)
        SELECT value ->> 0, ${world.organization.id}, 'visit', 'live', value ->> 1, value ->> 2, 'code_unknown', 1,
          ${now} - (value ->> 3)
        FROM json_each(${JSON.stringify(rows.map((row) => [world.ctx.newId('embedEvent'), ...row]))})`),
    )
  const anna = await world.advocate((await world.campaign()).id, stranger('Anna Kowalski'))
  await add([
    ['OAUTH-SECRET-1', null, 2],
    [anna.code, anna.id, 2],
    [null, null, 2],
    ['bob@mail.example', null, 1],
    ['AB…', null, 1],
  ])
  // More than one batch, all of the same moment.
  await add(Array.from({ length: 700 }, (_, n) => [`SECRET${n}`, null, 3]))
  const mask = createMasking(test.services)
  const looked: number[] = []
  do looked.push(await mask())
  while (looked.at(-1) !== 0)
  expect(looked).toEqual([500, 205, 0])
  const rows = await database.read.all<[string | null, number]>(
    sql`SELECT code, count(*) FROM embed_events GROUP BY code ORDER BY 2 DESC, 1`,
  )
  expect(rows).toEqual([
    ['SE…', 700],
    [null, 2],
    ...[
      ['AB…', 1],
      ['OA…', 1],
      [anna.code, 1],
    ].sort(),
  ])
})
