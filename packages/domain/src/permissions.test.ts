import { roles } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { mayChangeMember, mayConvert } from './permissions.ts'

describe('who may what', () => {
  it.each([
    [true, ['owner', 'admin', 'staff']],
    [false, ['owner', 'admin']],
  ])('where staff may convert is %s, these do: %j', (staffMayConvert, expected) => {
    expect(roles.filter((role) => mayConvert(role, { staffMayConvert }))).toEqual(expected)
  })

  it.each([
    ['owner', [...roles]],
    ['admin', ['admin', 'staff', 'agent']],
    ['staff', []],
    ['agent', []],
  ] as const)('an %s changes and names %j', (actor, subjects) => {
    expect(roles.filter((subject) => mayChangeMember(actor, subject))).toEqual(subjects)
  })
})
