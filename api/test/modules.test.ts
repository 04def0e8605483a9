import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { modules } from '../src/modules.ts'
import { createTestServices, type TestServices } from './harness.ts'

describe('module descriptions', () => {
  let test: TestServices
  beforeAll(async () => {
    test = await createTestServices()
  })
  afterAll(() => test.close())

  it('name every table that refers to a contact, so that merging, erasing and exporting leave none out', async () => {
    const rows = await test.services.database.read.all<[string]>(`
      SELECT DISTINCT m.name FROM sqlite_master m
      LEFT JOIN pragma_table_info(m.name) c
      LEFT JOIN pragma_foreign_key_list(m.name) f
      WHERE m.type = 'table' AND (c.name LIKE '%contact_id' OR c.name = 'merged_into' OR f."table" = 'contacts')`)
    const known = modules.flatMap(({ contact }) => contact?.tables ?? [])
    expect(known.toSorted()).toEqual([...new Set([...rows.map(([name]) => name), 'contacts'])].sort())
  })

  it('contain each name and each table once', () => {
    const names = modules.map(({ name }) => name)
    const tables = modules.flatMap(({ contact }) => contact?.tables ?? [])
    expect(names).toEqual([...new Set(names)])
    expect(tables).toEqual([...new Set(tables)])
  })
})
