import { html } from 'hono/html'
import { icon } from './hosted.icons.ts'
import type { Markup } from './hosted.layout.ts'
import type { HostedView } from './hosted.view.ts'

export const fieldNames = ['name', 'phone', 'email', 'message'] as const
export type FieldName = (typeof fieldNames)[number]

/** The form as it came in, all of it text. */
export type Typed = Record<FieldName | 'website' | 'formToken', string>

/** Reads a urlencoded body; a field that is missing is empty. */
export function typedFrom(body: string): Typed {
  const given = new URLSearchParams(body)
  const value = (name: string) => given.get(name)?.trim() ?? ''
  return {
    name: value('name'),
    phone: value('phone'),
    email: value('email'),
    message: value('message'),
    website: value('website'),
    formToken: value('formToken'),
  }
}

/** What is in the form, and what is wrong with it. */
export type FormState = {
  typed: Partial<Typed>
  errors: ReadonlyMap<FieldName, string>
  /** Why the whole form was not taken, or null. */
  notice: string | null
  formToken: string
}

export const emptyForm = (formToken: string): FormState => ({ typed: {}, errors: new Map(), notice: null, formToken })

export function formCard(view: HostedView, state: FormState): Markup {
  const { typed, notice } = state
  const first = fieldNames.find((name) => state.errors.has(name))
  const field = (given: Field) => fieldOf(given, state, given.name === first)
  return html`<section class="card" aria-labelledby="form-title">
<h2 id="form-title">Where should we call you?</h2><p class="lead">A name and one way to reach you. It takes half a minute.</p>
<form method="post" action="/r/${view.enrollment.code}" novalidate>
${notice && html`<p class="notice" role="alert" tabindex="-1"${first ? '' : html` autofocus`}>${icon('warning')}<span>${notice}</span></p>`}
${field({ name: 'name', label: 'Your name', attributes: html` autocomplete="name" maxlength="100" required` })}
${field({ name: 'phone', label: 'Phone', attributes: html` type="tel" autocomplete="tel" maxlength="40"` })}
${field({
  name: 'email',
  label: 'Email',
  hint: 'A phone number or an email address is enough.',
  attributes: html` type="email" autocomplete="email" maxlength="254"`,
})}
${field({ name: 'message', label: 'What do you need?', optional: true })}
<div class="unseen" aria-hidden="true"><label>Website <input name="website" tabindex="-1" autocomplete="off" value="${typed.website ?? ''}"></label></div>
<input type="hidden" name="formToken" value="${state.formToken}">
<button class="button" type="submit">${view.action}</button>
<p class="fine">${view.privacyNote}</p>
</form>
</section>`
}

type Field = { name: FieldName; label: string; hint?: string; optional?: boolean; attributes?: Markup }

/** Label, control, and below it the error or the hint, tied together for those who do not see them. */
function fieldOf({ name, label, hint, optional, attributes }: Field, state: FormState, focused: boolean): Markup {
  const error = state.errors.get(name)
  const below = error ?? hint
  const value = state.typed[name] ?? ''
  const shared = html`class="input" id="${name}" name="${name}"${error ? html` aria-invalid="true"` : ''}${
    below ? html` aria-describedby="${name}-below"` : ''
  }${focused ? html` autofocus` : ''}`
  return html`<div class="field"><label for="${name}">${label}${optional ? html` <span>optional</span>` : ''}</label>
${
  name === 'message'
    ? html`<textarea ${shared} rows="3" maxlength="2000">${value}</textarea>`
    : html`<input ${shared}${attributes ?? ''} value="${value}">`
}
${below ? html`<span id="${name}-below" class="${error ? 'error' : 'hint'}">${error ? icon('warning') : ''}<span>${below}</span></span>` : ''}</div>`
}
