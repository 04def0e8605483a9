import { connect, type Socket } from 'node:net'

/** One request as bytes; keep-alive, one at a time per connection. */
export type Prepared = Buffer
export type Measured = { count: number; failed: number; seconds: number; latenciesMs: number[] }

export type Line = { send(request: Prepared): Promise<number>; isOpen(): boolean; close(): void }

/** The bytes of a request, prepared before the clock starts. */
export function prepare(
  method: 'GET' | 'POST',
  path: string,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
): Prepared {
  const text = body === undefined ? '' : JSON.stringify(body)
  const fields = {
    host: '127.0.0.1',
    ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    ...headers,
  }
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n${text}`)
}

/** What a phone says of itself and of its owner when a link is opened. */
export const phone = {
  'user-agent':
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'accept-language': 'en-US,en;q=0.9',
  'accept-encoding': 'gzip, deflate, br',
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-site': 'none',
}

/** Each of `connections` sends its next request after the last response, until none is left or time is up. */
export async function closedLoop(
  port: number,
  requests: Iterator<Prepared>,
  {
    connections,
    expect,
    seconds = Number.POSITIVE_INFINITY,
  }: { connections: number; expect: number; seconds?: number },
): Promise<Measured> {
  const lines = await Promise.all(Array.from({ length: connections }, () => openLine(port)))
  const latenciesMs: number[] = []
  let failed = 0
  const started = performance.now()
  const drive = async (line: Line) => {
    for (;;) {
      const sent = performance.now()
      if (sent - started >= seconds * 1_000) return
      const next = requests.next()
      if (next.done) return
      if ((await line.send(next.value)) !== expect) failed += 1
      latenciesMs.push(performance.now() - sent)
    }
  }
  await Promise.all(lines.map(drive))
  const elapsed = (performance.now() - started) / 1_000
  for (const line of lines) line.close()
  return { count: latenciesMs.length, failed, seconds: elapsed, latenciesMs }
}

/**
 * Sends requests at a constant rate regardless of the server's speed. Latency counts from when a request was due. A
 * request whose connection is lost has failed, and the next one opens another.
 */
export async function openLoop(
  port: number,
  requests: Prepared[],
  { perSecond, connections, expect }: { perSecond: number; connections: number; expect: number },
): Promise<Measured> {
  const free = await Promise.all(Array.from({ length: connections }, () => openLine(port)))
  const lines = [...free]
  const latenciesMs: number[] = []
  const due: { request: Prepared; at: number }[] = []
  let failed = 0
  const started = performance.now()

  await new Promise<void>((finished) => {
    const work = async (given: Line) => {
      let line = given
      for (let next = due.shift(); next; next = due.shift()) {
        try {
          if (!line.isOpen()) {
            line = await openLine(port)
            lines.push(line)
          }
          if ((await line.send(next.request)) !== expect) failed += 1
        } catch {
          failed += 1
        }
        latenciesMs.push(performance.now() - next.at)
      }
      free.push(line)
      if (latenciesMs.length === requests.length) finished()
    }
    let issued = 0
    const tick = () => {
      const shouldBe = Math.min(requests.length, Math.floor(((performance.now() - started) / 1_000) * perSecond) + 1)
      for (; issued < shouldBe; issued += 1) {
        const request = requests[issued]
        if (request) due.push({ request, at: started + (issued * 1_000) / perSecond })
        // The one that has rested longest: a server closes connections that rest for seconds.
        const line = free.shift()
        if (line) void work(line)
      }
      if (issued < requests.length) setTimeout(tick, 1)
    }
    tick()
  })
  const seconds = (performance.now() - started) / 1_000
  for (const line of lines) line.close()
  return { count: latenciesMs.length, failed, seconds, latenciesMs }
}

/** A keep-alive connection. `send` resolves to the status once the whole response was received. */
export async function openLine(port: number): Promise<Line> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await new Promise<void>((open, failed) => socket.once('connect', open).once('error', failed))
  const settle = listen(socket)
  return {
    send(request) {
      const answered = settle()
      socket.write(request)
      return answered
    },
    isOpen: () => socket.writable,
    close: () => socket.destroy(),
  }
}

function listen(socket: Socket) {
  let received = ''
  let waiting: { resolve: (status: number) => void; reject: (error: Error) => void } | null = null
  socket.setEncoding('latin1')
  socket.on('data', (text: string) => {
    received = received === '' ? text : received + text
    if (!isWhole(received)) return
    const status = Number(received.slice(9, 12))
    received = ''
    waiting?.resolve(status)
  })
  const lost = () => waiting?.reject(new Error('The server closed a connection that was in use.'))
  socket.on('error', lost)
  socket.on('close', lost)
  return () =>
    new Promise<number>((resolve, reject) => {
      waiting = { resolve, reject }
    })
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return false
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end + 2))
  if (length) return text.length >= end + 4 + Number(length[1])
  if (/\r\ntransfer-encoding: chunked/i.test(text.slice(0, end + 2))) return text.endsWith('\r\n0\r\n\r\n')
  return true
}
