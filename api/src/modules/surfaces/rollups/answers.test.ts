import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestServices, createWorld, stranger, type TestServices, type World } from '../../../../test/harness.ts'
import { answeredOnce } from './answers.ts'

let test: TestServices
let world: World
let other: World
beforeAll(async () => {
  test = await createTestServices()
  world = await createWorld(test.services)
  other = await createWorld(test.services, 'Other & Co')
})
afterAll(() => test.close())

it('a question about figures is answered anew only once they have changed', async () => {
  const campaign = await world.campaign()
  const anna = await world.advocate(campaign.id)
  const ask = answeredOnce<number>()
  let answers = 0
  const answer = async () => {
    answers += 1
    return answers
  }
  expect(await ask(world.ctx, ['a'], answer)).toBe(1)
  expect(await ask(world.ctx, ['a'], answer)).toBe(1)
  expect(await ask(world.ctx, ['b'], answer)).toBe(2)
  expect(await ask(other.ctx, ['a'], answer)).toBe(3)
  await world.referral(anna.id, stranger('Priya Shah'))
  expect(await ask(world.ctx, ['a'], answer)).toBe(4)
  expect(await ask(other.ctx, ['a'], answer)).toBe(3)
})

it('an answer that failed is asked for again', async () => {
  const ask = answeredOnce<number>()
  const failing = () => ask(world.ctx, [], () => Promise.reject(new Error('The disk is full.')))
  await expect(failing()).rejects.toThrow('The disk is full.')
  expect(await ask(world.ctx, [], async () => 1)).toBe(1)
})
