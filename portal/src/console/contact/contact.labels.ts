import { type AuditAction, type ContactAddress, type ContactDetail, languages } from '@goodword/contracts'
import { languageName } from '@goodword/words'
import { auditActionLabel } from '../core/auditLabels.ts'

export const languageOptions = languages.map((value) => ({ value, label: languageName(value, 'en') }))

export const notifyOptions = [
  { value: 'all', label: 'Everything about the program' },
  { value: 'rewards', label: 'Only their rewards' },
  { value: 'none', label: 'Nothing of the program' },
] as const

export const optionLabel = <T extends string>(words: readonly { value: T; label: string }[], value: T): string =>
  words.find((one) => one.value === value)?.label ?? value

/** Who verified an address. */
export const verificationLabels: Record<ContactAddress['proof'], string> = {
  stranger: 'Not confirmed',
  staff: 'Confirmed by you',
  owner: 'Confirmed by them',
}

export const duplicateReasonLabels: Record<ContactDetail['duplicateList'][number]['reason'], string> = {
  email_and_phone_differ: 'A form named one by email and the other by phone.',
  same_phone_other_name: 'One phone, two names: perhaps a family.',
  same_canonical_email: 'Their emails differ only by dots or a tag.',
}

type ContactAction = Extract<AuditAction, `${'contact' | 'advocate' | 'credit' | 'portal'}.${string}`>

const actionLabels: Record<ContactAction, string> = {
  'contact.updated': 'changed the details',
  'contact.changed_by_owner': 'changed the details themselves',
  'contact.address_added': 'added an address',
  'contact.address_confirmed': 'confirmed an address',
  'contact.address_removed': 'removed an address',
  'contact.duplicate_dismissed': 'said that a duplicate is another person',
  'contact.merged': 'merged another contact into this one',
  'contact.erased': 'erased this contact',
  'advocate.invited': 'made them an advocate',
  'advocate.invited_many': 'invited them from a list',
  'advocate.invitation_resent': 'sent the invitation again',
  'advocate.code_changed': 'changed their code',
  'advocate.exceptions_set': 'set terms of their own',
  'advocate.exceptions_removed': 'took their own terms back',
  'advocate.archived': 'put the link away',
  'advocate.restored': 'brought the link back',
  'credit.adjusted': 'adjusted their credit',
  'credit.redeemed': 'recorded a redemption',
  'credit.opened': 'brought in an opening balance',
  'credit.opening_taken_back': 'took the opening balance back',
  'credit.requested': 'asked to use credit',
  'credit.request_done': 'did what was asked with the credit',
  'credit.request_refused': 'refused a request to use credit',
  'credit.request_withdrawn': 'withdrew the request to use credit',
  'portal.opened': 'opened the portal',
}

const isContactAction = (action: string): action is ContactAction => Object.hasOwn(actionLabels, action)

/** "Maya Ortiz changed the details". Actions on other subjects are introduced with "noted:". */
export const describeAction = (action: string): string =>
  isContactAction(action) ? actionLabels[action] : `noted: ${auditActionLabel(action)}`
