import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { requestId } from 'hono/request-id'
import { rewardRoutes } from './modules/money/rewards/rewards.routes.ts'
import { contactRoutes } from './modules/people/contacts/contacts.routes.ts'
import { auditRoutes } from './modules/platform/audit/audit.routes.ts'
import { keysRoutes } from './modules/platform/keys/keys.routes.ts'
import { staffCredentials } from './modules/platform/members/credentials.ts'
import { membersRoutes, sessionRoutes } from './modules/platform/members/members.routes.ts'
import { inboundRoutes } from './modules/platform/messages/inbound.routes.ts'
import { messagesRoutes } from './modules/platform/messages/messages.routes.ts'
import { organizationsRoutes, sendLogo } from './modules/platform/organizations/organizations.routes.ts'
import { webhooksRoutes } from './modules/platform/webhooks/webhooks.routes.ts'
import { advocateRoutes } from './modules/program/advocates/advocates.routes.ts'
import { campaignRoutes } from './modules/program/campaigns/campaigns.routes.ts'
import { referralRoutes } from './modules/program/referrals/referrals.routes.ts'
import { docsRoutes } from './modules/surfaces/docs/docs.routes.ts'
import { acceptPage, pageOf } from './modules/surfaces/embed/admission.ts'
import { embedRoutes } from './modules/surfaces/embed/embed.routes.ts'
import { friendRoutes } from './modules/surfaces/embed/friendPage.routes.ts'
import { hostedRoutes } from './modules/surfaces/embed/hosted.routes.ts'
import { unsubscribeRoutes } from './modules/surfaces/embed/unsubscribe.routes.ts'
import { importRoutes } from './modules/surfaces/imports/imports.routes.ts'
import { installableRoutes } from './modules/surfaces/portal/installable.ts'
import { portalCredentials, portalRoutes } from './modules/surfaces/portal/portal.routes.ts'
import { reportRoutes } from './modules/surfaces/reports/reports.routes.ts'
import type { Services } from './shared/context.ts'
import { AppError } from './shared/errors.ts'
import { isForOtherSites, securityHeaders } from './shared/headers.ts'
import { openApiDocument } from './shared/openapi.ts'
import { createRateLimits } from './shared/rateLimits.ts'
import { answerError, answerNotFound } from './shared/refusals.ts'
import { type Credentials, createRouter, type Env, type Http } from './shared/router.ts'
import { type StaticFiles, sendFile } from './shared/staticFiles.ts'
import { keepWidgetBuilds, mountWidget, type WidgetBuilds } from './shared/widgetBuilds.ts'

const bodyMax = 64 * 1024
/** A picture of 200 kB in base64; a thousand people. */
const largerBodies: Record<string, number> = {
  '/v1/organization/logo': 272 * 1024,
  '/v1/advocates/preview': 256 * 1024,
  '/v1/imports': 1_100 * 1024,
  '/v1/imports/preview': 1_100 * 1024,
  '/v1/advocates/bulk': 256 * 1024,
}

export type Extras = {
  /** The built pages and the widget; without them only the API answers. */
  files?: StaticFiles
  /** Versions of the widget that pages have pinned. */
  widgetBuilds?: WidgetBuilds
  /** Called after every write that succeeded, so that its messages leave at once. */
  afterWrite?: () => void
  /** Runs a command of the command line inside this process. */
  runCommand?: (http: Http) => Promise<Response>
}

