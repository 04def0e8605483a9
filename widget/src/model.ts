import type { EmbedForm, SubmittedReferral } from '@goodword/contracts'
import { checkValues, type FieldErrors, type FieldName, fieldNames, type Values } from './checks.ts'
import type { Page } from './page.ts'
import type { EmbedServer, Refusal } from './server.ts'

export type FormState = {
  form: EmbedForm
  /** Null for a visitor without a link, who types it. */
  code: string | null
  step: 'form' | 'sending' | 'thanks' | 'closed'
  errors: FieldErrors
  /** Why the whole form was not taken, or null. */
  notice: string | null
  /** The last try never reached the server. */
  unsent: boolean
  done: SubmittedReferral | null
}

export type FormModel = {
  state(): FormState
  /** Sends once; while that is under way further calls do nothing. Resolves when the state says how it went. */
  submit(values: Values, honeypot: string): Promise<void>
  /** Takes back a field's error as soon as what is typed is right. */
  recheck(values: Values, field: FieldName): void
}

type Given = {
  form: EmbedForm
  /** When the form came from the server, in milliseconds since 1970. */
  drawnAt: number
  code: string | null
  server: EmbedServer
  emit: Page['emit']
  /** Called after every change of state. */
  changed(): void
}

/** The server takes a form no younger than 2 seconds; a little more allows for its clock. */
const tokenAge = 2_200
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Everything the friend form decides, without a DOM. */
export function createFormModel({ form, drawnAt, code, server, emit, changed }: Given): FormModel {
  let token = { text: form.formToken, at: drawnAt }
  let state: FormState = {
    form,
    code,
    step: form.closed ? 'closed' : 'form',
    errors: new Map(),
    notice: null,
    unsent: false,
    done: null,
  }
  const become = (change: Partial<FormState>) => {
    state = { ...state, ...change }
    changed()
  }
  const check = (values: Values) => checkValues(values, form.organization.phone, !code)

  const send = async (values: Values, honeypot: string) => {
    await wait(token.at + tokenAge - Date.now())
    return server.submit({
      code: code ?? values.code,
      name: values.name,
      ...(values.email && { email: values.email }),
      ...(values.phone && { phone: values.phone }),
      ...(values.message && { message: values.message }),
      website: honeypot,
      formToken: token.text,
    })
  }

  /** A token that is too old, too young or used is our affair, not the friend's: get another and send once more. */
  const sendWithFreshToken = async (values: Values, honeypot: string) => {
    const first = await send(values, honeypot)
    if (!/^form_to/.test(first?.problem?.code || '')) return first
    const fresh = await server.form(code)
    if (!fresh?.value) return null
    token = { text: fresh.value.formToken, at: Date.now() }
    return send(values, honeypot)
  }

  const explain = ({ code: reason, detail, errors }: Refusal) => {
    const explained = new Map<FieldName, string>()
    for (const { path, message } of errors || []) {
      const field = fieldNames.find((name) => name === path)
      if (field) explained.set(field, message)
    }
    if (reason === 'code_unknown' && !code) explained.set('code', detail)
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
      const given = code ?? values.code
      const answer = await sendWithFreshToken(values, honeypot)
      if (answer?.value) {
        become({ step: 'thanks', done: answer.value })
        return emit('submitted', { code: given })
      }
      const problem = answer?.problem
      const explained = problem ? explain(problem) : errors
      const notice = explained.size ? null : problem?.detail || notSent(form)
      become({ step: 'form', errors: explained, notice, unsent: !problem })
      emit('refused', { code: given, reason: problem?.code || 'unanswered' })
    },
  }
}

/** What happened, then what to do, with the business's own number when we have it. */
function notSent({ organization, advocate }: EmbedForm): string {
  const say = advocate ? ` and say “${advocate.firstName} sent me”` : ''
  const call = organization.phone ? `, or call ${organization.phone}${say}` : ''
  return `Your details were not sent. They are still in the form. Try again${call}.`
}
