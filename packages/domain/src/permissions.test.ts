import { roles } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { mayChangeMember, mayConvert, mayReverse } from './permissions.ts'

describe('permissions', () => {
  it.each([
    [true, ['owner', 'admin', 'staff']],
    [false, ['owner', 'admin']],
  ])('if staff may convert is %s, these roles may: %j', (staffMayConvert, expected) => {
    expect(roles.filter((role) => mayConvert(role, { staffMayConvert }))).toEqual(expected)
  })

  it.each([
    ['owner', [...roles]],
    ['admin', ['admin', 'staff', 'agent']],
    ['staff', []],
    ['agent', []],
  ] as const)('an %s may change and assign the roles %j', (actor, subjects) => {
    expect(roles.filter((subject) => mayChangeMember(actor, subject))).toEqual(subjects)
  })

  it.each([
    ['their own at once', true, 0, [...roles, null]],
    ['their own after ten minutes', true, 600_000, [...roles, null]],
    ['their own later', true, 600_001, ['owner', 'admin']],
    ["another's at once", false, 0, ['owner', 'admin']],
  ])('allows these roles to reverse a conversion: %s', (_, own, after, expected) => {
    const may = [...roles, null].filter((role) => mayReverse({ role, own }, { convertedAt: 0 }, after))
    expect(may).toEqual(expected)
  })
})
