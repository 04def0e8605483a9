import { auditActions } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { describeAction } from '../contact/contact.labels.ts'
import { referralActionLabel } from '../referral/auditLabels.ts'
import { groupOptions } from '../settings/audit.model.ts'
import { auditActionLabel } from './auditLabels.ts'

describe('audit trail labels', () => {
  it('cover every action, each with its own label', () => {
    const told = auditActions.map(auditActionLabel)
    for (const words of told) expect(words).toMatch(/^[A-Z][a-z’ ]+$/)
    expect(new Set(told).size).toBe(auditActions.length)
  })

  it('cover every kind of subject in the filter', () => {
    const groups = new Set(auditActions.map((action) => action.split('.')[0]))
    const choices = groupOptions('').flatMap(({ value }) => value || [])
    expect(new Set(choices)).toEqual(groups)
  })

  it('leave out the noun on the page of the referral or contact', () => {
    expect(referralActionLabel('referral.converted')).toBe('Marked as converted')
    expect(referralActionLabel('reward.refused')).toBe('Reward refused')
    expect(describeAction('credit.requested')).toBe('asked to use credit')
  })

  it('fall back to the action name when it is newer than this page', () => {
    expect(auditActionLabel('referral.cheered_for')).toBe('Referral cheered for')
  })
})
