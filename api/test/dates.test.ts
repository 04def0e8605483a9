import { endpoints, scopes } from '@goodword/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from './app.ts'
import { bareOf, inputFields } from './fields.ts'
import { anotherWorld, type World } from './harness.ts'

const isDate = (format: unknown) => format === 'date' || format === 'datetime'
const dates = inputFields().filter(({ schema }) => isDate((bareOf(schema).def as { format?: string }).format))
const atTheEdge = ['0000-01-01', '0001-01-01', '1899-12-31', '2200-01-01', '9999-12-31']
const justWithin = ['1900-01-01', '2199-12-31']
const asField = (day: string, schema: { def: unknown }) =>
  (schema.def as { format?: string }).format === 'date' ? day : `${day}T12:00:00Z`

describe('a date or time in a request', () => {
  let test: TestApp
  let world: World
  let key: string
  beforeAll(async () => {
    test = await createTestApp()
    world = await anotherWorld(test.services)
    key = await test.secretKey(world.ctx, [...scopes])
  })
  afterAll(() => test.close())

  it.each(dates)('must be within 1900 and 2199: $at', ({ schema }) => {
    const bare = bareOf(schema)
    for (const day of atTheEdge) expect([day, schema.safeParse(asField(day, bare)).success]).toEqual([day, false])
    for (const day of [...justWithin, '2026-06-01'])
      expect([day, schema.safeParse(asField(day, bare)).success]).toEqual([day, true])
  })

  const asked = Object.entries(endpoints).flatMap(([group, verbs]) =>
    Object.entries(verbs).flatMap(([verb, { method, path }]: [string, { method: string; path: string }]) => {
      const names = dates.filter(({ at }) => at.startsWith(`${group}.${verb} query.`)).map(({ name }) => name)
      return method === 'GET' && names.length > 0 ? [{ path, names }] : []
    }),
  )

  it('is used by lists and reports', () => {
    expect(asked.map(({ path }) => path)).toEqual(expect.arrayContaining(['/v1/referrals', '/v1/reports/funnel']))
  })

  it.each(asked)(
    'at the edge of the calendar is rejected with a sentence and never causes a 500: $path',
    async (list) => {
      const { id } = await world.referral((await world.advocate((await world.campaign()).id)).id)
      const path = list.path.replace(':id', id)
      for (const day of [...atTheEdge, ...justWithin, '2026-02-30', 'x', '-000001-01-01', '+275760-09-13']) {
        for (const names of [list.names, ...list.names.map((name) => [name])]) {
          const query = new URLSearchParams(names.map((name) => [name, day]))
          const response = await test.request('GET', `${path}?${query}`, { as: key })
          const { code } = response.ok ? { code: 'validation_failed' } : ((await response.json()) as { code: string })
          expect([day, names, code]).toEqual([day, names, 'validation_failed'])
        }
      }
    },
  )
})
