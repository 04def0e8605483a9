import { randomUUID } from 'node:crypto'
import type { Hono, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { methodNotAllowed } from 'hono/method-not-allowed'
import type { Services } from './context.ts'
import { AppError } from './errors.ts'
import { isForOtherSites, securityHeaderLists } from './headers.ts'
import { respondWithError } from './refusals.ts'
import {
  complete,
  type Env,
  type Headed,
  type Http,
  hasNoBody,
  type OwnHeaders,
  type Reply,
  requestHeader,
  send,
  usualHeaders,
} from './send.ts'

type Settings = {
  /** The limit of a body, in bytes. */
  bodyMax: (path: string) => number
  /** Called after every successful write. */
  afterWrite?: () => void
}

const requestIdMax = 100
const headerNamesMax = 1_000

/**
 * Allows whatever headers the page's own code adds to every request, such as a trace id. They are never read, and no
 * credentials are accepted, so they can do nothing.
 */
function preflightOf(http: Headed): OwnHeaders {
  const asked = (requestHeader(http, 'access-control-request-headers') ?? '').slice(0, headerNamesMax).split(',')
  const names = asked
    .map((name) => name.trim())
    .filter((name) => /^[\w-]+$/.test(name) && !/^content-type$/i.test(name))
  return {
    'access-control-allow-methods': 'GET,POST',
    'access-control-allow-headers': ['Content-Type', ...names].join(', '),
    'access-control-max-age': '86400',
    vary: 'Access-Control-Request-Headers',
  }
}

/**
 * What every request has in common: an id, security headers, a limit of its body, and an answer to a wrong method. One
 * middleware, because each costs as much as parsing the request.
 */
export function createFrame(
  services: Pick<Services, 'config' | 'log'>,
  app: Hono<Env>,
  settings: Settings,
): MiddlewareHandler<Env> {
  const open = createReplies(services.config)
  const respond = respondWithError(services)
  const refuseMethod = methodNotAllowed({
    app,
    onMethodNotAllowed: (http, methods) =>
      respond(new AppError('method_not_allowed', { headers: { allow: methods.join(', ') } }), http),
  })
  return async (http, next) => {
    const { method, path } = http.req
    const forOthers = isForOtherSites(path)
    http.set('reply', open(path, newRequestId(http)))
    if (method === 'OPTIONS' && forOthers) return send(http, 204, null, preflightOf(http))
    if (method === 'GET' || method === 'HEAD' || hasNoBody(http)) await next()
    else await limitBody(http, next, settings.bodyMax(path))
    if (http.res.status === 404 && !http.error) await refuseMethod(http, nothing)
    if (!http.get('reply').complete) {
      const whole = complete(http, http.res)
      // Replacing a response directly would merge the headers of both.
      http.res = undefined
      http.res = whole
    }
    if (method !== 'GET' && http.res.status < 400) settings.afterWrite?.()
    return undefined
  }
}

const nothing = async () => {}

/** What is known of the response to a path before the request is handled. */
export function createReplies({ publicUrl }: Pick<Services['config'], 'publicUrl'>) {
  const lists = securityHeaderLists(publicUrl)
  const [ours, open] = [usualHeaders(lists.ours), usualHeaders(lists.open)]
  return (path: string, requestId: string): Reply => ({
    requestId,
    usual: isForOtherSites(path) ? open : ours,
    added: null,
    cookies: null,
    complete: false,
  })
}

/** The id that the caller sent, or a new one. */
export function newRequestId(http: Headed): string {
  const given = requestHeader(http, 'x-request-id')
  return given && given.length <= requestIdMax && !/[^\w\-=]/.test(given) ? given : randomUUID()
}

/** Trusts a declared Content-Length, because the server reads no further than that. Without one, counts the bytes. */
async function limitBody(http: Http, next: () => Promise<void>, max: number): Promise<void> {
  const tooLarge = () => {
    throw new AppError('body_too_large', { detail: `Send ${Math.floor(max / 1024)} KB or less.` })
  }
  const length = requestHeader(http, 'content-length')
  if (length === undefined || requestHeader(http, 'transfer-encoding') !== undefined)
    await bodyLimit({ maxSize: max, onError: tooLarge })(http, next)
  else if (Number(length) > max) tooLarge()
  else await next()
}
