import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { saveGrandchildrenTime } from '../../scripts/processorTime.mjs'
import { findWebkit } from '../../scripts/webkit.mjs'

/** Keys of WebDriver that are no letters. */
export const keys = { tab: '\uE004', enter: '\uE007', escape: '\uE00C' } as const

/** One window of WebKit, driven through WebDriver. */
export type Webkit = {
  open(url: string): Promise<void>
  /** Calls a function of the page with these values, and waits for its promise. */
  run<Given extends unknown[], Result>(work: (...given: Given) => Result, ...given: Given): Promise<Awaited<Result>>
  /** Forgets cookies and what the page that is open has stored. */
  forget(): Promise<void>
  /** Types into the focused element, key by key. */
  type(text: string): Promise<void>
  close(): Promise<void>
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** Repeats until it succeeds, at most 20 seconds. */
async function eventually<Result>(work: () => Promise<Result>): Promise<Result> {
  const until = Date.now() + 20_000
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (Date.now() > until) throw error
      await new Promise((next) => setTimeout(next, 100))
    }
  }
}

/** A WebKit that has never been anywhere. `scripts` is false for one without JavaScript, where `run` still works. */
export async function startWebkit({ scripts = true } = {}): Promise<Webkit> {
  const found = findWebkit()
  if (!found) throw new Error('WebKit is not installed.')
  const home = mkdtempSync(join(tmpdir(), 'goodword-webkit-'))
  const running: ChildProcess[] = []
  const start = (program: string, args: string[], more: Record<string, string> = {}) => {
    const env = { ...process.env, HOME: home, XDG_RUNTIME_DIR: home, ...more }
    running.push(spawn(program, args, { stdio: 'ignore', env }))
  }
  const screen = `:${20 + (process.pid % 900)}`
  if (found.display) start(found.display, ['--unixsocket', join(home, 'http.sock'), screen])
  const port = await freePort()
  start(found.driver, [`--port=${port}`], found.display ? { GDK_BACKEND: 'broadway', BROADWAY_DISPLAY: screen } : {})

  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    const { value } = (await response.json()) as { value: unknown }
    if (!response.ok) throw new Error(`WebDriver refused ${method} ${path}: ${JSON.stringify(value)}`)
    return value
  }
  const browser = scripts ? {} : { 'webkitgtk:browserOptions': { args: ['--automation', '--enable-javascript=false'] } }
  const { sessionId } = (await eventually(() =>
    ask('POST', '/session', { capabilities: { alwaysMatch: browser } }),
  )) as { sessionId: string }
  const session = `/session/${sessionId}`
  const script = (work: string) => `const done = arguments[arguments.length - 1]
    Promise.resolve().then(() => (${work})(...arguments[0])).then((value) => done({ value }), (error) => done({ error: String(error) }))`
  const run: Webkit['run'] = async (work, ...given) => {
    const { value, error } = (await ask('POST', `${session}/execute/async`, {
      script: script(work.toString()),
      args: [given],
    })) as { value: never; error?: string }
    if (error) throw new Error(error)
    return value
  }
  return {
    run,
    async forget() {
      await run(() => localStorage.clear())
      await ask('DELETE', `${session}/cookie`)
    },
    async open(url) {
      await ask('POST', `${session}/url`, { url })
    },
    async type(text) {
      const actions = [...text].flatMap((value) => ['keyDown', 'keyUp'].map((type) => ({ type, value })))
      await ask('POST', `${session}/actions`, { actions: [{ type: 'key', id: 'keyboard', actions }] })
    },
    async close() {
      saveGrandchildrenTime()
      await ask('DELETE', session).catch(() => {})
      for (const one of running) one.kill()
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}
