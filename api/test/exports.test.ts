import { getRequestListener } from '@hono/node-server'
import { sql } from 'drizzle-orm'
import Libsql from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databasePath } from '../src/database/databasePath.ts'
import { type Listening, listen } from '../src/shared/listen.ts'
import { createTestApp, type TestApp } from './app.ts'
import { createWorld, type World } from './harness.ts'

/** Several megabytes, more than every buffer between the database and the client holds. */
const entries = 6_000
const padding = 'x'.repeat(2_000)

describe('an export of a large business', () => {
  let test: TestApp
  let world: World
  let server: Listening
  let key: string
  beforeAll(async () => {
    test = await createTestApp()
    world = await createWorld(test.services)
    key = await test.secretKey(world.ctx, ['settings:read'])
    await test.services.database.write((tx) =>
      tx.run(sql`INSERT INTO audit_entries (id, organization_id, actor, action, subject_id, data, at)
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${entries})
        SELECT printf('aud_%026d', i), ${world.organization.id}, 'system', 'site.added', '', json_object('note', ${padding}), i FROM n`),
    )
    const address = { host: '127.0.0.1', port: 0, portSetting: 'PORT' }
    server = await listen(address, getRequestListener(test.app.fetch))
  })
  afterAll(async () => {
    await server.stop(0)
    await test.close()
  })

  const download = () =>
    fetch(`http://127.0.0.1:${server.port}/v1/audit/export?group=site`, { headers: { authorization: `Bearer ${key}` } })
  /** A file between its first and its last byte. */
  async function begin() {
    const reader = (await download()).body?.getReader()
    await reader?.read()
    return reader
  }
  const rename = (from: string, to: string) => {
    const connection = new Libsql(databasePath(test.services.config.databaseUrl) ?? '')
    connection.exec(`ALTER TABLE ${from} RENAME TO ${to}`)
    connection.close()
  }

  it('is complete, also after another was canceled, and other requests are answered meanwhile', async () => {
    const canceled = await begin()
    const ping = await fetch(`http://127.0.0.1:${server.port}/healthz`)
    expect(ping.status).toBe(200)
    await canceled?.cancel()
    const text = await (await download()).text()
    expect(text.split('\r\n')).toHaveLength(entries + 2)
  })

  it('that fails on the way is broken off, and never looks like the whole file', async () => {
    const reader = await begin()
    rename('audit_entries', 'gone')
    try {
      const rest = async () => {
        while (reader && !(await reader.read()).done);
      }
      await expect(rest()).rejects.toThrow()
    } finally {
      rename('gone', 'audit_entries')
    }
  })

  it('that fails before its first line is an error', async () => {
    rename('audit_entries', 'gone')
    try {
      expect((await download()).status).toBe(500)
    } finally {
      rename('gone', 'audit_entries')
    }
  })
})
