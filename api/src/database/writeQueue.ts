import type { Driver, WriteTransaction } from './driver.ts'

/** Work for all jobs that share a commit, with what each of them handed in. */
export type SharedWork<T> = { work: (handedIn: T[]) => Promise<void>; failed: (error: unknown) => void }
type Shared = SharedWork<unknown> & { handedIn: unknown[] }
type Job = { work: () => Promise<unknown>; resolve: (value: unknown) => void; reject: (reason: unknown) => void }

/**
 * Runs every write of the process, one transaction after the other. Writes queued during one commit share the next:
 * each job has its own savepoint, a job that throws is rolled back alone, and nothing resolves before COMMIT. A job
 * must await nothing but the database. `transactionEnded` is called before anyone learns the result.
 */
export function createWriteQueue(driver: Driver, transactionEnded: () => void = () => {}) {
  let waiting: Job[] = []
  const pauses: (() => Promise<void>)[] = []
  let open: WriteTransaction | null = null
  let current: Job | null = null
  let shared = new Map<unknown, Shared>()
  let running: Promise<void> | null = null
  let closed = false

  async function runJobs() {
    while (waiting.length > 0 || pauses.length > 0) {
      await waitForMore()
      if (waiting.length > 0) await runTogether(waiting.splice(0, driver.transactionsTogether))
      for (const pause of pauses.splice(0)) await pause()
    }
    running = null
  }

  /**
   * Lets requests that arrive together commit together: keeps waiting as long as every turn of the event loop brings
   * another write. A single write waits for one turn.
   */
  async function waitForMore() {
    let before = -1
    while (waiting.length > before && waiting.length < driver.transactionsTogether) {
      before = waiting.length
      await new Promise(setImmediate)
    }
  }

  async function runTogether(jobs: Job[]) {
    const done: (() => void)[] = []
    try {
      open = await driver.begin()
      for (const job of jobs) {
        current = job
        done.push(jobs.length === 1 ? await runAlone(job) : await runInSavepoint(open, job))
      }
      current = null
      for (const work of shared.values()) await runShared(open, work)
      await open.commit()
    } catch (error) {
      await open?.rollback().catch(() => undefined)
      for (const job of jobs) job.reject(error)
      return
    } finally {
      open = null
      current = null
      shared = new Map()
      transactionEnded()
    }
    for (const result of done) result()
  }

  return {
    /**
     * Runs `work` in a write transaction and resolves after COMMIT. If `work` throws, rejects with its error and writes
     * nothing.
     */
    write<T>(work: () => Promise<T>): Promise<T> {
      if (closed) return Promise.reject(new Error('The database is closed.'))
      return new Promise<T>((resolve, reject) => {
        waiting.push({ work, resolve: resolve as (value: unknown) => void, reject })
        running ??= runJobs()
      })
    },
    /** Runs `work` between transactions. Never rejects, because it is maintenance and not a write. */
    between(work: () => Promise<void>): Promise<void> {
      if (closed) return Promise.resolve()
      return new Promise((resolve) => {
        pauses.push(() =>
          work()
            .catch(() => undefined)
            .then(resolve),
        )
        running ??= runJobs()
      })
    },
    /** Executes within the running transaction; used by the query builder passed to `work`. */
    execute(sql: string, params: unknown[], first?: boolean) {
      if (!open) throw new Error('A write was attempted outside of a transaction.')
      return open.execute(sql, params, first)
    },
    /**
     * Runs the work given first for a key once before the commit of the running transaction, after every job that shares
     * it, with what was handed in. If it fails, it is undone and `failed` is told, but the jobs stand.
     */
    beforeCommit(key: unknown, handedIn: unknown, work: SharedWork<unknown>): void {
      if (!open) throw new Error('There is no transaction to run this in.')
      const known = shared.get(key)
      if (known) known.handedIn.push(handedIn)
      else shared.set(key, { handedIn: [handedIn], ...work })
    },
    /** Identifies the running transaction; null between two. */
    current: (): object | null => current,
    async close() {
      closed = true
      while (running) await running
      waiting = []
    },
  }
}

/** A single job needs no savepoint: if it fails, the transaction fails. */
async function runAlone(job: Job) {
  const value = await job.work()
  return () => job.resolve(value)
}

async function runInSavepoint(transaction: WriteTransaction, job: Job) {
  await transaction.execute('SAVEPOINT job', [])
  try {
    const value = await job.work()
    await transaction.execute('RELEASE job', [])
    return () => job.resolve(value)
  } catch (error) {
    await transaction.execute('ROLLBACK TO job', [])
    await transaction.execute('RELEASE job', [])
    return () => job.reject(error)
  }
}

async function runShared(transaction: WriteTransaction, { work, failed, handedIn }: Shared) {
  await transaction.execute('SAVEPOINT shared', [])
  try {
    await work(handedIn)
  } catch (error) {
    await transaction.execute('ROLLBACK TO shared', [])
    failed(error)
  }
  await transaction.execute('RELEASE shared', [])
}
