import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Driver } from './driver.ts'
import { openEmbedded } from './embedded.ts'
import { createWriteQueue } from './writeQueue.ts'

/** The embedded driver with call counts and a COMMIT that can be made to fail. */
function watched(driver: Driver) {
  const seen = { begins: 0, commits: 0, open: 0, mostOpen: 0, refuseCommit: false }
  const watching: Driver = {
    ...driver,
    async begin() {
      seen.begins += 1
      seen.open += 1
      seen.mostOpen = Math.max(seen.mostOpen, seen.open)
      const transaction = await driver.begin()
      return {
        execute: transaction.execute,
        async commit() {
          if (seen.refuseCommit) throw new Error('disk full')
          await transaction.commit()
          seen.commits += 1
          seen.open -= 1
        },
        async rollback() {
          await transaction.rollback()
          seen.open -= 1
        },
      }
    },
  }
  return { seen, watching }
}

describe('the write queue', () => {
  let folder: string
  let path: string
  let driver: Driver
  let seen: ReturnType<typeof watched>['seen']
  let queue: ReturnType<typeof createWriteQueue>

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'goodword-queue-'))
    path = join(folder, 'queue.db')
    driver = openEmbedded(path)
    const both = watched(driver)
    seen = both.seen
    queue = createWriteQueue(both.watching)
    await queue.write(async () => queue.execute('CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)', []))
    seen.commits = 0
    seen.begins = 0
  })
  afterEach(async () => {
    await queue.close()
    await driver.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const note = (id: number, text = `note ${id}`) => queue.execute('INSERT INTO notes VALUES (?, ?)', [id, text])
  const kept = async () => (await driver.read('SELECT id FROM notes ORDER BY id', [])).map(([id]) => Number(id))
  /** Reads as another process would: only committed data. */
  const keptInFile = () => {
    const other = new Libsql(path)
    const rows = other.prepare('SELECT count(*) AS n FROM notes').get() as { n: number }
    other.close()
    return rows.n
  }

  it('rejects only the writes that throw, and the others are durable when they resolve', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 200 }, (_, id) =>
        queue
          .write(async () => {
            await note(id)
            // Every fifth fails: 40 of 200, some of them after their first statement.
            if (id % 5 === 0) throw new Error(`refused ${id}`)
            return id
          })
          .then((value) => ({ value, inFile: keptInFile() })),
      ),
    )
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason.message)] : []))
    expect(refused).toEqual(Array.from({ length: 40 }, (_, n) => `refused ${n * 5}`))
    const answered = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    expect(answered.map(({ value }) => value)).toEqual(await kept())
    // 160 were written. When the first resolves, its whole commit is in the file.
    expect(answered).toHaveLength(160)
    expect(Math.min(...answered.map(({ inFile }) => inFile))).toBeGreaterThan(40)
  })

  it('has one transaction open at a time, and shares a commit among queued writes', async () => {
    await Promise.all(Array.from({ length: 200 }, (_, id) => queue.write(() => note(id))))
    expect(seen.mostOpen).toBe(1)
    // 200 writes at 64 a commit: 64 + 64 + 64 + 8.
    expect(seen.commits).toBe(Math.ceil(200 / driver.transactionsTogether))
    expect(await kept()).toHaveLength(200)
  })

  it('lets writes that arrive in consecutive turns share a commit, up to the limit', async () => {
    /** Issues one write per turn of the event loop, as sockets would, until `enough`. */
    const arrive = (from: number, enough: (count: number) => boolean) =>
      new Promise<Promise<unknown>[]>((resolve) => {
        const writes: Promise<unknown>[] = []
        const turn = () => {
          if (enough(writes.length)) return resolve(writes)
          setImmediate(turn)
          const id = from + writes.length
          writes.push(queue.write(() => note(id)).then(() => (answered += 1)))
        }
        turn()
      })
    let answered = 0
    await Promise.all(await arrive(0, (count) => count === 5))
    expect(seen.commits).toBe(1)
    // The writes never stop coming; the first ones resolve as soon as a commit is full.
    answered = 0
    const stream = await arrive(100, () => answered > 0)
    expect(stream.length).toBeLessThan(2 * driver.transactionsTogether)
    await Promise.all(stream)
    expect(await kept()).toHaveLength(5 + stream.length)
  })

  it('resolves nothing before COMMIT', async () => {
    const order: string[] = []
    const first = queue.write(async () => {
      await note(1)
      order.push('first wrote')
    })
    const second = queue.write(async () => {
      await note(2)
      order.push(`second wrote, ${seen.commits} commits`)
    })
    await Promise.all([
      first.then(() => order.push('first answered')),
      second.then(() => order.push('second answered')),
    ])
    expect(order).toEqual(['first wrote', 'second wrote, 0 commits', 'first answered', 'second answered'])
    expect(seen.commits).toBe(1)
  })

  it('shows a job the writes of the jobs before it, and shows readers nothing before COMMIT', async () => {
    const [, within, outside] = await Promise.all([
      queue.write(() => note(1)),
      queue.write(() => queue.execute('SELECT id FROM notes', [])),
      queue.write(async () => driver.read('SELECT id FROM notes', [])),
    ])
    expect(within).toEqual([[1]])
    expect(outside).toEqual([])
  })

  it.each([1, 3])('leaves no trace of a job that throws, with %i jobs in the commit', async (together) => {
    const others = Array.from({ length: together - 1 }, (_, n) => queue.write(() => note(10 + n)))
    const refused = queue.write(async () => {
      await note(1)
      await queue.execute("UPDATE notes SET text = 'mine'", [])
      throw new Error('changed my mind')
    })
    await expect(refused).rejects.toThrow('changed my mind')
    await Promise.all(others)
    expect(await driver.read("SELECT id FROM notes WHERE id = 1 OR text = 'mine'", [])).toEqual([])
    expect(await kept()).toHaveLength(together - 1)
  })

  it.each([1, 3])(
    'undoes a job whose statement fails, and lets one that catches the error continue, with %i jobs in the commit',
    async (n) => {
      await queue.write(() => note(1))
      const others = Array.from({ length: n - 1 }, (_, nth) => queue.write(() => note(10 + nth)))
      const failed = queue.write(async () => {
        await note(2)
        await note(1)
      })
      await expect(failed).rejects.toThrow(/UNIQUE/)
      await Promise.all(others)
      await queue.write(async () => {
        await note(3)
        await note(1).catch(() => undefined)
        await note(4)
      })
      expect(await kept()).toEqual([1, 3, 4, ...others.map((_, nth) => 10 + nth)])
    },
  )

  it('rejects every write whose commit failed, and accepts new writes afterwards', async () => {
    seen.refuseCommit = true
    const results = await Promise.allSettled(Array.from({ length: 10 }, (_, id) => queue.write(() => note(id))))
    expect(results.map((result) => result.status)).toEqual(Array(10).fill('rejected'))
    expect(await kept()).toEqual([])
    seen.refuseCommit = false
    await queue.write(() => note(1))
    expect(await kept()).toEqual([1])
  })

  it('finishes queued writes before it closes, and accepts none after that', async () => {
    const writes = Array.from({ length: 100 }, (_, id) => queue.write(() => note(id)))
    await queue.close()
    await Promise.all(writes)
    expect(keptInFile()).toBe(100)
    await expect(queue.write(() => note(101))).rejects.toThrow('closed')
  })

  it('rejects a write outside a transaction', () => {
    expect(() => queue.execute('DELETE FROM notes', [])).toThrow('outside of a transaction')
  })

  it('runs shared work once before the commit, with what each job handed in', async () => {
    const share = (id: number) =>
      queue.write(async () => {
        await note(id)
        queue.beforeCommit('sum', id, {
          work: async (ids) => void (await note(ids.reduce((sum: number, one) => sum + Number(one), 0))),
          failed: () => undefined,
        })
      })
    await Promise.all([share(1), share(2)])
    expect([await kept(), seen.commits]).toEqual([[1, 2, 3], 1])
    await queue.write(() => note(4))
    expect(await kept()).toEqual([1, 2, 3, 4])
  })

  it('undoes shared work that fails, and keeps the jobs', async () => {
    const failures: unknown[] = []
    await queue.write(async () => {
      await note(1)
      queue.beforeCommit('sum', null, {
        async work() {
          await note(2)
          throw new Error('no sum')
        },
        failed: (error) => failures.push(error),
      })
    })
    expect([await kept(), failures]).toEqual([[1], [new Error('no sum')]])
  })
})
