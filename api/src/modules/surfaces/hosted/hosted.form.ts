import type { CampaignForm } from '@goodword/contracts'
import type { Words } from '@goodword/words/server'
import { html } from 'hono/html'
import { icon } from './hosted.icons.ts'
import type { Markup } from './hosted.layout.ts'
import type { HostedView } from './hosted.view.ts'
import { keepLanguage } from './requestLanguage.ts'

export const fieldNames = ['name', 'phone', 'email', 'message', 'answer', 'consent'] as const
export type FieldName = (typeof fieldNames)[number]

/** The submitted form as text. */
export type Typed = Record<FieldName | 'website' | 'formToken', string>

/** Parses a urlencoded body; a missing field is empty. */
export function typedFrom(body: string): Typed {
  const given = new URLSearchParams(body)
  const value = (name: string) => given.get(name)?.trim() ?? ''
  return {
    name: value('name'),
    phone: value('phone'),
    email: value('email'),
    message: value('message'),
    answer: value('answer'),
    consent: value('consent'),
    website: value('website'),
    formToken: value('formToken'),
  }
}

/** The form's values and errors. */
export type FormState = {
  typed: Partial<Typed>
  errors: ReadonlyMap<FieldName, string>
  /** Why the whole form was rejected, or null. */
  notice: string | null
  formToken: string
}

export const emptyForm = (formToken: string): FormState => ({ typed: {}, errors: new Map(), notice: null, formToken })

export function formCard(view: HostedView, state: FormState): Markup {
  const { notice } = state
  const { say } = view.speech.words
  const title = say(view.form.phone === 'hidden' ? 'hosted.form.titleEmail' : 'hosted.form.title')
  const first = fieldNames.find((name) => state.errors.has(name))
  return html`<section class="card" aria-labelledby="form-title">
<h2 id="form-title">${title}</h2><p class="lead">${leadOf(view.form, say)}</p>
<form method="post" action="${keepLanguage(view.speech, `/r/${view.enrollment.code}`)}" novalidate>
${notice && html`<p class="notice" role="alert" tabindex="-1"${first ? '' : html` autofocus`}>${icon('warning')}<span>${notice}</span></p>`}
${fieldsOf(view.form, say).map((given) => fieldOf(given, state, say, given.name === first))}
<div class="unseen" aria-hidden="true"><label>Website <input name="website" tabindex="-1" autocomplete="off" data-1p-ignore data-lpignore="true" data-bwignore data-form-type="other" data-protonpass-ignore="true" value=""></label></div>
<input type="hidden" name="formToken" value="${state.formToken}">
<button class="button" type="submit">${view.action}</button>
<p class="fine">${view.privacyNote}</p>
</form>
</section>`
}

type Field = {
  name: FieldName
  label: string
  hint?: string
  optional?: boolean
  kind?: 'text' | 'lines' | 'choice' | 'tick'
  choices?: string[]
  attributes?: Markup
}

const eitherWillDo = ({ email, phone }: CampaignForm) => email === 'optional' && phone === 'optional'
const leadOf = (form: CampaignForm, say: Words['say']) =>
  say(form.question || form.consent ? 'hosted.form.leadMore' : 'hosted.form.lead')

/** Not `required`: browsers then call an empty field invalid before anybody has sent it. */
const mustAnswer = html` aria-required="true"`

/** The fields of the campaign's form, in order. */
function fieldsOf(form: CampaignForm, say: Words['say']): Field[] {
  const required = (state: 'required' | 'optional' | 'hidden') => (state === 'required' ? mustAnswer : html``)
  const besides = !eitherWillDo(form)
  const name: Field = {
    name: 'name',
    label: say('friend.form.name'),
    attributes: html` autocomplete="name" maxlength="100"${mustAnswer}`,
  }
  const phone: Field = {
    name: 'phone',
    label: say('friend.form.phone'),
    optional: besides && form.phone === 'optional' && form.email !== 'hidden',
    attributes: html` type="tel" dir="auto" autocomplete="tel" maxlength="40"${required(form.phone)}`,
  }
  const email: Field = {
    name: 'email',
    label: say('friend.form.email'),
    optional: besides && form.email === 'optional' && form.phone !== 'hidden',
    ...(besides ? {} : { hint: say('friend.form.reach') }),
    attributes: html` type="email" dir="auto" autocomplete="email" maxlength="254"${required(form.email)}`,
  }
  const message: Field = {
    name: 'message',
    label: say('friend.form.message'),
    optional: form.message === 'optional',
    kind: 'lines',
    attributes: required(form.message),
  }
  return [
    name,
    ...(form.phone === 'hidden' ? [] : [phone]),
    ...(form.email === 'hidden' ? [] : [email]),
    ...(form.message === 'hidden' ? [] : [message]),
    ...questionOf(form.question),
    ...(form.consent ? [consentOf(form.consent)] : []),
  ]
}

const consentOf = ({ text, texts = false }: NonNullable<CampaignForm['consent']>): Field => ({
  name: 'consent',
  label: text,
  kind: 'tick',
  optional: texts,
  attributes: texts ? html`` : mustAnswer,
})

function questionOf(question: CampaignForm['question']): Field[] {
  if (!question) return []
  const { label, choices, required } = question
  const common = { name: 'answer', label, optional: !required } as const
  return choices.length > 0
    ? [{ ...common, kind: 'choice', choices, attributes: required ? mustAnswer : html`` }]
    : [{ ...common, attributes: html` maxlength="2000"${required ? mustAnswer : ''}` }]
}

/** A label, its control, and the error or hint below, connected for screen readers. */
function fieldOf(field: Field, state: FormState, say: Words['say'], focused: boolean): Markup {
  const { name, label, hint, optional, kind } = field
  const error = state.errors.get(name)
  const below = error ?? hint
  const shared = html`id="${name}" name="${name}"${error ? html` aria-invalid="true"` : ''}${
    below ? html` aria-describedby="${name}-below"` : ''
  }${focused ? html` autofocus` : ''}${field.attributes ?? ''}`
  const control = controlOf(field, shared, state.typed[name] ?? '', say)
  const labelled =
    kind === 'tick'
      ? html`<label class="consent">${control}<span dir="auto">${label}${optional ? ` (${say('friend.form.optional')})` : ''}</span></label>`
      : html`<label for="${name}">${label}${optional ? html` <span>${say('friend.form.optional')}</span>` : ''}</label>
${control}`
  return html`<div class="field">${labelled}
${below ? html`<span id="${name}-below" class="${error ? 'error' : 'hint'}">${error ? icon('warning') : ''}<span>${below}</span></span>` : ''}</div>`
}

function controlOf({ kind, choices = [] }: Field, shared: Markup, value: string, say: Words['say']): Markup {
  if (kind === 'tick')
    return html`<input type="checkbox" ${shared} value="yes"${value === 'yes' ? html` checked` : ''}>`
  if (kind === 'lines') return html`<textarea class="input" ${shared} rows="3" maxlength="2000">${value}</textarea>`
  if (kind !== 'choice') return html`<input class="input" ${shared} value="${value}">`
  const option = (choice: string) => html`<option${choice === value ? html` selected` : ''}>${choice}</option>`
  return html`<select class="input" ${shared}><option value="">${say('hosted.form.choose')}</option>${choices.map(option)}</select>`
}
