import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { hostOf, type Reach, type Resolve, reachableAddresses, refusalOf, systemResolve } from './addresses.ts'

export type Reply = {
  /** Null without a response. */
  status: number | null
  /** The first 4,000 bytes. */
  answer: string | null
  error: string | null
  tookMs: number
  /** The delay from Retry-After, in milliseconds from now. */
  retryAfterMs: number | null
}

export type Post = (url: string, headers: Record<string, string>, body: string) => Promise<Reply>

const maxResponseBytes = 4_000
const timeoutMs = 10_000

/**
 * Posts to a URL that somebody typed. The address is resolved and checked when connecting, redirects aren't followed,
 * and it stops after ten seconds or four thousand bytes. Never rejects.
 */
export function createPost(options: { reach: Reach; resolve?: Resolve; timeoutMs?: number }): Post {
  const { reach, resolve = systemResolve, timeoutMs: waitMs = timeoutMs } = options
  return async (url, headers, body) => {
    const started = performance.now()
    const reply = await send(url, headers, body, { reach, resolve, waitMs }).catch(
      (error: unknown): Omit<Reply, 'tookMs'> => ({
        status: null,
        answer: null,
        error: sentenceOf(error, waitMs),
        retryAfterMs: null,
      }),
    )
    return { ...reply, tookMs: Math.round(performance.now() - started) }
  }
}

type Way = { reach: Reach; resolve: Resolve; waitMs: number }

function send(text: string, headers: Record<string, string>, body: string, way: Way): Promise<Omit<Reply, 'tookMs'>> {
  return new Promise((resolve, reject) => {
    const refusal = refusalOf(text, way.reach)
    if (refusal) {
      reject(new Error(refusal))
      return
    }
    const url = new URL(text)
    const host = hostOf(url)
    const request = url.protocol === 'https:' ? httpsRequest : httpRequest
    const signal = AbortSignal.timeout(way.waitMs)
    const asked = request(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      agent: false,
      signal,
      // A literal address isn't resolved; it was checked above.
      ...(isIP(host) === 0 ? { lookup: lookupWith(way) } : {}),
    })
    asked.once('error', reject)
    asked.once('response', (response) => {
      read(response).then(
        (answer) => {
          asked.destroy()
          resolve({ ...replyOf(response, answer), retryAfterMs: retryAfter(response.headers['retry-after']) })
        },
        (error: unknown) => reject(error),
      )
    })
    asked.end(body)
  })
}

/** Connects only to the addresses that were checked. */
const lookupWith =
  ({ reach, resolve }: Way): LookupFunction =>
  (hostname, options, callback) => {
    reachableAddresses(hostname, reach, resolve).then(
      (addresses) => {
        const [first] = addresses
        if (options.all) callback(null, addresses)
        else callback(null, first?.address ?? '', first?.family ?? 4)
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 4),
    )
  }

async function read(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= maxResponseBytes) break
  }
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, maxResponseBytes)).replaceAll('\0', '')
}

function replyOf({ statusCode = 0 }: IncomingMessage, answer: string) {
  const redirect = statusCode >= 300 && statusCode < 400
  const error = redirect ? 'It answered with a redirect, which is not followed.' : null
  return { status: statusCode, answer, error }
}

/** A number of seconds, or a date. */
function retryAfter(value: string | undefined): number | null {
  if (value === undefined) return null
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1_000
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now())
}

function sentenceOf(error: unknown, waitMs: number): string {
  if (!(error instanceof Error)) return 'It could not be reached.'
  if (error.name === 'AbortError' || error.name === 'TimeoutError') {
    return `It did not answer within ${waitMs / 1_000} seconds.`
  }
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'ECONNREFUSED') return 'Nothing listens at this address.'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'The name of the server is not known.'
  if (code === 'ECONNRESET') return 'It closed the connection without an answer.'
  return error.message.replace(/\p{C}+/gu, ' ').slice(0, 300)
}
