import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { Terms } from './index.ts'

const textOf = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map(({ message }) => message)

describe('a value beyond a limit', () => {
  it('is refused with a sentence that says what to enter', () => {
    expect([
      textOf(z.int().min(1).max(10_000), 0),
      textOf(z.int().min(1).max(10_000), 10_001),
      textOf(z.number().gt(5), 5),
      textOf(z.int(), 1.5),
      textOf(z.string().min(1), ''),
      textOf(z.string().min(3), 'ab'),
      textOf(z.string().max(20), 'x'.repeat(21)),
      textOf(z.array(z.string()).min(1), []),
      textOf(z.array(z.string()).max(2), ['a', 'b', 'c']),
      textOf(z.string().max(2, 'Its own words.'), 'abc'),
    ]).toEqual(
      [
        'Enter 1 or more.',
        'Enter 10,000 or less.',
        'Enter more than 5.',
        'Enter a whole number.',
        'Fill this in.',
        'Use 3 characters or more.',
        'Use 20 characters or fewer.',
        'Add at least one.',
        'Use 2 entries or fewer.',
        'Its own words.',
      ].map((text) => [text]),
    )
  })

  it('is said so in the terms of a campaign', () => {
    expect(textOf(Terms.shape.linkDays, 401)).toEqual(['Enter 400 or less.'])
  })
})
