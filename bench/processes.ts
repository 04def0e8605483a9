import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export type LoopHeld = { maxMs: number; p99Ms: number }

export type Running = {
  port: number
  /** Milliseconds from the start until the health check passed. */
  readyMs: number
  /** Resident memory in MB; NaN where the system does not report it. */
  memoryMb(): number
  /** Milliseconds of processor time so far, of all its threads; NaN where the system does not report it. */
  processorMs(): number
  /** From now on, how long the event loop is held is recorded. */
  watchLoop(): void
  /** The longest time the event loop was held since, and the time that 99% of its turns kept; NaN once it has ended. */
  loopHeld(): Promise<LoopHeld>
  stop(): Promise<void>
  /** Kills the process as abruptly as a power cut. */
  kill(): Promise<void>
}

/** The built server of a checkout. */
export const built = (folder: string) => join(folder, 'api/dist/goodword.js')

/** The built product on a database file, as in production; only the rate limits are off. */
export const startGoodword = (databaseFile: string, folder = at('..')): Promise<Running> =>
  startProcess(built(folder), ['start'], '/healthz', {
    DATABASE_URL: `file:${databaseFile}`,
    RATE_LIMITS: 'off',
    LOG_LEVEL: 'error',
    DEMO: 'off',
  })

/** The control of the links: bare Hono that responds to /r/:code with `pageBytes` of HTML. */
export const startBareHono = (pageBytes: number): Promise<Running> =>
  startProcess(at('./bareHono.mjs'), [String(pageBytes)], '/', {})

async function startProcess(
  script: string,
  args: string[],
  readyPath: string,
  settings: Record<string, string>,
): Promise<Running> {
  const port = await freePort()
  const started = performance.now()
  const child = spawn(process.execPath, ['--import', at('./loopProbe.mjs'), script, ...args], {
    env: { ...process.env, ...settings, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  for (let tries = 0; ; tries += 1) {
    const answered = await fetch(`http://127.0.0.1:${port}${readyPath}`).then(
      (response) => response.ok,
      () => false,
    )
    if (answered) break
    if (tries === 1_000 || child.exitCode !== null) throw new Error(`${script} did not start.`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    child.kill(signal)
    await ended
  }
  return {
    port,
    readyMs: performance.now() - started,
    memoryMb: () => residentMb(child.pid),
    processorMs: () => processorMs(child.pid),
    watchLoop: () => void (child.connected && child.send('watch')),
    loopHeld: () =>
      new Promise((resolve) => {
        const unknown = { maxMs: Number.NaN, p99Ms: Number.NaN }
        if (!child.connected) return resolve(unknown)
        void ended.then(() => resolve(unknown))
        child.once('message', (message) => resolve((message as { loop: LoopHeld }).loop))
        child.send('report')
      }),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

function residentMb(pid: number | undefined): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024
  } catch {
    return Number.NaN
  }
}

function processorMs(pid: number | undefined): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`)
    const nanoseconds = threads.map((id) =>
      Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ')[0]),
    )
    return nanoseconds.reduce((sum, one) => sum + one, 0) / 1_000_000
  } catch {
    return Number.NaN
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
