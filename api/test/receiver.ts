import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'

export type Received = { path: string; headers: IncomingHttpHeaders; body: string }
type Responder = (received: Received, response: ServerResponse) => void

/** A customer's server that receives webhooks. Responds 204, or as `answerWith` says. */
export async function startReceiver() {
  const received: Received[] = []
  let answer: Responder = (_, response) => response.writeHead(204).end()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const one = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') }
      received.push(one)
      answer(one, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/hooks`,
    port,
    received,
    respondWith(next: Responder) {
      answer = next
    },
    respondStatus(status: number, headers: Record<string, string> = {}, body = '') {
      answer = (_, response) => response.writeHead(status, headers).end(body)
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>
