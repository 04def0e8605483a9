import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SettingError } from '../shared/settingError.ts'
import type { Driver } from './driver.ts'
import { openEmbedded } from './embedded.ts'

describe('the embedded file', () => {
  let folder: string
  let driver: Driver
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'goodword-file-'))
    driver = openEmbedded(join(folder, 'deep', 'goodword.db'))
  })
  afterEach(async () => {
    await driver.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const promised = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1, recursive_triggers: 1 }
  const pragmas = async (ask: (sql: string, params: unknown[]) => Promise<unknown[][]>) =>
    Object.fromEntries(
      await Promise.all(Object.keys(promised).map(async (name) => [name, (await ask(`PRAGMA ${name}`, []))[0]?.[0]])),
    )

  it('survives a power cut and enforces foreign keys, on the writing and the reading connection', async () => {
    // synchronous 2 is FULL.
    expect(await pragmas(driver.read)).toEqual(promised)
    const transaction = await driver.begin()
    expect(await pragmas(transaction.execute)).toEqual(promised)
    await transaction.rollback()
  })

  it('cannot write with the reading connection', async () => {
    await expect(driver.read('CREATE TABLE sneaked (id INTEGER)', [])).rejects.toThrow(/readonly|read-only|query_only/i)
  })

  it('keeps its log, and what is committed, when another process looks into the file and leaves', async () => {
    const path = join(folder, 'deep', 'goodword.db')
    const run = async (statement: string) => {
      const transaction = await driver.begin()
      await transaction.execute(statement, [])
      await transaction.commit()
    }
    const look = async () => {
      const script = `
        const Libsql = require('libsql')
        const file = new Libsql(process.argv[1])
        console.log(file.prepare('SELECT count(*) FROM notes').raw().get())
        file.close()`
      const { stdout } = await promisify(execFile)(process.execPath, ['-e', script, path])
      return stdout.trim()
    }
    await run('CREATE TABLE notes (id INTEGER PRIMARY KEY)')
    // A file that exists already, as at every start but the first.
    await driver.close()
    driver = openEmbedded(path)
    await run('INSERT INTO notes VALUES (1)')
    expect(await look()).toBe('[ 1 ]')
    expect(existsSync(`${path}-wal`)).toBe(true)
    await run('INSERT INTO notes VALUES (2)')
    expect(await driver.background('SELECT count(*) FROM notes', [])).toEqual([[2]])
    expect(await look()).toBe('[ 2 ]')
  })

  it('returns the first row for its own values after all rows were read for other values', async () => {
    const one = await driver.begin()
    await one.execute('CREATE TABLE letters (id TEXT PRIMARY KEY)', [])
    for (const id of ['a', 'b']) await one.execute('INSERT INTO letters (id) VALUES (?)', [id])
    await one.commit()
    const query = 'SELECT id FROM letters WHERE id = ?'
    expect(await driver.read(query, ['a'])).toEqual([['a']])
    expect(await driver.read(query, ['b'], true)).toEqual([['b']])
    expect(await driver.read(query, ['a'])).toEqual([['a']])
  })

  it('reads the first of many rows, leaves no statement open, and completes every write', async () => {
    const one = await driver.begin()
    await one.execute('CREATE TABLE notes (id INTEGER PRIMARY KEY, about INTEGER REFERENCES notes (id))', [])
    await one.execute('INSERT INTO notes (id) VALUES (1), (2), (3)', [])
    await one.commit()
    expect(await driver.read('SELECT id FROM notes ORDER BY id', [], true)).toEqual([[1]])
    expect(await driver.read('SELECT id FROM notes WHERE id > 3', [], true)).toEqual([])
    const two = await driver.begin()
    expect(await two.execute('SELECT id FROM notes ORDER BY id DESC', [], true)).toEqual([[3]])
    await two.execute('UPDATE notes SET id = id + 10 RETURNING id', [], true)
    await expect(two.execute('UPDATE notes SET about = 99 RETURNING id', [], true)).rejects.toThrow(/FOREIGN KEY/)
    await two.commit()
    // An unfinished statement would keep showing old data, and keep the log from being emptied.
    expect(await driver.read('SELECT id FROM notes ORDER BY id', [])).toEqual([[11], [12], [13]])
    await driver.truncateLog()
    expect(statSync(join(folder, 'deep', 'goodword.db-wal')).size).toBe(0)
  })

  it('returns integers exactly up to 2^53, and throws beyond instead of rounding', async () => {
    const ask = (value: string) => driver.read(`SELECT ${value}`, [])
    expect(await ask('9007199254740991')).toEqual([[Number.MAX_SAFE_INTEGER]])
    const [[beyond] = []] = await ask('9007199254740993').catch(() => [['refused']])
    expect(beyond === 'refused' || typeof beyond === 'bigint' || !Number.isSafeInteger(beyond)).toBe(true)
  })

  it('reports an unusable folder in one sentence', () => {
    const within = join(folder, 'deep', 'goodword.db', 'goodword.db')
    expect(() => openEmbedded(within)).toThrow(SettingError)
    expect(() => openEmbedded(within)).toThrow(/DATABASE_URL/)
  })
})
