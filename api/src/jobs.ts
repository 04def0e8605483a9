import { createStatistics } from './database/statistics.ts'
import { modules } from './modules.ts'
import type { Queue } from './queue/worker.ts'
import type { Services } from './shared/context.ts'
import { pruneIdempotencyAnswers } from './shared/idempotency.ts'
import type { Job, Module } from './shared/module.ts'

export type Jobs = {
  /** Sends new messages now instead of at the next poll. */
  nudge(): void
  /** Resolves when running work has finished. Call it before closing the database. */
  stop(): Promise<void>
}

const second = 1_000
const hour = 3_600_000
/** The pause between two batches. Requests made during the pause are handled by the next batch. */
const batchPauseMs = 40

const allQueues = () => modules.flatMap((module) => module.queues ?? [])

/**
 * Starts everything that runs on a timer or retries. Each job has a loop of its own, so a slow mail server delays
 * nothing else.
 */
export function startJobs(services: Services, queues: Queue[] = allQueues()): Jobs {
  const working = queues.map((queue) => {
    const worker = queue.openWorker(services)
    return { queue, worker, loop: keepDoing(services, { name: queue.name, everyMs: second, run: worker.run }) }
  })
  const timed = timedJobs(services).map((job) => keepDoing(services, job))
  return {
    nudge() {
      for (const { queue, loop } of working) if (queue.prompt) loop.now()
    },
    async stop() {
      await Promise.all([...working.map(({ loop }) => loop), ...timed].map((loop) => loop.stop()))
      for (const { worker } of working) worker.close()
    },
  }
}

/** Everything that runs on a timer, except the queues. */
export const timedJobs = (services: Services): Job[] => [
  ...modules.flatMap((module) => module.jobs?.(services) ?? []),
  ...modules.flatMap((module) => flushJob(services, module)),
  { name: 'statistics', everyMs: hour, run: createStatistics(services.database) },
  { name: 'answers', everyMs: hour, run: () => pruneIdempotencyAnswers(services) },
]

function flushJob(services: Services, { name, flush, flushEveryMs = second }: Module): Job[] {
  if (!flush) return []
  return [{ name: `${name} flush`, everyMs: flushEveryMs, run: () => flushWhole(services, flush).then(() => 0) }]
}

async function flushWhole(services: Services, flush: NonNullable<Module['flush']>): Promise<void> {
  while ((await flush(services)) > 0);
}

/** Writes everything buffered in memory. Called at shutdown, when nothing adds to the buffers anymore. */
export async function flushAll(services: Services): Promise<void> {
  for (const { flush } of modules) if (flush) await flushWhole(services, flush)
}

/**
 * Repeats a job: right away while there is more to do, otherwise after its interval. Failures are logged and retried.
 */
function keepDoing(services: Services, job: Job) {
  let stopped = false
  let asked = false
  let breathing = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | null = null

  const later = (more: boolean) => {
    breathing = more
    timer = setTimeout(start, more ? batchPauseMs : job.everyMs)
  }
  const run = async () => {
    asked = false
    const done = await job.run().catch((error: unknown) => {
      services.log.error({ job: job.name, err: error }, 'job failed; it will be retried')
      return 0
    })
    running = null
    if (!stopped) later(done > 0 || asked)
  }
  function start() {
    breathing = false
    running = run()
  }
  later(true)
  return {
    now() {
      asked = true
      if (stopped || running || breathing) return
      clearTimeout(timer)
      start()
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
