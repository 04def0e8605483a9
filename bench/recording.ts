import pino from 'pino'
import { createApp } from '../api/src/app.ts'
import { readConfig } from '../api/src/config.ts'
import { databaseOn } from '../api/src/database/database.ts'
import type { Driver } from '../api/src/database/driver.ts'
import { openEmbedded } from '../api/src/database/embedded.ts'
import { servicesOn } from '../api/src/services.ts'
import type { Services } from '../api/src/shared/context.ts'
import { createIds } from '../api/src/shared/ids.ts'

type Statement = {
  sql: string
  params: unknown[]
  writes: boolean
  first: boolean
  /** It ran in the thread for long reads. */
  background?: true
}
/** The statements of one request, in order. */
export type Recorded = Statement[]

export type Recorder = {
  /** Handles a request in this process, on the real database, and records its statements. */
  record(path: string, init: RequestInit): Promise<Recorded>
  /** Runs other work and records its statements. */
  recordWork(work: (services: Services) => Promise<unknown>): Promise<Recorded>
  /** Requests a path without recording it, then moves the clock ahead by `laterMs`. */
  request(path: string, laterMs?: number): Promise<unknown>
  close(): Promise<void>
}

/** The product without sockets on a copy of the database, behind a driver that records. */
export async function createRecorder(databaseFile: string): Promise<Recorder> {
  let statements: Recorded = []
  let aheadMs = 0
  let shared = false
  const driver = recordingDriver(openEmbedded(databaseFile), (statement) => {
    const { sql } = statement
    if (sql === 'SAVEPOINT shared') shared = true
    // The replay has the queue's own statements too. What runs once before a commit is not the request's: many share it.
    if (!/^(SAVEPOINT|RELEASE)\b/.test(sql) && !shared) statements.push(statement)
    if (sql === 'RELEASE shared') shared = false
  })
  const clock = () => Date.now() + aheadMs
  const config = readConfig({ RATE_LIMITS: 'off', LOG_LEVEL: 'silent' })
  const services: Services = {
    ...(await servicesOn(config, databaseOn(driver))),
    clock,
    newId: createIds(clock),
    log: pino({ level: 'error' }, pino.destination(2)),
  }
  const app = createApp(services)
  return {
    async record(path, init) {
      statements = []
      const response = await app.request(path, init)
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
      const taken = statements
      statements = []
      return taken
    },
    async recordWork(work) {
      statements = []
      await work(services)
      const taken = statements
      statements = []
      return taken
    },
    async request(path, laterMs = 0) {
      const response = await app.request(path)
      aheadMs = laterMs
      return response.json()
    },
    close: () => services.database.close(),
  }
}

/**
 * Replays the recorded requests as bare statements, `together` of them in one durable commit. Returns the seconds
 * it took. `driver` uses a fresh copy of the database.
 */
export async function replay(driver: Driver, recorded: Recorded[], together: number): Promise<Replayed> {
  const requests = [...recorded]
  return {
    async run(count) {
      const started = performance.now()
      for (let done = 0; done < count; done += together)
        await commitTogether(driver, requests.splice(0, Math.min(together, count - done)))
      return { count, seconds: (performance.now() - started) / 1_000 }
    },
    close: () => driver.close(),
  }
}

export type Replayed = { run(count: number): Promise<{ count: number; seconds: number }>; close(): Promise<void> }

async function commitTogether(driver: Driver, requests: Recorded[]): Promise<void> {
  const transaction = await driver.begin()
  for (const request of requests) {
    await transaction.execute('SAVEPOINT job', [])
    for (const { sql, params, writes, first } of request) {
      if (writes) await transaction.execute(sql, params, first)
      else await driver.read(sql, params, first)
    }
    await transaction.execute('RELEASE job', [])
  }
  await transaction.commit()
}

export function recordingDriver(driver: Driver, hear: (statement: Statement) => void): Driver {
  return {
    ...driver,
    read(sql, params, first = false) {
      hear({ sql, params, writes: false, first })
      return driver.read(sql, params, first)
    },
    background(sql, params, first = false) {
      hear({ sql, params, writes: false, first, background: true })
      return driver.background(sql, params, first)
    },
    async begin() {
      const transaction = await driver.begin()
      return {
        ...transaction,
        execute(sql, params, first = false) {
          hear({ sql, params, writes: true, first })
          return transaction.execute(sql, params, first)
        },
      }
    },
  }
}
