import { afterAll, beforeAll, expect } from 'vitest'
import { listJobEvents } from '../src/modules/program/jobs/jobEvents.queries.ts'
import { listJobs } from '../src/modules/program/jobs/jobs.queries.ts'
import type { Ctx } from '../src/shared/context.ts'
import { verify } from '../src/verify.ts'
import { createTestApp, type TestApp } from './app.ts'
import { anotherWorld, type World } from './harness.ts'
import { type Connected, connect, processEvents, sendEvent } from './inbound.ts'

export let test: TestApp
export let world: World
export let ctx: Ctx
export let mine: Connected

/** A server for the tests of a file. Whatever they do, every invariant holds after the last. */
export function useJobEvents(): void {
  beforeAll(async () => {
    test = await createTestApp()
  })
  afterAll(async () => {
    expect(await verify(test.services.database.read)).toEqual([])
    await test.close()
  })
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
export const ago = (minutes: number) => new Date(test.clock.now() - minutes * 60_000).toISOString()
export const event = (type: string, minutesAgo: number, data: object) => ({
  type,
  timestamp: ago(minutesAgo),
  data: { job: '4471', ...data },
})
export const rosa = { id: 'c1', name: 'Rosa Medina', email: 'rosa@mail.example', phone: '+16285550117' }
export const allJobs = async () => (await listJobs(ctx, { limit: 100 })).items
export const events = async () => (await listJobEvents(ctx, { limit: 100 })).items
