import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { verify } from '../src/verify.ts'
import { anotherWorld, createTestServices, createWorld, type TestServices, type World } from './harness.ts'

type Given = (test: TestServices, world: World) => unknown

/**
 * A database with an organization for each test. Every invariant holds at the end of it, except where the test writes
 * rows by hand and says that they don't.
 */
export function worldForEach(given: Given, { holds = true } = {}): void {
  let test: TestServices
  beforeEach(async () => {
    test = await createTestServices()
    await given(test, await createWorld(test.services))
  })
  afterEach(() => (holds ? closeProven(test) : test.close()))
}

/** One database, and in it another organization for each test, which takes less time. */
export function anotherWorldForEach(given: Given): void {
  let test: TestServices
  beforeAll(async () => {
    test = await createTestServices()
  })
  beforeEach(async () => given(test, await anotherWorld(test.services)))
  afterAll(() => closeProven(test))
}

async function closeProven(test: TestServices) {
  expect(await verify(test.services.database.read)).toEqual([])
  await test.close()
}
