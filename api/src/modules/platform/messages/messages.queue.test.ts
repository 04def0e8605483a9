import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deliverMessages } from '../../../../test/deliverMessages.ts'
import { createTestServices, createWorld, type TestServices, type World } from '../../../../test/harness.ts'
import type { Config } from '../../../config.ts'
import { type Services, transaction } from '../../../shared/context.ts'
import { createDelivery, type Delivery } from './delivery.ts'
import { getMessage } from './messages.queries.ts'
import { messages } from './messages.table.ts'
import { queueMessage } from './messages.ts'
import type { NewMessage } from './newMessage.ts'
import { DeliveryError } from './outgoing.ts'

let test: TestServices
let world: World
let links = 0

beforeAll(async () => {
  test = await createTestServices()
  world = await createWorld(test.services)
})
beforeEach(async () => {
  links = 0
  await test.services.database.write((tx) => tx.delete(messages))
})
afterAll(() => test.close())

const makeLink = async (kind: string) => {
  links += 1
  return `https://refer.harbor.example/${kind}#token=secret-${links}`
}
const deliver = (delivery: Delivery, services: Services = test.services) =>
  deliverMessages(services, { delivery, makeLink })
const queue = (more: Partial<NewMessage<'portal_sign_in'>> = {}) =>
  transaction(world.ctx, (tx) =>
    queueMessage(tx, {
      organizationId: tx.organizationId,
      mentions: [],
      channel: 'email',
      template: 'portal_sign_in',
      to: 'anna@mail.example',
      name: 'Anna Kowalski',
      values: { organizationName: 'Harbor & Sons' },
      link: 'portal_sign_in',
      ...more,
    }),
  )
const messageOf = (id: string) => getMessage(world.ctx, id)

describe('without a mail server', () => {
  const printed: string[] = []
  const kept = () => createDelivery(test.services, (text) => printed.push(text))
  beforeEach(() => {
    printed.length = 0
  })

  it('saves every message, and prints only a sign-in link and its recipient', async () => {
    const id = await queue()
    expect(await deliver(kept())).toBe(1)
    expect(await messageOf(id)).toMatchObject({ state: 'kept', attempts: 1, sentAt: null })
    expect(printed).toEqual([
      'Sign-in link for Anna Kowalski <anna@mail.example>:\n  https://refer.harbor.example/portal_sign_in#token=secret-1\n',
    ])
    expect(await deliver(kept())).toBe(0)
  })

  it('creates no token for a message that nobody will read outside the console', async () => {
    await queue({ link: 'portal_view' })
    await deliver(kept())
    expect(printed).toEqual([])
    expect(links).toBe(0)
  })

  it('never stores the token', async () => {
    const id = await queue()
    await deliver(kept())
    expect(JSON.stringify(await messageOf(id))).not.toContain('secret')
    expect(JSON.stringify(await test.services.database.read.select().from(messages))).not.toContain('secret')
  })

  it("prints a name as data, so it can't control the terminal", async () => {
    await queue({ name: 'Anna\u001b[2J\nSign-in link for Maya' })
    await deliver(kept())
    expect(printed.join('')).not.toContain('\u001b')
    expect(printed.join('').split('\n')).toHaveLength(3)
  })
})

