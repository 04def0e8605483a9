import type { VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { follow } from '../document.ts'
import type { Shown } from '../ui/element.tsx'
import { Icon } from '../ui/icons.tsx'
import type { Say } from '../ui/language.ts'
import { Field, TickBox } from './fields.tsx'
import type { FormModel } from './sending.ts'
import type { FormState } from './state.ts'
import { type FieldName, fieldNames, type Values } from './values.ts'

type FriendFormProps = Pick<Shown, 'host' | 'page' | 'say'> & {
  state: FormState
  become(state: FormState): void
  /** Loads the form's logic. */
  load(): Promise<FormModel>
}

/** Tells password managers to leave the hidden field empty: only programs should fill it. */
const leftAlone = {
  'data-1p-ignore': '',
  'data-lpignore': 'true',
  'data-bwignore': '',
  'data-protonpass-ignore': 'true',
  'data-form-type': 'other',
}

/** The campaign's fields, the button, and the messages during and after submission. */
export function FriendForm({ host, page, say, state, become, load }: FriendFormProps) {
  const { form, step, notice, unsent } = state
  const node = useRef<HTMLFormElement>(null)
  const busy = step === 'sending'
  const figure = form.offer?.figure || ''

  useLayoutEffect(() => {
    const fill = () => {
      for (const name of ['name', 'phone', 'email'] as const) {
        const input = node.current?.elements.namedItem(name)
        // What a friend typed stays. What we filled in goes with whom it was of.
        if (input instanceof HTMLInputElement) input.defaultValue = page.person?.[name] || ''
      }
    }
    fill()
    follow(host, document, 'goodword:identified', fill)
  }, [])

  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const sent = event.currentTarget as HTMLFormElement
    const root = sent.getRootNode() as ShadowRoot
    const values = typed(sent)
    const trap = sent.elements.namedItem('website') as HTMLInputElement
    const honeypot = trap.value.trim()
    if (busy) return
    // A password manager may have filled it. The server asks once more, and then it should be empty.
    trap.value = ''
    become({ ...state, step: 'sending', notice: null })
    try {
      await (await load()).submit(values, honeypot)
    } catch {
      become({ ...state, step: 'form', notice: say('notSent'), unsent: true })
      page.emit('error', { reason: 'unanswered' })
    }
    root.querySelector<HTMLElement>('[aria-invalid], .done #title')?.focus()
  }
  const recheck = async ({ currentTarget, target }: Event) => {
    const { name } = target as HTMLInputElement
    const values = typed(currentTarget as HTMLFormElement)
    if (state.errors.has(name as FieldName)) (await load()).recheck(values, name as FieldName)
  }
  const prepare = () => void load().catch(() => {})

  return (
    <form ref={node} className="form" noValidate onSubmit={submit} onInput={recheck} onFocusIn={prepare}>
      {inPairs(fieldsOf(state, say))}
      <div className="sr-only" aria-hidden="true">
        <label>
          Website
          <input name="website" tabIndex={-1} autocomplete="off" {...leftAlone} />
        </label>
      </div>
      <p className="notice" part="notice" role="alert" hidden={!notice}>
        {notice && <Icon name="warning" />}
        {notice && <span>{notice}</span>}
      </p>
      <button
        type="submit"
        className={busy ? 'button' : 'button primary'}
        part="button"
        dir="auto"
        aria-disabled={busy}
        aria-busy={busy}
      >
        {busy ? say('sending') : say(unsent ? 'again' : figure ? 'claim' : 'send', figure)}
      </button>
      <span className="sr-only" role="status">
        {busy && say('busy')}
      </span>
    </form>
  )
}

function fieldsOf({ form, errors, step }: FormState, say: Say): VNode[] {
  const { asks, fields, organization } = form
  const { consent, question } = fields
  /** Beside a required field "optional"; empty if either will do; a field that is the only one is required. */
  const reach = (name: 'phone' | 'email', other: 'phone' | 'email') =>
    fields[name] === 'optional' && (fields[other] === 'optional' ? '' : fields[other] === 'required' && say('optional'))
  const about = (name: FieldName) => ({ name, error: errors.get(name), busy: step === 'sending' })
  const all = [
    asks !== 'nothing' && (
      <Field
        key="who"
        {...about('who')}
        label={say(asks === 'code' ? 'code' : 'who')}
        hint={asks === 'code_or_name' && say('whoHint')}
        autocomplete="off"
        maxLength={500}
      />
    ),
    <Field key="name" {...about('name')} label={say('name')} autocomplete="name" maxLength={100} />,
    fields.phone !== 'hidden' && (
      <Field
        key="phone"
        {...about('phone')}
        label={say('phone')}
        aside={reach('phone', 'email')}
        type="tel"
        autocomplete="tel"
        maxLength={40}
        dir="auto"
      />
    ),
    fields.email !== 'hidden' && (
      <Field
        key="email"
        {...about('email')}
        label={say('email')}
        aside={reach('email', 'phone')}
        hint={reach('email', 'phone') === '' && say('reach')}
        type="email"
        autocomplete="email"
        maxLength={254}
        dir="auto"
      />
    ),
    question && (
      <Field
        key="answer"
        {...about('answer')}
        label={question.label}
        aside={!question.required && say('optional')}
        as={question.choices.length ? 'select' : 'textarea'}
        {...(!question.choices.length && { maxLength: 2_000 })}
      >
        {question.choices.length > 0 && <option value="">{say('choose')}</option>}
        {question.choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </Field>
    ),
    fields.message !== 'hidden' && (
      <Field
        key="message"
        {...about('message')}
        label={say('message')}
        aside={fields.message === 'optional' && say('optional')}
        as="textarea"
        maxLength={2_000}
      />
    ),
    consent && (
      <TickBox
        key="consent"
        {...about('consent')}
        aside={consent.texts && say('optional')}
        wording={consent.text.replace('{organization}', organization.name)}
      />
    ),
  ]
  return all.filter((one): one is VNode => !!one)
}

/** Puts the name and the next field in one row where there is room. */
function inPairs(fields: VNode[]) {
  const at = fields.findIndex(({ key }) => key === 'name')
  return [
    ...fields.slice(0, at),
    <div key="pair" className="pair">
      {fields.slice(at, at + 2)}
    </div>,
    ...fields.slice(at + 2),
  ]
}

function typed(form: HTMLFormElement): Values {
  const data = new FormData(form)
  return Object.fromEntries(fieldNames.map((name) => [name, String(data.get(name) ?? '').trim()])) as Values
}
