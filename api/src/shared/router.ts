import { Readable } from 'node:stream'
import {
  type Access,
  type Answer,
  type Endpoint,
  type FieldError,
  neededScopes,
  type Parsed,
} from '@goodword/contracts'
import { forwardedAddress, may, networkOf } from '@goodword/domain'
import { Hono } from 'hono'
import type * as z from 'zod'
import { actorKey, type Ctx, type Services } from './context.ts'
import { AppError } from './errors.ts'
import { readBy } from './fieldErrors.ts'
import { withIdempotency } from './idempotency.ts'
import type { RateLimits } from './rateLimits.ts'
import {
  addHeader,
  addHeaders,
  type Env,
  type Headed,
  type Http,
  hasNoBody,
  requestHeader,
  send,
  sendJson,
} from './send.ts'

/** How each kind of caller is authenticated. Throws unauthenticated or a more specific error. */
export type Credentials = {
  staff(http: Http): Promise<Ctx>
  portal(http: Http): Promise<Ctx>
  publishable(http: Http): Promise<Ctx>
}

type CtxOf<A extends Access> = A extends { by: 'anyone' } ? Services : Ctx
/** Files and long JSON can be streamed while they are created. */
type Given<A> = A | Readable
type Handler<E extends Endpoint> = (
  ctx: CtxOf<E['access']>,
  input: Parsed<E>,
  http: Http,
) => Promise<E['response'] extends z.ZodType ? Given<Answer<E>> : unknown>
type Options<E extends Endpoint> = {
  /**
   * False for what changes nothing but a cookie, and for what is no single transaction, and then recognizes a repeated request
   * by itself.
   */
  storeResponse?: boolean | ((input: Parsed<E>) => boolean)
  /** The response contains a secret, so it isn't stored: a repeated request changes nothing and is told so. */
  isSecret?: boolean
  /**
   * Called when a request is rejected before its handler ran, because it was rate limited or invalid. Returns the error
   * to respond with.
   */
  onRejected?: (ctx: Ctx, error: unknown, http: Http) => unknown
}

export type Router = {
  /** Mounts an endpoint of the contracts, with authentication, scope, parsing, idempotency and the response. */
  on<E extends Endpoint>(endpoint: E, handler: Handler<E>, options?: Options<E>): Router
  app: Hono<Env>
}

const stores = <Input>(option: boolean | ((input: Input) => boolean) | undefined, input: Input): boolean =>
  typeof option === 'function' ? option(input) : option !== false

export function createRouter(services: Services, credentials: Credentials, limits: RateLimits): Router {
  const app = new Hono<Env>()
  const router: Router = {
    app,
    on(endpoint, handler, options = {}) {
      app.on(endpoint.method, endpoint.path, async (http) => {
        if (endpoint.access.by === 'anyone') {
          assertSameOrigin(http, services)
          const input = parse(endpoint, http, await readBody(endpoint, http))
          return answer(http, endpoint, await handler(services as never, input as never, http), services.log)
        }
        const ctx = await identify(http, endpoint.access, credentials)
        const { body, input } = await readRequest(endpoint, ctx, http, limits).catch((error: unknown) => {
          throw options.onRejected?.(ctx, error, http) ?? error
        })
        const run = (within: Ctx) => handler(within as never, input as never, http)
        const key = requestHeader(http, 'idempotency-key')
        if (
          !key ||
          endpoint.method === 'GET' ||
          endpoint.access.by === 'publishable' ||
          !stores(options.storeResponse, input as never)
        ) {
          return answer(http, endpoint, await run(ctx), services.log)
        }
        if (key.length > 200)
          throw new AppError('validation_failed', { detail: 'Use an Idempotency-Key of 200 characters or fewer.' })
        const { pathname, search } = new URL(http.req.url)
        let shownOnce = ''
        const stored = await withIdempotency(
          ctx,
          { key, method: endpoint.method, path: pathname + search, body: JSON.stringify(body) ?? '' },
          async (tx) => {
            const body = JSON.stringify(await run(tx)) ?? ''
            if (options.isSecret) shownOnce = body
            return { status: endpoint.status, body: options.isSecret ? '' : body }
          },
        )
        if (options.isSecret) {
          if (stored.repeated) throw new AppError('answer_not_kept')
          return send(http, stored.status, shownOnce, { 'content-type': 'application/json' })
        }
        if (stored.repeated) addHeader(http, 'idempotency-replayed', 'true')
        return stored.body === ''
          ? send(http, 204, null)
          : send(http, stored.status, stored.body, { 'content-type': 'application/json' })
      })
      return router
    },
  }
  return router
}

async function readRequest(endpoint: Endpoint, ctx: Ctx, http: Http, limits: RateLimits) {
  addHeaders(http, await limits.take('credential', actorKeyOf(ctx, http)))
  const body = await readBody(endpoint, http)
  return { body, input: parse(endpoint, http, body) }
}

/** Whose requests are counted together. */
export const actorKeyOf = (ctx: Ctx, http: Headed) =>
  ctx.actor.type === 'friend' ? `${ctx.organizationId}:${clientNetwork(http, ctx)}` : actorKey(ctx.actor)

