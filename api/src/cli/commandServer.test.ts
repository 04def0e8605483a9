import { Hono } from 'hono'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestServices, type TestServices } from '../../test/harness.ts'
import { createFrame } from '../shared/frame.ts'
import { respondWithError } from '../shared/refusals.ts'
import type { Env } from '../shared/send.ts'
import { serveCommands } from './commandServer.ts'

const secret = 'only-whoever-runs-the-server-reads-this'
const here = { incoming: { socket: { remoteAddress: '127.0.0.1', localAddress: '127.0.0.1' } } }

let test: TestServices
beforeAll(async () => {
  test = await createTestServices()
})
afterAll(() => test.close())

function ask(
  body: string,
  header: string,
  { env = here, headers = {} }: { env?: object; headers?: Record<string, string> } = {},
) {
  const app = new Hono<Env>()
  app.onError(respondWithError(test.services))
  app.use(createFrame(test.services, app, { bodyMax: () => 64 * 1024 }))
  app.post('/-/commands', serveCommands(test.services, secret))
  return app.request('/-/commands', { method: 'POST', body, headers: { ...headers, 'x-goodword-owner': header } }, env)
}

it('runs a command for a caller that presents the secret', async () => {
  expect((await ask('{"words":["verify"]}', secret)).status).toBe(200)
})

it("explains what is wrong with a body that isn't JSON", async () => {
  for (const body of ['', '{', 'words', '\u0000']) {
    const response = await ask(body, secret)
    expect([body, response.status, await response.json()]).toMatchObject([body, 400, { code: 'malformed_json' }])
  }
  for (const body of ['null', '[]', '7', '{"words":7}', '{"words":[{}]}'])
    expect([body, (await ask(body, secret)).status]).toEqual([body, 404])
})

it('responds 404 to a wrong secret of any length and any characters', async () => {
  const sameLength = `${secret.slice(0, -1)}é`
  for (const guess of ['', 'x', sameLength, 'é'.repeat(secret.length), secret.slice(1), `${secret}x`])
    expect([guess, (await ask('{"words":["verify"]}', guess)).status]).toEqual([guess, 404])
})

it('responds 404 to another computer, or through a proxy, even with the secret', async () => {
  const env = { incoming: { socket: { remoteAddress: '192.0.2.7', localAddress: '127.0.0.1' } } }
  const body = '{"words":["verify"]}'
  expect((await ask(body, secret, { env })).status).toBe(404)
  expect((await ask(body, secret, { env: {} })).status).toBe(404)
  expect((await ask(body, secret, { headers: { 'x-forwarded-for': '192.0.2.7' } })).status).toBe(404)
})
