import type { FieldName } from './checks.ts'
import { h, icon, set } from './dom.ts'

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement
export type Field = {
  name: FieldName
  node: HTMLElement
  /** Shows the error in place of the hint, or removes it. Fields are read-only while the form is being sent. */
  show(error: string | undefined, busy: boolean): void
}

type Given = {
  name: FieldName
  label: string
  /** Shown next to the label: "optional". */
  aside?: string | false
  hint?: string | false | undefined
  control: Control
}

const below = (name: string) => h('span', { id: `${name}-below` })

function writeBelow(node: HTMLElement, control: Control, hint: string, error: string | undefined) {
  const text = error || hint
  node.className = error ? 'error' : 'hint'
  set(node, 'part', error ? 'error' : 'hint')
  node.replaceChildren(...(error ? [icon('warning')] : []), h('span', {}, text))
  node.hidden = !text
  set(control, 'aria-invalid', error ? 'true' : null)
  set(control, 'aria-describedby', text ? node.id : null)
}

/** A label and control with the hint or error below, connected for assistive technology. */
export function field({ name, label, aside, hint, control }: Given): Field {
  control.id = name
  control.name = name
  control.className = 'input'
  set(control, 'part', 'input')
  const note = below(name)
  const text = h('label', { for: name, part: 'label' }, label, aside && h('span', { class: 'aside' }, ` ${aside}`))
  return {
    name,
    node: h('div', { class: 'field' }, text, control, note),
    show(error, busy) {
      if (!(control instanceof HTMLSelectElement)) control.readOnly = busy
      writeBelow(note, control, hint || '', error)
    },
  }
}

/** A checkbox with the consent text. */
export function tickBox(name: FieldName, wording: string): Field {
  const control = h('input', { type: 'checkbox', id: name, name, value: 'yes' })
  const note = below(name)
  return {
    name,
    node: h(
      'div',
      { class: 'field' },
      h('label', { class: 'check', part: 'label' }, control, h('span', {}, wording)),
      note,
    ),
    show: (error) => writeBelow(note, control, '', error),
  }
}

/** A select with the given options and none preselected. */
export const choiceOf = (choices: string[], none: string) =>
  h('select', {}, h('option', { value: '' }, none), ...choices.map((choice) => h('option', {}, choice)))
