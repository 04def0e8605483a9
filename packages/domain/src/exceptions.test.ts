import { describe, expect, it } from 'vitest'
import { credit, fixed, percent, termsOf } from '../test/terms.ts'
import { withExceptions } from './exceptions.ts'

const terms = termsOf({ advocate: credit(percent(500)), friend: credit(fixed(2_000)) })

describe('custom terms of one advocate', () => {
  it("override the campaign's terms, and nothing else", () => {
    const advocate = credit(fixed(9_000))
    expect(withExceptions(terms, { advocate })).toEqual({ ...terms, advocate })
  })

  it('leave the terms unchanged when there are none', () => {
    expect(withExceptions(terms, null)).toEqual(terms)
  })
})
