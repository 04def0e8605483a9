import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { deliverMessages } from '../../../../test/deliverMessages.ts'
import { createWorld, type World } from '../../../../test/harness.ts'
import { readConfig } from '../../../config.ts'
import { transaction } from '../../../shared/context.ts'
import { createDelivery } from './delivery.ts'
import { getMessage } from './messages.queries.ts'
import { messages } from './messages.table.ts'
import { queueMessage } from './messages.ts'

type Said = { status: number; body: unknown }
const taken: Said = { status: 201, body: { sid: 'SM1', status: 'queued' } }

/** A server that follows Twilio's documentation of the Messages resource. */
async function startTwilio() {
  const got: { path: string; authorization: string; fields: Record<string, string> }[] = []
  const answers: Said[] = []
  const server = createServer(async (request, response) => {
    const fields = Object.fromEntries(new URLSearchParams(await textOf(request)))
    got.push({ path: request.url ?? '', authorization: request.headers.authorization ?? '', fields })
    const { status, body } = answers.shift() ?? taken
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    got,
    answers,
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

const authToken = 'a token of the tests'
const number = '+14155550142'
let twilio: Awaited<ReturnType<typeof startTwilio>>
let test: TestApp
let world: World

beforeAll(async () => {
  twilio = await startTwilio()
  test = await createTestApp({
    twilio: { accountSid: 'AC1', authToken, from: '+14155550100', baseUrl: twilio.url, answersStop: true },
  })
  world = await createWorld(test.services)
})
afterAll(async () => {
  await test.close()
  await twilio.stop()
})

const queue = (of: World = world, to = number) =>
  transaction(of.ctx, (tx) =>
    queueMessage(tx, {
      organizationId: tx.organizationId,
      mentions: [],
      channel: 'sms',
      template: 'reward_released',
      to,
      name: 'Anna Kowalski',
      values: { organizationName: 'Harbor & Sons', firstName: 'Anna', amount: '$62.50' },
    }),
  )
async function handOver() {
  const delivery = createDelivery(test.services)
  await deliverMessages(test.services, { delivery, makeLink: async () => 'https://x.example/#token=t' })
  delivery.close()
}
const rowOf = async (id: string) =>
  (await test.services.database.read.select().from(messages).where(eq(messages.id, id)))[0]

describe('a text', () => {
  it('is sent to Twilio with the account, the number and the text', async () => {
    const id = await queue()
    await handOver()
    expect(twilio.got.at(-1)).toEqual({
      path: '/2010-04-01/Accounts/AC1/Messages.json',
      authorization: `Basic ${Buffer.from(`AC1:${authToken}`).toString('base64')}`,
      fields: { To: number, From: '+14155550100', Body: 'Harbor & Sons: you can use $62.50 starting today.' },
    })
    expect((await rowOf(id))?.state).toBe('sent')
  })

  it('is retried when Twilio is busy, and is sent once', async () => {
    twilio.answers.push({ status: 429, body: { code: 20429, message: 'Too Many Requests' } })
    const id = await queue()
    const before = twilio.got.length
    await handOver()
    expect(await getMessage(world.ctx, id)).toMatchObject({ state: 'queued', error: 'Too Many Requests' })
    test.clock.advance(10_000)
    await handOver()
    expect((await rowOf(id))?.state).toBe('sent')
    expect(twilio.got.length - before).toBe(2)
  })

  it('is marked as failed, with the reason, if the number can never receive it', async () => {
    twilio.answers.push({ status: 400, body: { code: 21610, message: 'Attempt to send to unsubscribed recipient' } })
    const id = await queue()
    await handOver()
    expect(await rowOf(id)).toMatchObject({
      state: 'failed',
      error: 'They replied STOP: this number gets no more texts.',
    })
  })
})

describe('a reply', () => {
  const url = () => `${test.services.config.publicUrl}/inbound/twilio`
  const signed = (fields: Record<string, string>, token = authToken) => {
    const names = Object.keys(fields).sort()
    return createHmac('sha1', token)
      .update(url() + names.map((name) => name + fields[name]).join(''))
      .digest('base64')
  }
  const reply = (fields: Record<string, string>, signature = signed(fields)) =>
    test.app.request('/inbound/twilio', {
      method: 'POST',
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
    })

  it('of STOP ends texts to that number, and START resumes them', async () => {
    expect((await reply({ From: number, Body: ' Stop. ' })).status).toBe(200)
    const [stopped, other] = [await queue(), await queue(world, '+14155550199')]
    const before = twilio.got.length
    await handOver()
    expect(await rowOf(stopped)).toMatchObject({ state: 'suppressed', error: 'This number asked for no more texts.' })
    expect((await rowOf(other))?.state).toBe('sent')
    expect(twilio.got.length - before).toBe(1)
    await reply({ From: number, Body: 'START' })
    const again = await queue()
    await handOver()
    expect((await rowOf(again))?.state).toBe('sent')
  })

  it('that merely mentions stopping changes nothing', async () => {
    await reply({ From: number, Body: 'please stop by tomorrow' })
    expect((await rowOf(await queue()))?.state).toBe('queued')
  })

  it("with a wrong signature, or with fields that weren't signed, is rejected", async () => {
    const fields = { From: number, Body: 'STOP' }
    expect((await reply(fields, signed(fields, 'another token'))).status).toBe(404)
    expect((await reply({ ...fields, From: '+14155550000' }, signed(fields))).status).toBe(404)
    expect((await rowOf(await queue()))?.state).toBe('queued')
  })
})

it('half a provider stops startup with one sentence', () => {
  expect(() => readConfig({ TWILIO_ACCOUNT_SID: 'AC1' })).toThrow(
    'Texts need all of TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM. Set all three or none.',
  )
})