/** Everything that answers: the API, the pages and the widget. Starts nothing and opens nothing. */
export function createApp(services: Services, extras: Extras = {}): Hono<Env> {
  const app = new Hono<Env>()
  app.onError(answerError(services))
  app.notFound(answerNotFound)
  app.use(requestId({ limitLength: 100 }))
  app.use(securityHeaders(services.config.publicUrl))
  const preflight = cors({ origin: '*', allowMethods: ['GET', 'POST'], allowHeaders: ['Content-Type'], maxAge: 86_400 })
  app.use((http, next) => (isPreflight(http) ? preflight(http, next) : next()))
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (http, methods) =>
        answerError(services)(new AppError('method_not_allowed', { headers: { Allow: methods.join(', ') } }), http),
    }),
  )
  app.use(limitBodies())
  if (extras.afterWrite) app.use(noticeWrites(extras.afterWrite))

  app.get('/healthz', (http) => http.json({ status: 'ok' }))
  app.get('/v1/openapi.json', (http) => http.json(openApiDocument(services.config.publicUrl)))
  mountModules(app, services, extras.files)
  if (extras.runCommand) app.post('/-/commands', extras.runCommand)
  if (extras.files) mountFiles(app, extras.files, extras.widgetBuilds ?? keepWidgetBuilds(extras.files.widget, null))
  return app
}

const isPreflight = ({ req }: Http) => req.method === 'OPTIONS' && isForOtherSites(req.path)

/** A length that was sent is believed, because no more than that is read; without one the bytes are counted. */
function limitBodies() {
  const tooLarge = (max: number) => {
    throw new AppError('body_too_large', { detail: `Send ${Math.floor(max / 1024)} KB or less.` })
  }
  return (http: Http, next: () => Promise<void>) => {
    if (http.req.method === 'GET') return next()
    const max = largerBodies[http.req.path] ?? bodyMax
    const length = http.req.header('content-length')
    if (length === undefined || http.req.header('transfer-encoding') !== undefined)
      return bodyLimit({ maxSize: max, onError: () => tooLarge(max) })(http, next)
    return Number(length) > max ? tooLarge(max) : next()
  }
}

function mountModules(app: Hono<Env>, services: Services, files: StaticFiles | undefined): void {
  const limits = createRateLimits(services.config.rateLimits)
  const credentials: Credentials = {
    staff: staffCredentials(services),
    portal: portalCredentials(services),
    publishable: (http) => acceptPage(services, pageOf(http)),
  }
  const router = createRouter(services, credentials, limits)
  sessionRoutes(router, limits)
  membersRoutes(router)
  keysRoutes(router)
  organizationsRoutes(router)
  auditRoutes(router)
  app.get('/logos/:organizationId/:hash', sendLogo(services))
  campaignRoutes(router)
  advocateRoutes(router)
  contactRoutes(router)
  referralRoutes(router)
  reportRoutes(router)
  importRoutes(router)
  rewardRoutes(router)
  messagesRoutes(router)
  embedRoutes(router, limits)
  webhooksRoutes(router)
  portalRoutes(router, limits)
  app.route('/', router.app)
  app.route('/', hostedRoutes(services, limits, files))
  app.route('/', inboundRoutes(services))
  app.route('/', docsRoutes(services))
  app.route('/', installableRoutes(services))
  app.route('/', friendRoutes(services, limits, files))
  app.route('/', unsubscribeRoutes(services, limits, files))
}

const noticeWrites =
  (notice: () => void) =>
  async (http: Http, next: () => Promise<void>): Promise<void> => {
    await next()
    if (http.req.method !== 'GET' && http.res.status < 400) notice()
  }

function mountFiles(app: Hono<Env>, { portal, widget }: StaticFiles, builds: WidgetBuilds): void {
  const page = (name: string) => (http: Http) => {
    const file = portal.get(name)
    return file ? sendFile(http, file, 'no-cache') : answerNotFound(http)
  }
  app.get('/', (http) => http.redirect('/console'))
  app.get('/console', page('console.html'))
  app.get('/console/*', page('console.html'))
  app.get('/portal', page('advocate.html'))
  app.get('/portal/', page('advocate.html'))
  const icon = [...portal.values()].find(({ name }) => /^assets\/favicon-.+\.svg$/.test(name))
  if (icon) app.get('/favicon.ico', (http) => sendFile(http, { ...icon, hashed: false }, 'public, max-age=86400'))
  app.get('/assets/*', (http) => {
    const file = portal.get(http.req.path.slice(1))
    return file ? sendFile(http, file, 'public, max-age=300') : answerNotFound(http)
  })
  mountWidget(app, widget, builds)
}
