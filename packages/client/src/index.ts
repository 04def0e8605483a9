import type { Answer, CallInput, Endpoint, Endpoints, Problem } from '@goodword/contracts'
import { routes } from '@goodword/contracts/routes'
import ky, { HTTPError, TimeoutError } from 'ky'

export { type IdentityToSign, signIdentity } from './identity.ts'

/** An API error, with its stable `code` and, for a form, the invalid fields. */
export class GoodwordError extends Error {
  override readonly name = 'GoodwordError'
  constructor(
    readonly problem: Problem,
    options?: ErrorOptions,
  ) {
    super(problem.detail, options)
  }
  get code() {
    return this.problem.code
  }
  get status() {
    return this.problem.status
  }
}

/**
 * No response: the server is down, the network failed, or the request timed out. It is unknown whether the request
 * took effect.
 */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError'

  constructor(
    message: string,
    /** "late" after `timeoutMs`, "unreachable" without a connection, "unreadable" for a response that isn't ours. */
    readonly reason: 'late' | 'unreachable' | 'unreadable',
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

export type ClientOptions = {
  /** The server's URL: "https://refer.example.com". In our own pages: the page's origin. */
  baseUrl: string
  /** A secret key, for servers. Our own pages use the session cookie instead. */
  secretKey?: string
  timeoutMs?: number
  fetch?: typeof fetch
}

type CallOptions = {
  /** Retries of one write reuse its key. By default each call generates one, so that automatic retries are safe. */
  idempotencyKey?: string
  signal?: AbortSignal
}

type Call<E extends Endpoint> =
  unknown extends CallInput<E>
    ? (input?: undefined, options?: CallOptions) => Promise<Answer<E>>
    : Record<string, never> extends CallInput<E>
      ? (input?: CallInput<E>, options?: CallOptions) => Promise<Answer<E>>
      : (input: CallInput<E>, options?: CallOptions) => Promise<Answer<E>>

export type Client = {
  [Group in keyof Endpoints]: {
    [Verb in keyof Endpoints[Group]]: Endpoints[Group][Verb] extends Endpoint ? Call<Endpoints[Group][Verb]> : never
  }
}

/**
 * A typed client of every endpoint: `client.referrals.convert({ params: { id }, body: { jobValue: 125_000 } })`. Reads,
 * and writes with their Idempotency-Key, are retried twice when there is no response or the server is busy. Throws
 * GoodwordError for an API error, NoAnswerError when there was no response.
 */
export function createClient(options: ClientOptions): Client {
  const http = ky.create({
    prefixUrl: options.baseUrl,
    timeout: options.timeoutMs ?? 10_000,
    credentials: 'same-origin',
    headers: options.secretKey ? { authorization: `Bearer ${options.secretKey}` } : {},
    retry: {
      limit: 2,
      methods: ['get', 'post', 'patch', 'delete'],
      statusCodes: [429, 503],
      backoffLimit: 4_000,
      retryOnTimeout: false,
    },
    ...(options.fetch ? { fetch: options.fetch } : {}),
  })

  async function call(
    route: string,
    input: { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown } = {},
    callOptions: CallOptions = {},
  ) {
    const [method = '', pattern = ''] = route.split(' ')
    const path = pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(input.params?.[name] ?? ''))
    try {
      const response = await http(path.slice(1), {
        method,
        searchParams: definedOf(input.query),
        ...(input.body === undefined ? {} : { json: input.body }),
        ...(method === 'GET' ? {} : { headers: { 'idempotency-key': callOptions.idempotencyKey ?? freshKey() } }),
        ...(callOptions.signal ? { signal: callOptions.signal } : {}),
      })
      const type = response.headers.get('content-type') ?? ''
      if (type.startsWith('application/gzip')) return new Uint8Array(await response.arrayBuffer())
      const body = await response.text()
      if (type.startsWith('text/csv')) return body
      return body === '' ? undefined : JSON.parse(body)
    } catch (error) {
      throw await explained(error)
    }
  }

  const groups = Object.entries(routes).map(([group, verbs]) => [
    group,
    Object.fromEntries(
      Object.entries(verbs).map(([verb, route]) => [verb, (input?: object, o?: CallOptions) => call(route, input, o)]),
    ),
  ])
  return Object.fromEntries(groups) as Client
}

/** An Idempotency-Key of 128 random bits. `randomUUID` is unavailable to pages served over plain http. */
export const freshKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

const definedOf = (query: Record<string, unknown> = {}) =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, String(value)]],
    ),
  )

async function explained(error: unknown): Promise<unknown> {
  if (error instanceof HTTPError) {
    const body: unknown = await error.response.json().catch(() => null)
    if (isProblem(body)) return new GoodwordError(body, { cause: error })
    return new NoAnswerError(`The server responded ${error.response.status} without an error code.`, 'unreadable', {
      cause: error,
    })
  }
  if (error instanceof TimeoutError)
    return new NoAnswerError('The server did not respond in time.', 'late', { cause: error })
  if (error instanceof DOMException && error.name === 'AbortError') return error
  return new NoAnswerError('The server could not be reached.', 'unreachable', { cause: error })
}

/** Checks only the shape: a newer server may return a code this client does not know. */
function isProblem(body: unknown): body is Problem {
  if (typeof body !== 'object' || body === null) return false
  const { code, title, detail, status } = body as Partial<Record<string, unknown>>
  return [code, title, detail].every((text) => typeof text === 'string') && typeof status === 'number'
}
