import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBackground } from './background.ts'
import { type Database, databaseOn } from './database.ts'
import type { Driver } from './driver.ts'
import { openEmbedded } from './embedded.ts'

/** Takes about a tenth of a second. */
const long = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT max(i) FROM n'
/** More rows than the thread has memory for. */
const huge =
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) SELECT hex(zeroblob(1000)) FROM n'

describe('reading in the background', () => {
  let folder: string
  let path: string
  let driver: Driver
  let database: Database
  let threads: Worker[]
  const noteThread = (worker: Worker) => void threads.push(worker)
  beforeEach(async () => {
    threads = []
    process.on('worker', noteThread)
    folder = mkdtempSync(join(tmpdir(), 'goodword-background-'))
    path = join(folder, 'goodword.db')
    driver = openEmbedded(path)
    database = databaseOn(driver)
    await write('CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)')
    await write("INSERT INTO notes (text) VALUES ('first')")
  })
  afterEach(async () => {
    await database.close()
    process.off('worker', noteThread)
    rmSync(folder, { recursive: true, force: true })
  })

  const write = (statement: string) => database.write(async (tx) => void (await tx.run(sql.raw(statement))))
  const texts = async (from = database.background) =>
    (await from.all<[string]>(sql`SELECT text FROM notes ORDER BY id`)).map(([text]) => text)
  const logSize = () => statSync(`${path}-wal`).size

  it('sees each commit, and nothing that is not committed', async () => {
    expect(await texts()).toEqual(['first'])
    await database.write(async (tx) => {
      await tx.run(sql`INSERT INTO notes (text) VALUES ('second')`)
      expect(await texts()).toEqual(['first'])
    })
    expect(await texts()).toEqual(['first', 'second'])
  })

  it('cannot write', async () => {
    await expect(driver.background('DELETE FROM notes RETURNING id', [])).rejects.toThrow(/readonly|query_only/i)
    expect(await texts()).toEqual(['first'])
  })

  it('gives up a connection on which a statement failed', async () => {
    const marked = async () => (await driver.background('PRAGMA busy_timeout', []))[0]?.[0] === 4321
    await driver.background('PRAGMA busy_timeout = 4321', [])
    expect(await marked()).toBe(true)
    await expect(driver.background('SELECT id FROM nowhere', [])).rejects.toThrow('no such table: nowhere')
    expect(await marked()).toBe(false)
    expect(await texts()).toEqual(['first'])
  })

  it('says why the file cannot be opened', async () => {
    const broken = join(folder, 'broken.db')
    writeFileSync(broken, 'not a database'.repeat(1_000))
    const background = createBackground(broken)
    await expect(background.read('SELECT 1', [])).rejects.toThrow('file is not a database')
    await background.close()
  })

  it('leaves the event loop free during a long statement', async () => {
    const order: string[] = []
    await texts()
    const slow = driver.background(long, []).then(() => order.push('long'))
    await write("INSERT INTO notes (text) VALUES ('meanwhile')").then(() => order.push('write'))
    await driver.read('SELECT 1', []).then(() => order.push('read'))
    await slow
    expect(order).toEqual(['write', 'read', 'long'])
  })

  it('rejects a failed statement with the message and code of SQLite', async () => {
    await expect(driver.background('SELECT text FROM nowhere', [])).rejects.toMatchObject({
      message: expect.stringContaining('nowhere'),
      code: 'SQLITE_ERROR',
    })
  })

  it('starts again when the thread dies: only the statement that ran and its snapshots are lost', async () => {
    const snapshot = await driver.openSnapshot?.()
    const [died, waited] = await Promise.allSettled([driver.background(huge, []), texts()])
    expect(died).toMatchObject({ status: 'rejected', reason: { code: 'ERR_WORKER_OUT_OF_MEMORY' } })
    expect(waited).toEqual({ status: 'fulfilled', value: ['first'] })
    expect(threads).toHaveLength(2)
    await expect(snapshot?.read('SELECT 1', [])).rejects.toThrow('The snapshot is closed.')
    await snapshot?.close()
  })

  it('shows a snapshot as it was, and what is committed beside it', async () => {
    const snapshot = await database.openSnapshot?.()
    await write("UPDATE notes SET text = 'changed'")
    expect(await texts(snapshot?.read)).toEqual(['first'])
    expect(await texts()).toEqual(['changed'])
    await snapshot?.close()
  })

  it('never keeps erased data in the log: it is emptied as soon as the running statement ends', async () => {
    await texts()
    const order: string[] = []
    const slow = driver.background(`${long} WHERE EXISTS (SELECT 1 FROM notes)`, []).then(() => order.push('long'))
    const waiting = driver.background(long, []).then(() => order.push('waited'))
    await write("UPDATE notes SET text = 'erased'")
    const emptied = database.overwriteDeleted().then(() => order.push(`log of ${logSize()} bytes`))
    await Promise.all([slow, waiting, emptied])
    expect(order).toEqual(['long', 'waited', 'log of 0 bytes'])
  })

  it('starts with the first read, ends when idle, and starts again', async () => {
    const background = createBackground(path, 1)
    expect(threads).toHaveLength(0)
    const exited = new Promise((resolve) => process.once('worker', (worker) => worker.once('exit', resolve)))
    await background.read('SELECT 1', [])
    await exited
    expect(await background.read('SELECT text FROM notes', [])).toEqual([['first']])
    expect(threads).toHaveLength(2)
    await background.close()
  })

  it('closes with the database, which leaves one complete file', async () => {
    const snapshot = await database.openSnapshot?.()
    await write("UPDATE notes SET text = 'last'")
    const running = driver.background(long, [])
    await database.close()
    await expect(running).resolves.toEqual([[1_000_000]])
    await expect(texts()).rejects.toThrow()
    await snapshot?.close()
    expect(logSize()).toBe(0)
  })
})
