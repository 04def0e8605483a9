import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Rows, Snapshot } from './driver.ts'

/** Reads the embedded file in a worker thread, so that the event loop is free while a statement runs. */
export type Background = {
  /** Reads committed data. Rejects if the thread ends meanwhile; the next read starts another. */
  read(sql: string, params: unknown[]): Promise<Rows>
  openSnapshot(): Promise<Snapshot>
  /** Runs `work` while no statement runs there: the running one ends first, the waiting ones come after. */
  between(work: () => Promise<void>): Promise<void>
  /** Waits for the running statement. */
  close(): Promise<void>
}

type Task = 'read' | 'openSnapshot' | 'closeSnapshot' | 'end'
type Message = { task: Task; id?: number; sql?: string; params?: unknown[] }
type Reply = { rows: Rows } | { error: { message: string; code?: string } }
type Thread = { ask(message: Message): Promise<Rows>; alive(): boolean; end(): Promise<void> }

const usualIdleMs = 2 * 60_000

/** One statement must not need more memory than this; the thread ends otherwise, and nothing else. */
const memory = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 8 }

/** The thread starts with the first read and ends when it had nothing to do for `idleMs`. */
export function createBackground(path: string, idleMs = usualIdleMs): Background {
  let thread: Thread | null = null
  let idle: NodeJS.Timeout | undefined
  let snapshots = 0
  let made = 0
  let closed = false
  let last: Promise<unknown> = Promise.resolve()

  /** One after the other, in the order of the calls. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (closed) return Promise.reject(new Error('The database is closed.'))
    const result = last.then(() => {
      clearTimeout(idle)
      return work()
    })
    last = result.then(endWhenIdle, endWhenIdle)
    return result
  }

  function endWhenIdle() {
    clearTimeout(idle)
    if (snapshots > 0 || !thread?.alive()) return
    idle = setTimeout(() => void inTurn(endThread), idleMs)
    idle.unref()
  }

  function running(): Thread {
    if (!thread?.alive()) thread = startThread(path)
    return thread
  }

  async function endThread() {
    const ending = thread
    thread = null
    await ending?.end()
  }

  return {
    read: (sql, params) => inTurn(() => running().ask({ task: 'read', id: 0, sql, params })),
    openSnapshot: () =>
      inTurn(async () => {
        const mine = running()
        made += 1
        const id = made
        await mine.ask({ task: 'openSnapshot', id })
        snapshots += 1
        let open = true
        return {
          read: (sql, params) =>
            inTurn(async () => {
              if (!open || !mine.alive()) throw new Error('The snapshot is closed.')
              return mine.ask({ task: 'read', id, sql, params })
            }),
          async close() {
            if (!open) return
            open = false
            snapshots -= 1
            if (closed) return
            await inTurn(async () => {
              if (mine.alive()) await mine.ask({ task: 'closeSnapshot', id })
            })
          },
        }
      }),
    between: (work) => (closed ? Promise.resolve() : inTurn(work)),
    async close() {
      closed = true
      await last
      clearTimeout(idle)
      await endThread()
    },
  }
}

/** Takes one message at a time. */
function startThread(path: string): Thread {
  const worker = new Worker(workerFile(), { workerData: { path }, resourceLimits: memory })
  let waiting: { resolve: (rows: Rows) => void; reject: (error: Error) => void } | null = null
  let alive = true
  let failure = new Error('The thread that reads in the background ended.')

  function settle(how: (asked: NonNullable<typeof waiting>) => void) {
    const asked = waiting
    waiting = null
    // An idle thread doesn't keep the process running.
    worker.unref()
    if (asked) how(asked)
  }
  worker.on('message', (reply: Reply) =>
    settle(({ resolve, reject }) => {
      if ('rows' in reply) resolve(reply.rows)
      else reject(Object.assign(new Error(reply.error.message), { code: reply.error.code }))
    }),
  )
  worker.on('error', (error) => {
    failure = error
  })
  const ended = new Promise<void>((resolve) =>
    worker.once('exit', () => {
      alive = false
      settle(({ reject }) => reject(failure))
      resolve()
    }),
  )
  const ask = (message: Message) =>
    new Promise<Rows>((resolve, reject) => {
      waiting = { resolve, reject }
      worker.ref()
      worker.postMessage(message)
    })
  return {
    ask,
    alive: () => alive,
    async end() {
      if (!alive) return
      await ask({ task: 'end' }).catch(() => undefined)
      worker.ref()
      await ended
    },
  }
}

/** Beside this file in the source; in the bundle, an entry of its own. */
function workerFile(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  const files = [here, dirname(here)].map((folder) => join(folder, 'background.worker.js'))
  const found = files.find((file) => existsSync(file))
  if (!found) throw new Error('The file of the background thread is missing.')
  return found
}
