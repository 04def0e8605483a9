import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Queries } from '../database/queries.ts'
import type { Services } from '../shared/context.ts'
import { delayAfter, isExhausted } from './backOff.ts'
import { claimDue, isAnyDue, type Lease, leaveQueue, scheduleRetry } from './claiming.ts'
import type { Claimed, Ended, Handler, Outcome, QueueKind } from './kind.ts'

/** Works on one kind in one process. */
export type Worker = {
  /** Attempts one batch of due rows. Returns how many it claimed. */
  run(): Promise<number>
  close(): void
}

/** A queue kind with the type of its work hidden. */
export type Queue = { name: string; prompt: boolean; openWorker(services: Services): Worker }

/** The worker for one kind: claims, attempts and settles. Several processes may run one at once. */
export function defineQueue<Work, Result>(kind: QueueKind<Work, Result>): Queue {
  return {
    name: kind.name,
    prompt: kind.prompt ?? false,
    openWorker: (services) => openWorker(services, kind),
  }
}

type Attempt<Work, Result> = { row: Claimed; work: Work; lease: Lease; outcome: Outcome<Result> }

function openWorker<Work, Result>(services: Services, kind: QueueKind<Work, Result>): Worker {
  const { database, clock, log } = services
  const holder = `${hostname()} ${process.pid} ${randomUUID().slice(0, 8)}`
  const handler = kind.open(services)
  const settle = createSettling(services, kind, handler)

  async function claim(now: number) {
    const lease: Lease = { holder, until: now + kind.leaseMs }
    return database.write(async (tx) => {
      const rows = await claimDue(tx, { kind: kind.name, now, ...handler.limits }, lease)
      if (rows.length === 0) return { rows, lease, works: new Map<Claimed, Work>() }
      const works = await handler.prepare(tx, rows)
      const dropped = rows.filter((row) => !works.has(row)).map(({ subjectId }) => subjectId)
      await leaveQueue(tx, kind.name, dropped, lease)
      return { rows, lease, works }
    })
  }

  async function attempt(work: Work, row: Claimed): Promise<Outcome<Result>> {
    if (isExhausted(kind, row.attempts)) {
      return { went: 'failed', result: null, error: 'The server stopped at each attempt.' }
    }
    try {
      const outcome = await handler.attempt(work, row)
      if (outcome.went !== 'done') warn(row)
      return outcome
    } catch (err) {
      warn(row, err)
      return { went: 'again', result: null, error: 'Something broke on our side.' }
    }
  }

  /** The receiver's response may name a person, so it is stored in the row and never logged. */
  function warn({ subjectId, attempts }: Claimed, err?: unknown) {
    log.warn({ queue: kind.name, subjectId, attempts, ...(err === undefined ? {} : { err }) }, 'queue attempt failed')
  }

  return {
    async run() {
      const now = clock()
      if (!(await isAnyDue(database.read, { kind: kind.name, now }))) return 0
      const { rows, lease, works } = await claim(now)
      const settling: Promise<void>[] = []
      const failures: unknown[] = []
      const left = works.entries()
      // What was attempted is settled while the next ones are, in the same commit.
      const attemptEach = async () => {
        for (const [row, work] of left) {
          const outcome = await attempt(work, row)
          settling.push(settle({ row, work, lease, outcome }).catch((error: unknown) => void failures.push(error)))
        }
      }
      await Promise.all(Array.from({ length: handler.limits.atOnce ?? works.size }, attemptEach))
      await Promise.all(settling)
      if (failures.length > 0) throw failures[0]
      return rows.length
    },
    close: () => handler.close?.(),
  }
}

/** Writes how attempts ended. Results that arrive while a write waits for its turn are included in it. */
function createSettling<Work, Result>(
  { database, clock }: Services,
  kind: QueueKind<Work, Result>,
  handler: Handler<Work, Result>,
) {
  let waiting: Attempt<Work, Result>[] = []
  let writing: Promise<void> | null = null
  const settleAll = async (tx: Queries) => {
    const attempts = waiting
    waiting = []
    writing = null
    const ended = await settleRows(tx, kind, attempts, clock())
    if (ended.length > 0) await handler.settle(tx, ended)
  }
  return (attempt: Attempt<Work, Result>): Promise<void> => {
    waiting.push(attempt)
    writing ??= database.write(settleAll)
    return writing
  }
}

/** Only the holder of the lease may report a result. Results of other rows are left out of the answer. */
async function settleRows<Work, Result>(
  tx: Queries,
  kind: QueueKind<Work, Result>,
  attempts: Attempt<Work, Result>[],
  now: number,
): Promise<Ended<Work, Result>[]> {
  const ended: Ended<Work, Result>[] = []
  const leaving = new Map<Lease, Ended<Work, Result>[]>()
  for (const { row, work, lease, outcome } of attempts) {
    const { went, result, error = null, atLeastMs } = outcome
    const wait = went === 'again' ? delayAfter(kind, { attempts: row.attempts, atLeastMs }, Math.random()) : null
    const is = { row, work, result, error }
    if (wait === null) {
      const became = went === 'done' ? 'done' : 'parked'
      leaving.set(lease, [...(leaving.get(lease) ?? []), { ...is, became }])
    } else if (await scheduleRetry(tx, kind.name, row.subjectId, { ...lease, dueAt: now + wait, error })) {
      ended.push({ ...is, became: 'waits' })
    }
  }
  for (const [lease, rows] of leaving) {
    const ids = rows.map(({ row }) => row.subjectId)
    const left = new Set(await leaveQueue(tx, kind.name, ids, lease))
    ended.push(...rows.filter(({ row }) => left.has(row.subjectId)))
  }
  return ended
}