async function identify(http: Http, access: Exclude<Access, { by: 'anyone' }>, credentials: Credentials): Promise<Ctx> {
  const ctx = await credentials[access.by](http)
  if (access.by === 'staff') {
    const { actor } = ctx
    if (actor.type === 'member') assertSameOrigin(http, ctx)
    if (access.scope && actor.type === 'member' && !may(actor.role, access.scope)) throw new AppError('forbidden')
    const missing = actor.type === 'key' && neededScopes(access).find((one) => !actor.scopes.includes(one))
    if (missing) {
      const needs = access.everyScope ? `every scope, and lacks ${missing}` : `the scope ${missing}`
      throw new AppError('key_scope_missing', { detail: `This key needs ${needs}.` })
    }
  }
  if (access.by === 'portal') {
    assertSameOrigin(http, ctx)
    if (access.scope === 'full' && ctx.actor.type === 'contact' && ctx.actor.scope !== 'full')
      throw new AppError('forbidden')
  }
  return ctx
}

/** A cookie doesn't identify the page that sent the request, so writes must come from our own pages, as JSON. */
function assertSameOrigin(http: Http, services: Services): void {
  if (http.req.method === 'GET') return
  const origin = requestHeader(http, 'origin')
  const site = requestHeader(http, 'sec-fetch-site')
  if (origin !== undefined && origin !== services.config.publicUrl) throw new AppError('origin_refused')
  if (origin === undefined && site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new AppError('origin_refused')
}

async function readBody(endpoint: Endpoint, http: Http): Promise<unknown> {
  if (http.req.method === 'GET') return undefined
  const text = hasNoBody(http) ? '' : await http.req.text()
  if (text === '') return endpoint.body ? {} : undefined
  const type = requestHeader(http, 'content-type') ?? ''
  if (!/^application\/json\b/i.test(type)) throw new AppError('unsupported_media_type')
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('malformed_json')
  }
}

function parse(endpoint: Endpoint, http: Http, body: unknown) {
  const errors: FieldError[] = []
  let cause: z.ZodError | undefined
  const read = (schema: z.ZodType | undefined, value: unknown) => {
    if (!schema) return undefined
    const result = readBy(schema, value)
    if ('data' in result) return result.data
    cause = result.cause
    errors.push(...result.errors)
    return undefined
  }
  const [query, repeated] = endpoint.query ? queryOf(http) : [undefined, []]
  errors.push(...repeated.map((path) => ({ path, message: `Send ${path} once.` })))
  // A malformed id matches nothing, so respond 404.
  if (endpoint.params && !endpoint.params.safeParse(http.req.param()).success) throw new AppError('not_found')
  const parsed = {
    params: read(endpoint.params, http.req.param()),
    query: read(endpoint.query, query),
    body: read(endpoint.body, body),
  }
  if (errors.length > 0)
    throw new AppError('validation_failed', { errors, detail: errors.map((error) => error.message).join(' '), cause })
  return parsed
}

/** The parameters of a query, and those that it has more than once: which one is meant is unknown. */
function queryOf(http: Http): [Record<string, string>, string[]] {
  const all = Object.entries(http.req.queries())
  const repeated = all.flatMap(([name, { length }]) => (length > 1 ? [name] : []))
  return [Object.fromEntries(all.map(([name, [value = '']]) => [name, value])), repeated]
}

function answer(http: Http, endpoint: Endpoint, value: unknown, log: Services['log']): Response {
  if (endpoint.media) {
    const packed = endpoint.media === 'application/gzip'
    const body = typeof value === 'string' ? value : bytesOf(value as Readable | Uint8Array<ArrayBuffer>, http, log)
    return send(http, endpoint.status, body, {
      'content-type': packed ? endpoint.media : `${endpoint.media}; charset=utf-8`,
      'content-disposition': `attachment; filename="${fileName(endpoint.path, packed ? 'goodword' : 'csv')}"`,
    })
  }
  if (value instanceof Readable)
    return send(http, endpoint.status, bytesOf(value, http, log), { 'content-type': 'application/json' })
  return endpoint.response ? sendJson(http, endpoint.status, value) : send(http, endpoint.status, null)
}

/** A file that fails while it is sent is broken off, which every client notices, and the reason is logged. */
function bytesOf(file: Readable | Uint8Array<ArrayBuffer>, http: Http, log: Services['log']) {
  if (!(file instanceof Readable)) return file
  file.on('error', (err) => {
    if (!http.req.raw.signal.aborted) log.error({ err, path: http.req.path }, 'a file could not be sent completely')
  })
  return Readable.toWeb(file) as ReadableStream<Uint8Array<ArrayBuffer>>
}

/**
 * "/v1/reports/funnel/export" is saved as goodword-reports-funnel.csv. An archive has no .gz extension, because some
 * browsers would unpack it.
 */
const fileName = (path: string, ending: 'csv' | 'goodword') =>
  `${['goodword', ...path.split('/').filter((part) => part !== '' && !/^(v1|export|:.*)$/.test(part))].join('-')}.${ending}`

/** The client's address; proxies are trusted only as far as TRUST_PROXY says. */
export function clientAddress(http: Headed, services: Pick<Services, 'config'>): string {
  const incoming = (http.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming
  const socket = incoming?.socket?.remoteAddress ?? '127.0.0.1'
  if (services.config.trustProxy === 0) return socket
  const hops = (requestHeader(http, 'x-forwarded-for') ?? '')
    .split(',')
    .map((hop) => hop.trim())
    .filter(Boolean)
  return forwardedAddress(hops.at(-services.config.trustProxy) ?? '') ?? socket
}

/** Whose requests without a credential are counted together: a device has billions of IPv6 addresses, in one network. */
export function clientNetwork(http: Headed, services: Pick<Services, 'config'>): string {
  const address = clientAddress(http, services)
  // The only address of an IPv4 network is the network, and pages of links are answered very often.
  return address.includes(':') ? networkOf(address) : address
}
