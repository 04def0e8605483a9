import type { EmbedForm, SubmitReferral } from '@goodword/contracts'
import type { Refusal } from '../request.ts'
import type { EmbedServer } from '../server.ts'
import { createToken } from '../token.ts'
import type { Say } from '../ui/language.ts'
import { checkValues } from './checks.ts'
import type { FormModel, SendingGiven } from './sending.ts'
import { type FormState, firstState } from './state.ts'
import { type FieldName, fieldNames, type Values } from './values.ts'

/** The API's field names. */
const paths: Record<string, FieldName> = { code: 'who', advocateName: 'who' }

/** All logic of the friend form, without a DOM. */
export function createFormModel(given: SendingGiven & { say: Say; server: EmbedServer }): FormModel {
  const { form, code, say, emit } = given
  const { asks } = form
  const token = createToken(given.server, { text: form.formToken, at: given.drawnAt, bits: form.proofBits }, code)
  token.begin()
  let state = firstState(form)
  const become = (change: Partial<FormState>) => {
    state = { ...state, ...change }
    given.changed(state)
  }
  const check = (values: Values) => {
    const found = [...checkValues(values, form)]
    return new Map(found.map(([field, word]) => [field, say(word)]))
  }
  /** What was typed, by its name in the API. */
  const typed = (values: Values) =>
    Object.fromEntries(
      fieldNames.flatMap((name) =>
        name !== 'who' && values[name] ? [[name, name === 'consent' || values[name]]] : [],
      ),
    )
  const referralOf = (values: Values): Omit<SubmitReferral, 'formToken'> => ({
    ...(asks === 'nothing' ? code && { code } : asks === 'code' ? { code: values.who } : { advocateName: values.who }),
    ...(asks === 'code_or_name' && given.campaign && { campaignId: given.campaign }),
    ...typed(values),
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
      const notice = explained.size ? null : problem?.detail || (answer ? notSent(form, say) : unsure(form, say))
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

/** The details may have arrived. Sending the same ones again is safe: the server takes a form once. */
const unsure = ({ organization: { phone } }: EmbedForm, say: Say): string =>
  phone ? say('unsureCall', phone) : say('unsure')
