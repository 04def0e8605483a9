import { expect, it } from 'vitest'
import { readFragment } from './fragment.ts'

it('the fragment says which kind of link it is', () => {
  expect(readFragment('#token=abc123')).toEqual({ kind: 'view', token: 'abc123' })
  expect(readFragment('#address=abc123')).toEqual({ kind: 'address', token: 'abc123' })
  expect(readFragment('#sign-in=abc123')).toEqual({ kind: 'sign-in', token: 'abc123' })
})

it('anything else is ignored', () => {
  for (const fragment of ['', '#', '#token=', '#friends', '#other=abc123']) expect(readFragment(fragment)).toBeNull()
})
