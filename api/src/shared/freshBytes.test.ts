import { expect, it } from 'vitest'
import { freshBytes } from './freshBytes.ts'

it('gives as many random bytes as asked for, none of them twice', () => {
  const given = Array.from({ length: 1_000 }, () => freshBytes(24))
  const texts = given.map((bytes) => Buffer.from(bytes).toString('hex'))
  expect(new Set(texts).size).toBe(1_000)
  expect(texts.every((text) => text.length === 48)).toBe(true)
})
