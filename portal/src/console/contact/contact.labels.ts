import { type ContactAddress, type ContactDetail, languages } from '@goodword/contracts'
import { languageName } from '@goodword/words'

export const languageOptions = languages.map((value) => ({ value, label: languageName(value, 'en') }))

export const notifyOptions = [
  { value: 'all', label: 'Everything about the program' },
  { value: 'rewards', label: 'Only their rewards' },
  { value: 'none', label: 'Nothing about the program' },
] as const

export const optionLabel = <T extends string>(words: readonly { value: T; label: string }[], value: T): string =>
  words.find((one) => one.value === value)?.label ?? value

/** Who verified an address. */
export const verificationLabels: Record<ContactAddress['proof'], string> = {
  stranger: 'Not confirmed',
  staff: 'Added by your team',
  owner: 'Confirmed by them',
}

/** By what somebody agreed to texts. */
export const consentSources: Record<ContactDetail['textConsents'][number]['source'], string> = {
  form: 'in the form',
  connection: 'through a connected system',
  import: 'in an imported file',
  statement: 'by the owner’s statement',
}

export const duplicateReasonLabels: Record<ContactDetail['duplicateList'][number]['reason'], string> = {
  email_and_phone_differ: 'A form named one by email and the other by phone.',
  same_phone_other_name: 'One phone, two names: perhaps a family.',
  same_canonical_email: 'Their emails differ only by dots or a tag.',
}
