import type { EmbedForm, SubmitReferral, SubmittedReferral } from '@goodword/contracts'
import { checkValues, type FieldErrors, type FieldName, fieldNames, type Values } from './checks.ts'
import type { Say } from './language.ts'
import type { Page } from './page.ts'
import type { EmbedServer, Refusal } from './server.ts'
import { createToken } from './token.ts'

export type FormState = {
  form: EmbedForm
  step: 'form' | 'sending' | 'thanks' | 'closed'
  errors: FieldErrors
  /** Why the form as a whole was rejected, or null. */
  notice: string | null
  /** The last attempt did not reach the server. */
  unsent: boolean
  done: SubmittedReferral | null
}

export type FormModel = {
  state(): FormState
  /** Sends once; ignores further calls meanwhile. Resolves when the state has the result. */
  submit(values: Values, honeypot: string): Promise<void>
  /** Removes a field's error as soon as its value is valid. */
  recheck(values: Values, field: FieldName): void
}

type Given = {
  form: EmbedForm
  /** When the form was loaded, in milliseconds since 1970. */
  drawnAt: number
  code: string | null
  /** The campaign for a friend without a code, as set by the page. */
  campaign?: string | null
  server: EmbedServer
  say: Say
  emit: Page['emit']
  /** Called after every state change. */
  changed(): void
}

/** The API's field names. */
const paths: Record<string, FieldName> = { code: 'who', advocateName: 'who' }

/** All logic of the friend form, without a DOM. */
export function createFormModel(given: Given): FormModel {
  const { form, code, say, emit } = given
  const { asks } = form
  const unknownCode = form.closed?.code === 'code_unknown'
  const token = createToken(given.server, { text: form.formToken, at: given.drawnAt, bits: form.proofBits }, code)
  let state: FormState = {
    form,
    // If the code is unknown, ask the friend who referred them.
    step: form.closed && !unknownCode ? 'closed' : 'form',
    errors: new Map(unknownCode && form.closed ? [['who', form.closed.sentence]] : []),
    notice: null,
    unsent: false,
    done: null,
  }
  const become = (change: Partial<FormState>) => {
    state = { ...state, ...change }
    given.changed()
  }
  const check = (values: Values) => {
    const found = [...checkValues(values, form)]
    return new Map(found.map(([field, word]) => [field, say(word)]))
  }
  const referralOf = (values: Values): Omit<SubmitReferral, 'formToken'> => ({
    ...(asks === 'nothing' ? code && { code } : asks === 'code' ? { code: values.who } : { advocateName: values.who }),
    ...(asks === 'code_or_name' && given.campaign && { campaignId: given.campaign }),
    name: values.name,
    ...(values.email && { email: values.email }),
    ...(values.phone && { phone: values.phone }),
    ...(values.message && { message: values.message }),
    ...(values.answer && { answer: values.answer }),
    ...(values.consent && { consent: true }),
  })

  const explain = ({ code: reason, detail, errors }: Refusal) => {
    const explained = new Map<FieldName, string>()
    for (const { path, message } of errors || []) {
      const field = paths[path] || fieldNames.find((name) => name === path)
      if (field) explained.set(field, message)
    }
    if (reason === 'code_unknown' && asks !== 'nothing') explained.set('who', detail)
    return explained
  }

  return {
    state: () => state,
    recheck(values, field) {
      if (!state.errors.has(field) || check(values).has(field)) return
      const errors = new Map(state.errors)
      errors.delete(field)
      become({ errors })
    },
    async submit(values, honeypot) {
      if (state.step !== 'form') return
      const errors = check(values)
      if (errors.size) return become({ errors, notice: null })
      become({ step: 'sending', errors, notice: null })
      const answer = await token.send({ ...referralOf(values), website: honeypot })
      if (answer?.value) {
        become({ step: 'thanks', done: answer.value })
        return emit('submitted', { code })
      }
      const problem = answer?.problem
      const explained = problem ? explain(problem) : errors
      const notice = explained.size ? null : problem?.detail || notSent(form, say)
      become({ step: 'form', errors: explained, notice, unsent: !problem })
      if (problem) emit('refused', { code, reason: problem.code })
      else emit('error', { reason: 'unanswered' })
    },
  }
}

/** What happened and what to do, with the business's phone number when known. */
function notSent({ organization, advocate }: EmbedForm, say: Say): string {
  if (!organization.phone) return say('notSent')
  return advocate ? say('notSentSay', organization.phone, advocate.firstName) : say('notSentCall', organization.phone)
}
