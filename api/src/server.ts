import type { RequestListener } from 'node:http'
import { dirname, join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { createListener, type Extras } from './app.ts'
import { serveCommands } from './cli/commandServer.ts'
import type { Config } from './config.ts'
import { databasePath } from './database/databasePath.ts'
import { type Ownership, ownDatabase } from './database/ownership.ts'
import { type DemoLink, demoLinks, demoPage, findDemo, listenForDemo } from './demo.ts'
import { flushAll, startJobs } from './jobs.ts'
import { isEmpty, seedDemo } from './seed/seed.ts'
import { openServices } from './services.ts'
import type { Services } from './shared/context.ts'
import { toProblem } from './shared/errors.ts'
import { listen } from './shared/listen.ts'
import { loadStaticFiles, type StaticFiles } from './shared/staticFiles.ts'
import { keepWidgetBuilds } from './shared/widgetBuilds.ts'

const graceMs = 5_000

export type RunningServer = {
  /** The address people open. */
  url: string
  services: Services
  /** The links to open first. Empty in a real installation and when messages go out by email. */
  demo: DemoLink[]
  /** Stops accepting requests, gives open ones 5 seconds to finish, closes the database and releases its file. */
  stop(): Promise<void>
}

type OnStop = (end: () => unknown) => void

/** Starts the database, jobs, API, pages and, for a demo, the business's website. Throws SettingError. */
export async function startServer(config: Config, files = loadStaticFiles()): Promise<RunningServer> {
  const begun: (() => unknown)[] = []
  const stop = async () => {
    for (const end of begun.splice(0).reverse()) await end()
  }
  try {
    return { ...(await start(config, files, (end) => begun.push(end))), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function start(given: Config, files: StaticFiles, onStop: OnStop): Promise<Omit<RunningServer, 'stop'>> {
  const ownership = ownDatabase(given.databaseUrl)
  onStop(() => ownership?.release())
  const opened = await openServices(given)
  onStop(opened.close)
  onStop(() => flushAll(opened.services))

  let handle: RequestListener = getRequestListener(respondNotReady)
  const address = { host: given.host, port: given.port, portSetting: 'PORT' }
  const front = await listen(address, (incoming, outgoing) => handle(incoming, outgoing))
  onStop(() => front.stop(graceMs))

  const services = { ...opened.services, config: withPort(given, front.port) }
  warnOfPlainHttp(services)
  const demo = await startDemo(services, onStop)
  const jobs = startJobs(services)
  onStop(jobs.stop)
  const path = databasePath(given.databaseUrl)
  const widgetBuilds = keepWidgetBuilds(files.widget, path === null ? null : join(dirname(path), 'widget'))
  const extras: Extras = { files, widgetBuilds, afterWrite: jobs.nudge }
  if (ownership) extras.runCommand = serveCommands(services, announce(ownership, given.host, front.port))
  handle = createListener(services, extras)
  return { url: services.config.publicUrl, services, demo }
}

/** Seeds an empty database, serves the demo's website on its own port, and returns the links to open first. */
async function startDemo(services: Services, onStop: OnStop): Promise<DemoLink[]> {
  const { config } = services
  if (!config.demo) return []
  const fresh = await isEmpty(services)
  if (!fresh && !(await findDemo(services))) return []
  let page: string | null = null
  const site = await listenForDemo(config.demoPort, () => page)
  onStop(() => site.stop(0))
  const settled = { ...services, config: { ...config, demoPort: site.port } }
  if (fresh) await seedDemo(settled)
  const demo = await findDemo(settled)
  if (!demo) return []
  page = await demoPage(settled, demo)
  return config.smtpUrl ? [] : demoLinks(settled, demo)
}

/** With port 0 the system picks a free port, so the public address has to follow it. */
function withPort(config: Config, port: number): Config {
  const followed = `http://localhost:${config.port}`
  return { ...config, port, publicUrl: config.publicUrl === followed ? `http://localhost:${port}` : config.publicUrl }
}

/**
 * Other processes on this computer send commands to the loopback address, or to the one address the server listens on.
 */
function announce(ownership: Ownership, host: string, port: number): string {
  const everywhere = host === '0.0.0.0' || host === '::'
  const reachable = everywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host
  return ownership.announce(`http://${reachable}:${port}`).secret
}

function warnOfPlainHttp({ config, log }: Services): void {
  const { protocol, hostname } = new URL(config.publicUrl)
  if (protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1') return
  log.warn(`PUBLIC_URL is ${config.publicUrl}: without https, anyone on the network can read links and sessions.`)
}

const respondNotReady = () =>
  new Response(JSON.stringify(toProblem('unavailable', {}, '')), {
    status: 503,
    headers: { 'content-type': 'application/problem+json', 'retry-after': '1' },
  })
