import type { Driver, WriteTransaction } from './driver.ts'

type Job = { work: () => Promise<unknown>; resolve: (value: unknown) => void; reject: (reason: unknown) => void }

/**
 * Every write of the process, one transaction after the other. What queued up while one commit ran shares the next:
 * each job has its own savepoint, a job that throws is rolled back alone, and nobody is answered before COMMIT.
 * A job must await nothing but the database.
 */
export function createWriteQueue(driver: Driver) {
  let waiting: Job[] = []
  const pauses: (() => Promise<void>)[] = []
  let open: WriteTransaction | null = null
  let current: Job | null = null
  let running: Promise<void> | null = null
  let closed = false

  async function runJobs() {
    while (waiting.length > 0 || pauses.length > 0) {
      await gathered()
      if (waiting.length > 0) await runTogether(waiting.splice(0, driver.transactionsTogether))
      for (const pause of pauses.splice(0)) await pause()
    }
    running = null
  }

  /**
   * Requests that are read from their sockets together commit together: turns of the event loop pass as long as each
   * brings another write. A single one waits for one turn.
   */
  async function gathered() {
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
        done.push(jobs.length === 1 ? await alone(job) : await inSavepoint(open, job))
      }
      await open.commit()
    } catch (error) {
      await open?.rollback().catch(() => undefined)
      for (const job of jobs) job.reject(error)
      return
    } finally {
      open = null
      current = null
    }
    for (const answer of done) answer()
  }

  return {
    /** Runs `work` in a write transaction and resolves after COMMIT. Rejects with what `work` threw; then nothing was written. */
    write<T>(work: () => Promise<T>): Promise<T> {
      if (closed) return Promise.reject(new Error('The database is closed.'))
      return new Promise<T>((resolve, reject) => {
        waiting.push({ work, resolve: resolve as (value: unknown) => void, reject })
        running ??= runJobs()
      })
    },
    /** Runs `work` after what is being written now, while no transaction is open. Never rejects: it is a chore, not a write. */
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
    /** Executes within the transaction that is running; used by the query builder handed to `work`. */
    execute(sql: string, params: unknown[], first?: boolean) {
      if (!open) throw new Error('A write was attempted outside of a transaction.')
      return open.execute(sql, params, first)
    },
    /** What stands for the transaction that is running, and for no other; null between two. */
    current: (): object | null => current,
    async close() {
      closed = true
      while (running) await running
      waiting = []
    },
  }
}

/** A lone job needs no savepoint: its failure fails the transaction. */
async function alone(job: Job) {
  const value = await job.work()
  return () => job.resolve(value)
}

async function inSavepoint(transaction: WriteTransaction, job: Job) {
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