describe('a mail server', () => {
  let server: SMTPServer
  let received: Email[]
  let refuse: string | null
  let config: Config
  let delivery: Delivery

  beforeEach(async () => {
    received = []
    refuse = null
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: (_, __, done) =>
        refuse ? done(Object.assign(new Error(refuse.slice(4)), { responseCode: Number(refuse.slice(0, 3)) })) : done(),
      onData: (stream, _, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
            received.push(mail)
            done()
          }, done)
        })
      },
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.server.address() as AddressInfo
    config = {
      ...test.services.config,
      smtpUrl: `smtp://127.0.0.1:${port}`,
      mailFrom: 'Harbor & Sons <hello@harbor.example>',
      publicUrl: 'https://refer.harbor.example',
    }
    delivery = createDelivery({ config })
  })
  afterEach(async () => {
    delivery.close()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  })

  it('gets text and HTML with the link filled in, and an id that stays the same', async () => {
    const id = await queue()
    await deliver(delivery)
    expect(await messageOf(id)).toMatchObject({ state: 'sent', error: null, nextAttemptAt: null })
    const [mail] = received
    expect(mail?.from).toEqual({ name: 'Harbor & Sons', address: 'hello@harbor.example' })
    expect(mail?.to).toEqual([{ name: 'Anna Kowalski', address: 'anna@mail.example' }])
    expect(mail?.subject).toBe('Your sign-in link for Harbor & Sons')
    expect(mail?.messageId).toBe(`<${id}@refer.harbor.example>`)
    expect(mail?.text).toContain('Open my portal:\nhttps://refer.harbor.example/portal_sign_in#token=secret-1')
    expect(mail?.html).toContain('href="https://refer.harbor.example/portal_sign_in#token=secret-1"')
  })

  it("isn't used for a text, which is saved when no provider is set up", async () => {
    const id = await queue({ channel: 'sms', to: '+14155550123' })
    await deliver(delivery)
    expect(await messageOf(id)).toMatchObject({ state: 'kept' })
    expect(received).toEqual([])
  })

  it('gets several messages at once, each addressed to its recipient', async () => {
    for (let index = 0; index < 20; index += 1) await queue({ to: `person${index}@mail.example` })
    let sent = 0
    for (let taken = 1; taken > 0; sent += taken) taken = await deliver(delivery)
    expect(sent).toBe(20)
    expect(new Set(received.map((mail) => mail.to?.[0]?.address)).size).toBe(20)
    expect(new Set(received.map((mail) => /token=secret-\d+/.exec(mail.text ?? '')?.[0])).size).toBe(20)
  })

  it("never gets a line break in an address, name or subject, and such a message isn't retried", async () => {
    const ids = [
      await queue({ name: 'Anna\r\nBcc: everyone@mail.example' }),
      await queue({ to: 'anna@mail.example\r\nBcc: everyone@mail.example' }),
    ]
    await deliver(delivery)
    for (const id of ids) expect(await messageOf(id)).toMatchObject({ state: 'failed', attempts: 1 })
    expect(received).toEqual([])
  })

  it("isn't asked again after a permanent rejection, but is after a temporary one", async () => {
    refuse = '550 No such mailbox'
    const gone = await queue()
    await deliver(delivery)
    expect(await messageOf(gone)).toMatchObject({ state: 'failed', error: expect.stringContaining('No such mailbox') })
    refuse = '451 Try again later'
    const busy = await queue()
    await deliver(delivery)
    expect(await messageOf(busy)).toMatchObject({ state: 'queued', error: expect.stringContaining('Try again later') })
    refuse = null
    test.clock.advance(5_000)
    await deliver(delivery)
    expect(await messageOf(busy)).toMatchObject({ state: 'sent', attempts: 2, error: null })
  })

  it('requires a single sender address', () => {
    const from = (mailFrom: string) => () => createDelivery({ config: { ...config, mailFrom } })
    expect(from('nobody')).toThrow('MAIL_FROM')
    expect(from('a@mail.example, b@mail.example')).toThrow('MAIL_FROM')
    expect(from('a@mail.example\r\nBcc: b@mail.example')).toThrow('MAIL_FROM')
  })
})

describe("a message that can't be sent", () => {
  const broken: Delivery = {
    leaves: () => true,
    deliver: () => Promise.reject(new DeliveryError('The server did not answer', false)),
    close: () => undefined,
  }

  it('is tried six times within about three hours, then is marked as failed', async () => {
    const id = await queue()
    // The six attempts are 5 s, 1 min, 5 min, 30 min and 2 h apart.
    for (const wait of [5_000, 60_000, 300_000, 1_800_000, 7_200_000]) {
      expect(await deliver(broken)).toBe(1)
      expect(await messageOf(id)).toMatchObject({ state: 'queued', error: 'The server did not answer' })
      test.clock.advance(wait - 1)
      expect(await deliver(broken)).toBe(0)
      test.clock.advance(1)
    }
    expect(await deliver(broken)).toBe(1)
    expect(await messageOf(id)).toMatchObject({ state: 'failed', attempts: 6, nextAttemptAt: null })
    test.clock.advance(86_400_000)
    expect(await deliver(broken)).toBe(0)
  })

  it("doesn't show internal errors to staff, and is retried", async () => {
    const id = await queue()
    const failing = () => Promise.reject(new Error('Failed query: insert into portal_links'))
    await deliverMessages(test.services, { delivery: broken, makeLink: failing })
    expect(await messageOf(id)).toMatchObject({
      state: 'queued',
      error: 'Something broke on our side.',
    })
  })

  it('gets a new link for each attempt', async () => {
    await queue()
    await deliver(broken)
    test.clock.advance(5_000)
    await deliver(broken)
    expect(links).toBe(2)
  })
})
