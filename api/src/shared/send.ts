import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'

/** Header names are written in small letters, so that an own header replaces the usual one. */
export type OwnHeaders = { readonly [name: Lowercase<string>]: string }

/** What is known of every request. */
export type Env = { Variables: { reply: Reply } }
export type Http = Context<Env>
/** As much of a request as its headers need, routed or not. */
export type Headed = { env: unknown; req: { header(name: string): string | undefined } }

/** What is known of a response before it is created. */
export type Reply = {
  requestId: string
  /** The security headers of every response to this kind of path. */
  usual: UsualHeaders
  /** Headers for whichever response follows, an error included. */
  added: { [name: Lowercase<string>]: string } | null
  cookies: string[] | null
  /** Whether the response has all its headers. */
  complete: boolean
}

/** Headers that every response has unless it sets its own. */
export type UsualHeaders = {
  entries: readonly (readonly [Lowercase<string>, string])[]
  /** Without those that the response sets itself. */
  without(own: OwnHeaders): OwnHeaders
}

export function usualHeaders(entries: UsualHeaders['entries']): UsualHeaders {
  // There are as many kinds of responses as places that send one.
  const known = new Map<string, OwnHeaders>()
  return {
    entries,
    without(own) {
      let names = ''
      for (const name in own) names += `${name} `
      const found = known.get(names)
      if (found) return found
      const rest = Object.fromEntries(entries.filter(([name]) => !Object.hasOwn(own, name)))
      known.set(names, rest)
      return rest
    },
  }
}

/** The path for the log, without the code or the token of a link: a code can be anything, and a token opens a page. */
export const loggedPath = (http: Http): string => http.req.path.replace(/^(\/[rfu]\/+)[^/]+/i, '$1…')

export const requestIdOf = (http: Http): string => http.get('reply').requestId

/** Adds a header to whichever response follows. A second value for the same name replaces the first. */
export function addHeader(http: Http, name: Lowercase<string>, value: string): void {
  const reply = http.get('reply')
  reply.added ??= {}
  reply.added[name] = value
}

export function addHeaders(http: Http, headers: OwnHeaders): void {
  for (const [name, value] of Object.entries(headers)) addHeader(http, name as Lowercase<string>, value)
}

export function addCookie(http: Http, cookie: string): void {
  const reply = http.get('reply')
  reply.cookies ??= []
  reply.cookies.push(cookie)
}

/**
 * Creates the response with all its headers as one plain object, which Node writes as it is. Setting each header on the
 * context takes longer than handling the rest of a simple request.
 */
export function send(
  http: Http,
  status: number,
  body: string | Uint8Array<ArrayBuffer> | ReadableStream | null,
  own: OwnHeaders = none,
): Response {
  const reply = http.get('reply')
  reply.complete = true
  const headers = headersOf(reply, own)
  if (reply.cookies === null) return new Response(body, { status, headers })
  const all = new Headers(headers)
  for (const cookie of reply.cookies) all.append('set-cookie', cookie)
  return new Response(body, { status, headers: all })
}

/** All headers of a response except its cookies. */
export function headersOf({ requestId, usual, added }: Reply, own: OwnHeaders): Record<Lowercase<string>, string> {
  const mine = added === null ? own : { ...added, ...own }
  // The usual ones last: an object that grows after a spread is 20 times slower to make.
  return { 'x-request-id': requestId, ...mine, ...usual.without(mine) }
}

const none: OwnHeaders = {}

export const sendJson = (http: Http, status: number, value: unknown): Response =>
  send(http, status, JSON.stringify(value), { 'content-type': 'application/json' })

export const redirect = (http: Http, location: string, status: 302 | 303 = 302): Response =>
  send(http, status, null, { location })

/** Completes a response that was created in another way, such as by a library. */
export function complete(http: Http, response: Response): Response {
  const { requestId, usual, added, cookies } = http.get('reply')
  const headers = new Headers(response.headers)
  for (const [name, value] of [...Object.entries(added ?? {}), ...usual.entries])
    if (!headers.has(name)) headers.set(name, value)
  headers.set('x-request-id', requestId)
  for (const cookie of cookies ?? []) headers.append('set-cookie', cookie)
  return new Response(response.body, { status: response.status, headers })
}

/** Whether Node says that the request has no body; then nothing needs to wait for it. */
export function hasNoBody(http: Headed): boolean {
  const { incoming } = (http.env ?? none) as { incoming?: IncomingMessage }
  if (!incoming?.headers) return false
  const { 'content-length': length, 'transfer-encoding': encoding } = incoming.headers
  return encoding === undefined && (length === undefined || length === '0')
}

/**
 * A header of the request. Node has parsed them already; a Headers object of all of them would take longer than the
 * rest of a simple request.
 */
export function requestHeader(http: Headed, name: Lowercase<string>): string | undefined {
  const { incoming } = (http.env ?? none) as { incoming?: IncomingMessage }
  if (!incoming?.headers) return http.req.header(name)
  const value = incoming.headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}
