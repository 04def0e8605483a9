/** After so long, the same again is meant as another one. */
const rememberedMs = 10 * 60_000
const header = 'idempotency-key'

/** Whether the server itself answered, and not a proxy in front of it. */
const isAnswer = (response: Response): boolean =>
  response.status < 500 || (response.headers.get('content-type') ?? '').includes('json')

/**
 * Sends with `send`. A write that got no answer may have been done: sent again with the same content, it carries the key
 * of the first time, so that the server does it once and answers what came of it.
 */
export function rememberUnanswered(send: typeof fetch, clock = Date.now): typeof fetch {
  const unanswered = new Map<string, { key: string; at: number }>()
  return async (input, init) => {
    const given = new Request(input, init)
    const key = given.headers.get(header)
    if (key === null) return send(input, init)
    const what = `${given.method} ${given.url} ${await given.clone().text()}`
    const before = unanswered.get(what)
    const known = before && clock() - before.at < rememberedMs ? before : { key, at: clock() }
    const request = new Request(given)
    request.headers.set(header, known.key)
    unanswered.set(what, known)
    const response = await send(request)
    if (isAnswer(response)) unanswered.delete(what)
    return response
  }
}
