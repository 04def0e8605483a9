import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import type { Ctx } from '../src/shared/context.ts'
import { verify } from '../src/verify.ts'
import { createTestApp, type TestApp } from './app.ts'
import { anotherWorld, stranger, type World } from './harness.ts'
import { type Connected, connect, processEvents, sendEvent } from './inbound.ts'

export let test: TestApp
export let world: World
export let ctx: Ctx
export let mine: Connected

/** A server for the tests of a file. Whatever they do, every invariant holds after the last. */
export function useJobs(): void {
  beforeAll(async () => {
    test = await createTestApp()
  })
  afterAll(async () => {
    expect(await verify(test.services.database.read)).toEqual([])
    await test.close()
  })
}

/** The same, with another business for each test. */
export function useJobsOfAnother(): void {
  useJobs()
  beforeEach(() => start())
}

/** Another business, with a system that was connected an hour ago. */
export const start = async (
  kind: Parameters<typeof connect>[1] = 'standard_webhooks',
  more: Parameters<typeof connect>[2] = {},
) => {
  world = await anotherWorld(test.services)
  ctx = world.ctx
  mine = await connect(ctx, kind, more)
  // Else everything would have finished before it was connected.
  test.clock.advance(3_600_000)
}

export const send = async (body: unknown, given: Parameters<typeof sendEvent>[3] = {}) =>
  expect((await sendEvent(test, mine, body, given)).status).toBe(200)

/** Sends bodies one after the other, each applied before the next. */
export const play = async (...bodies: unknown[]) => {
  for (const body of bodies) {
    await send(body)
    await processEvents(test.services)
  }
}
/** The same, each a minute later; a function is asked for its body then. */
export const playByMinute = async (...bodies: unknown[]) => {
  for (const body of bodies) {
    test.clock.advance(60_000)
    await play(typeof body === 'function' ? body() : body)
  }
}

export const priya = stranger('Priya Shah')
export const customer = { id: 'c1', name: priya.name, email: priya.email }
export const percent = (basisPoints: number) => ({ kind: 'credit', value: { type: 'percent', basisPoints } }) as const
export const eventOf = (job: string, type: string, data: object, minutesAgo = 0) => ({
  type,
  timestamp: new Date(test.clock.now() - minutesAgo * 60_000).toISOString(),
  data: { job, ...data },
})
