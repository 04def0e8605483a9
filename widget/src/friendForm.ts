import type { FieldName, Values } from './checks.ts'
import { h, icon, set } from './dom.ts'
import { choiceOf, type Field, field, tickBox } from './fields.ts'
import type { Say } from './language.ts'
import type { FormModel } from './model.ts'
import type { Person } from './page.ts'

type FriendForm = { node: HTMLFormElement; update(): void; fill(person: Person): void }

/** The campaign's fields, the button, and the messages during and after submission. */
export function friendForm(model: FormModel, say: Say): FriendForm {
  const { form } = model.state()
  const fields = fieldsOf(model, say)
  const notice = h('p', { class: 'notice', part: 'notice', role: 'alert' })
  const button = h('button', { type: 'submit', part: 'button', dir: 'auto' })
  const status = h('span', { class: 'sr-only', role: 'status' })
  const trap = h('input', { name: 'website', tabindex: -1, autocomplete: 'off' })
  const node = h(
    'form',
    {
      class: 'form',
      novalidate: true,
      onsubmit: (event: SubmitEvent) => {
        event.preventDefault()
        const honeypot = trap.value.trim()
        model.submit(typed(node), honeypot)
      },
      oninput: ({ target }: Event) => {
        const { name } = target as HTMLInputElement
        if (name) model.recheck(typed(node), name as FieldName)
      },
    },
    ...inPairs(fields),
    h('div', { class: 'sr-only', 'aria-hidden': 'true' }, h('label', {}, 'Website', trap)),
    notice,
    button,
    status,
  )
  const figure = form.offer?.figure
  return {
    node,
    update() {
      const { errors, step, notice: why, unsent } = model.state()
      const busy = step === 'sending'
      for (const one of fields) one.show(errors.get(one.name), busy)
      notice.hidden = !why
      notice.replaceChildren(...(why ? [icon('warning'), h('span', {}, why)] : []))
      button.className = busy ? 'button' : 'button primary'
      set(button, 'aria-disabled', busy ? 'true' : null)
      set(button, 'aria-busy', busy ? 'true' : null)
      button.textContent = busy ? say('sending') : say(unsent ? 'again' : figure ? 'claim' : 'send', figure || '')
      status.textContent = busy ? say('busy') : ''
    },
    fill(person) {
      for (const name of ['name', 'phone', 'email'] as const) {
        const input = node.elements.namedItem(name)
        if (input instanceof HTMLInputElement && !input.value) input.value = person[name] || ''
      }
    },
  }
}

function fieldsOf(model: FormModel, say: Say): Field[] {
  const { asks, fields, organization } = model.state().form
  const { consent, question } = fields
  const eitherReaches = fields.phone === 'optional' && fields.email === 'optional'
  const input = (attributes: Record<string, string | number>) => h('input', attributes)
  const reach = (name: 'phone' | 'email') => fields[name] === 'optional' && !eitherReaches && say('optional')
  const area = () => h('textarea', { rows: 2, maxlength: 2_000 })
  const all: (Field | false | null)[] = [
    asks !== 'nothing' &&
      field({
        name: 'who',
        label: say(asks === 'code' ? 'code' : 'who'),
        hint: asks === 'code_or_name' && say('whoHint'),
        control: input({ autocomplete: 'off', maxlength: 100 }),
      }),
    field({ name: 'name', label: say('name'), control: input({ autocomplete: 'name', maxlength: 100 }) }),
    fields.phone !== 'hidden' &&
      field({
        name: 'phone',
        label: say('phone'),
        aside: reach('phone'),
        control: input({ type: 'tel', autocomplete: 'tel', maxlength: 40, dir: 'auto' }),
      }),
    fields.email !== 'hidden' &&
      field({
        name: 'email',
        label: say('email'),
        aside: reach('email'),
        hint: eitherReaches && say('reach'),
        control: input({ type: 'email', autocomplete: 'email', maxlength: 254, dir: 'auto' }),
      }),
    question &&
      field({
        name: 'answer',
        label: question.label,
        aside: !question.required && say('optional'),
        control: question.choices.length ? choiceOf(question.choices, say('choose')) : area(),
      }),
    fields.message !== 'hidden' &&
      field({
        name: 'message',
        label: say('message'),
        aside: fields.message === 'optional' && say('optional'),
        control: area(),
      }),
    consent && tickBox('consent', consent.text.replace('{organization}', organization.name)),
  ]
  return all.filter((one) => !!one)
}

/** Puts the name and the next field in one row where there is room. */
function inPairs(fields: Field[]): Node[] {
  const at = fields.findIndex(({ name }) => name === 'name')
  const nodes = fields.map(({ node }) => node)
  const pair = h('div', { class: 'pair' }, ...nodes.slice(at, at + 2))
  return [...nodes.slice(0, at), pair, ...nodes.slice(at + 2)]
}

function typed(form: HTMLFormElement): Values {
  const data = new FormData(form)
  const value = (name: FieldName) => String(data.get(name) ?? '').trim()
  return {
    who: value('who'),
    name: value('name'),
    phone: value('phone'),
    email: value('email'),
    message: value('message'),
    answer: value('answer'),
    consent: value('consent'),
  }
}
