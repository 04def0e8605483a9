import type { EmbedForm, SubmittedReferral } from '@goodword/contracts'
import type { FieldErrors } from './values.ts'

export type FormState = {
  form: EmbedForm
  step: 'form' | 'sending' | 'thanks' | 'closed'
  errors: FieldErrors
  /** Why the form as a whole was rejected, or null. */
  notice: string | null
  /** The last attempt got no answer. */
  unsent: boolean
  done: SubmittedReferral | null
}

/** If the code is unknown, the form asks the friend who referred them. */
export function firstState(form: EmbedForm): FormState {
  const { closed } = form
  const unknownCode = closed?.code === 'code_unknown'
  return {
    form,
    step: closed && !unknownCode ? 'closed' : 'form',
    errors: new Map(unknownCode ? [['who', closed.sentence]] : []),
    notice: null,
    unsent: false,
    done: null,
  }
}
