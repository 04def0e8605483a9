import type { RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { staffCredentials } from './modules/platform/members/credentials.ts'
import { acceptPage, pageOf } from './modules/surfaces/embed/pageCredential.ts'
import { portalCredentials } from './modules/surfaces/portal/portal.routes.ts'
import { modules } from './modules.ts'
import type { Services } from './shared/context.ts'
import { createFrame } from './shared/frame.ts'
import { openApiFile } from './shared/openapi.ts'
import { createRateLimits } from './shared/rateLimits.ts'
import { respondNotFound, respondWithError } from './shared/refusals.ts'
import { type Credentials, createRouter } from './shared/router.ts'
import { type Env, type Http, redirect, sendJson } from './shared/send.ts'
import { type Shortcut, withShortcuts } from './shared/shortcuts.ts'
import { type StaticFiles, sendFile } from './shared/staticFiles.ts'
import { keepWidgetBuilds, mountWidget, type WidgetBuilds } from './shared/widgetBuilds.ts'

const bodyMax = 64 * 1024
const largerBodies: Record<string, number> = Object.assign({}, ...modules.map((module) => module.bodyMax))
const largerWithin = Object.entries(largerBodies).filter(([path]) => path.endsWith('/'))

/** The limit of a body, in bytes. */
const bodyMaxOf = (path: string): number =>
  largerBodies[path] ?? largerWithin.find(([beginning]) => path.startsWith(beginning))?.[1] ?? bodyMax

export type Extras = {
  /** The built pages and the widget. Without them the app only serves the API. */
  files?: StaticFiles
  /** Builds of the widget that a customer's page may still ask for by version. */
  widgetBuilds?: WidgetBuilds
  /** Called after every successful write, so that its messages are sent right away. */
  afterWrite?: () => void
  /** Takes what can answer a request before it is routed, with the beginning of its path. */
  addShortcut?: (beginning: string, shortcut: Shortcut) => void
  /** Runs a command from the command line in this process. */
  runCommand?: (http: Http) => Promise<Response>
}

/** Handles every request of the server: by a shortcut, or by its route. */
export function createListener(services: Services, extras: Extras = {}): RequestListener {
  const shortcuts = new Map<string, Shortcut>()
  const app = createApp(services, {
    ...extras,
    addShortcut: (beginning, shortcut) => shortcuts.set(beginning, shortcut),
  })
  return withShortcuts(shortcuts, getRequestListener(app.fetch))
}

/** Every HTTP route: the API, the pages and the widget. Starts no jobs and opens no files. */
export function createApp(services: Services, extras: Extras = {}): Hono<Env> {
  const app = new Hono<Env>()
  app.onError(respondWithError(services))
  app.notFound(respondNotFound)
  const { afterWrite } = extras
  app.use(
    createFrame(services, app, {
      bodyMax: bodyMaxOf,
      ...(afterWrite ? { afterWrite } : {}),
    }),
  )

  app.get('/healthz', (http) => sendJson(http, 200, { status: 'ok' }))
  app.get('/v1/openapi.json', (http) => sendFile(http, openApiFile(services.config.publicUrl), 'no-cache'))
  mountModules(app, services, extras)
  if (extras.runCommand) app.post('/-/commands', extras.runCommand)
  if (extras.files) mountFiles(app, extras.files, extras.widgetBuilds ?? keepWidgetBuilds(extras.files.widget, null))
  return app
}

function mountModules(app: Hono<Env>, services: Services, { files, addShortcut = () => {} }: Extras): void {
  const limits = createRateLimits(services.config.rateLimits)
  const credentials: Credentials = {
    staff: staffCredentials(services),
    portal: portalCredentials(services),
    publishable: (http) => acceptPage(services, pageOf(http)),
  }
  const router = createRouter(services, credentials, limits)
  for (const module of modules) module.routes?.(router, limits)
  app.route('/', router.app)
  for (const module of modules)
    for (const pages of module.pages?.(services, { limits, files, addShortcut }) ?? []) app.route('/', pages)
}

function mountFiles(app: Hono<Env>, { portal, widget }: StaticFiles, builds: WidgetBuilds): void {
  const page = (name: string) => (http: Http) => {
    const file = portal.get(name)
    return file ? sendFile(http, file, 'no-cache') : respondNotFound(http)
  }
  app.get('/', (http) => redirect(http, '/console'))
  app.get('/console', page('console.html'))
  app.get('/console/*', page('console.html'))
  app.get('/portal', page('advocate.html'))
  app.get('/portal/', page('advocate.html'))
  const icon = [...portal.values()].find(({ name }) => /^assets\/favicon-.+\.svg$/.test(name))
  if (icon) app.get('/favicon.ico', (http) => sendFile(http, { ...icon, hashed: false }, 'public, max-age=86400'))
  app.get('/assets/*', (http) => {
    const file = portal.get(http.req.path.slice(1))
    return file ? sendFile(http, file, 'public, max-age=300') : respondNotFound(http)
  })
  mountWidget(app, widget, builds)
}
