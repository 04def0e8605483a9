import { auditActions } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { actionInWords } from '../contact/contact.words.ts'
import { referralAuditWords } from '../referral/auditWords.ts'
import { groupChoices } from '../settings/audit.model.ts'
import { auditWords } from './auditWords.ts'

describe('the audit trail in words', () => {
  it('tells everything that can have been done, each in its own words', () => {
    const told = auditActions.map(auditWords)
    for (const words of told) expect(words).toMatch(/^[A-Z][a-z’ ]+$/)
    expect(new Set(told).size).toBe(auditActions.length)
  })

  it('is filtered by what it is about, whatever that is', () => {
    const groups = new Set(auditActions.map((action) => action.split('.')[0]))
    const choices = groupChoices('').flatMap(({ value }) => value || [])
    expect(new Set(choices)).toEqual(groups)
  })

  it('needs no noun beside the referral or contact it is about', () => {
    expect(referralAuditWords('referral.converted')).toBe('Marked as converted')
    expect(referralAuditWords('reward.refused')).toBe('Reward refused')
    expect(actionInWords('credit.requested')).toBe('asked to use credit')
  })

  it('reads what is newer than this page as it is called', () => {
    expect(auditWords('referral.cheered_for')).toBe('Referral cheered for')
  })
})
