import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anotherWorld, createTestServices, type TestServices, type World } from '../../../../test/harness.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { messageKeys } from './messageKeys.ts'
import { getMessage, listMessages } from './messages.queries.ts'
import { messages } from './messages.table.ts'
import { queueMessage, retryMessage } from './messages.ts'
import type { NewMessage } from './newMessage.ts'

let test: TestServices
let world: World
let other: World

beforeAll(async () => {
  test = await createTestServices()
})
beforeEach(async () => {
  await test.services.database.write((tx) => tx.delete(messages))
  world = await anotherWorld(test.services)
  other = await anotherWorld(test.services, 'Bayside')
})
afterAll(() => test.close())

const released = (ctx: Ctx, more: Partial<NewMessage<'reward_released'>> = {}): NewMessage<'reward_released'> => ({
  organizationId: ctx.organizationId,
  mentions: [],
  channel: 'email',
  template: 'reward_released',
  to: 'anna@mail.example',
  name: 'Anna Kowalski',
  values: { organizationName: 'Harbor', firstName: 'Anna', amount: '$62.50' },
  link: 'portal_view',
  ...more,
})
const queue = (ctx: Ctx, more: Partial<NewMessage<'reward_released'>> = {}) =>
  transaction(ctx, (tx) => queueMessage(tx, released(ctx, more)))
const setState = (state: 'failed' | 'sent') =>
  test.services.database.write((tx) => tx.update(messages).set({ state, attempts: 6, error: 'Mailbox full' }))

describe('the outbox', () => {
  it('lists the newest first and continues where a page ended', async () => {
    for (let index = 0; index < 5; index += 1) {
      await queue(world.ctx, { to: `anna+${index}@mail.example` })
      if (index !== 2) test.clock.advance(1_000)
    }
    const first = await listMessages(world.ctx, { limit: 2 })
    const second = await listMessages(world.ctx, { limit: 2, cursor: first.nextCursor ?? '' })
    const third = await listMessages(world.ctx, { limit: 2, cursor: second.nextCursor ?? '' })
    const all = [...first.items, ...second.items, ...third.items]
    expect(all.map(({ id }) => id)).toEqual(
      all
        .map(({ id }) => id)
        .sort()
        .reverse(),
    )
    expect(all).toHaveLength(5)
    expect(third.nextCursor).toBeNull()
  })

  it('queues one message per cause, however often it is requested', async () => {
    const id = await queue(world.ctx, { idempotencyKey: 'reward:1' })
    expect(await queue(world.ctx, { idempotencyKey: 'reward:1' })).toBe(id)
    expect(await queue(other.ctx, { idempotencyKey: 'reward:1' })).not.toBe(id)
    expect((await listMessages(world.ctx, { limit: 20 })).items).toHaveLength(1)
  })

  it('queues none for a cause that an older version recorded in full', async () => {
    const id = await queue(world.ctx, { idempotencyKey: 'reward:1' })
    await test.services.database.write(async (tx) => {
      await tx.update(messages).set({ idempotencyKey: `${world.organization.id}:reward:1` })
      await messageKeys.fill(tx, [id])
      // A second time changes nothing.
      await messageKeys.fill(tx, [id])
    })
    expect(await queue(world.ctx, { idempotencyKey: 'reward:1' })).toBe(id)
  })

  it('sends nothing if the transaction is rolled back', async () => {
    const undone = transaction(world.ctx, async (tx) => {
      await queueMessage(tx, released(tx))
      throw new Error('the card was declined')
    })
    await expect(undone).rejects.toThrow('the card was declined')
    expect((await listMessages(world.ctx, { limit: 20 })).items).toEqual([])
  })

  it('shows the text to staff, but never a sign-in link', async () => {
    const { body, subject } = await getMessage(world.ctx, await queue(world.ctx))
    expect(subject).toBe('$62.50 is yours at Harbor')
    expect(body).toContain('You can use $62.50 at Harbor starting today.')
    expect(body).toContain('See your credit:\n[link hidden]')
  })

  it('never lists or returns the sign-in links of members, not even by id', async () => {
    const id = await transaction(world.ctx, (tx) =>
      queueMessage(tx, {
        organizationId: tx.organizationId,
        personId: world.owner.personId,
        mentions: [],
        channel: 'email',
        template: 'member_sign_in',
        to: 'maya@harbor.example',
        name: 'Maya Ortiz',
        values: { organizationName: 'Harbor', invited: false },
        link: 'member_sign_in',
      }),
    )
    expect((await listMessages(world.ctx, { limit: 20 })).items).toEqual([])
    await expect(getMessage(world.ctx, id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(retryMessage(world.ctx, id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('filters by state', async () => {
    await queue(world.ctx)
    await setState('sent')
    await queue(world.ctx)
    expect((await listMessages(world.ctx, { limit: 20, state: 'queued' })).items).toHaveLength(1)
    expect((await listMessages(world.ctx, { limit: 20, state: 'failed' })).items).toHaveLength(0)
  })

  it('retries a failed message, and only a failed one', async () => {
    const id = await queue(world.ctx)
    await expect(retryMessage(world.ctx, id)).rejects.toMatchObject({ code: 'message_not_retryable' })
    await setState('failed')
    const retried = await retryMessage(world.ctx, id)
    expect(retried).toMatchObject({ state: 'queued', attempts: 0, error: null })
    await expect(retryMessage(world.ctx, id)).rejects.toMatchObject({ code: 'message_not_retryable' })
  })

  it("can't see another organization's messages", async () => {
    const id = await queue(world.ctx)
    await setState('failed')
    expect((await listMessages(other.ctx, { limit: 20 })).items).toEqual([])
    await expect(getMessage(other.ctx, id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(retryMessage(other.ctx, id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await getMessage(world.ctx, id)).toMatchObject({ state: 'failed' })
  })
})
