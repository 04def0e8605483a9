import { attribute, type Field, matches, queryAll, read, textOf } from './attach.dom.ts'
import { fold } from './attach.words.ts'

/** What is written on a field and around it, folded. `label` is unfolded, for people. */
export type Texts = {
  label: string
  /** Tells the field from others, also when it is another node by then. */
  key: string
  /** Each with its weight: how surely it says what the field is for. */
  own: [text: string, weight: number][]
  /** The headings above it, within the form. */
  groups: string
  autocomplete: string
}

const parentOf = (node: Node) => read<Element | null>(Node, 'parentElement', node)

/** The first sentence, without what stands in parentheses: "Email (we never share it). Required." is "Email". */
const opening = (text: string) =>
  text
    .replace(/\((?!(?:your|ihre?|tu|su|votre|seu) )[^)]*\)?/gi, ' ')
    .replace(/^[\s\d.*]+/, '')
    .replace(/\s+/g, ' ')
    .split(/[.!?:*\n]\s|[.!?:*]$|—/)[0]
    ?.slice(0, 80) ?? ''

/** The last part of `contact[0][firstName]`, `ctl00$Main$txtName` or `input_1.3` that is a word. */
function partOf(name: string): string {
  const parts = name.split(/[[\].$:]+/).filter((part) => !/^(?:\d*|value|text|field|input|data|full|phone)$/.test(part))
  const words = fold(parts.at(-1) ?? name)
  return words.replace(
    /\b(?:(?:form|fields?|inputs?|txt|text|fld|cf|ctl|mce|et pb|wpforms|elementor|acf|nf|ff|tfa|mat|mui|id|el|q|yui|data|value|user|your|required) ?|\d+ ?)+(?=[a-z])|(?: ?\d+| ?fields?| ?inputs?| ?txt| ?required)+$/g,
    '',
  )
}

const isHeading = (element: Element) => matches(element, 'legend,h1,h2,h3,h4,h5,h6,[role=heading]')

/** The nearest heading before the field on every level of the form. */
function headings(field: Element, form: Element): string {
  let text = ''
  for (let node: Element | null = field; node && node !== form; node = parentOf(node)) {
    for (let before = node.previousElementSibling; before; before = before.previousElementSibling)
      if (isHeading(before)) {
        text += ` ${textOf(before)}`
        break
      }
    text += ` ${matches(node, '[role=group],fieldset') ? named(node) : ''}`
  }
  return text
}

/** The name that assistive technology reads: aria-labelledby, else aria-label. */
function named(element: Element): string {
  const root = Node.prototype.getRootNode.call(element) as Document | ShadowRoot
  const texts = attribute(element, 'aria-labelledby')
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((id) => queryAll(root, `[id="${CSS.escape(id)}"]`).map(textOf))
  return texts.join(' ').trim() || attribute(element, 'aria-label')
}

/** The text beside a field without a label: in the box that holds no other field, or before it. */
function beside(field: Element, form: Element): string {
  const fields = (element: Element) => queryAll(element, 'input:not([type=hidden]),textarea,select').length
  let box = field
  for (let up = parentOf(box); up && up !== form && fields(up) < 2; up = parentOf(up)) box = up
  const within = textOf(box).trim()
  if (within) return within.length < 80 ? within : ''
  for (let node = box.previousSibling; node; node = node.previousSibling) {
    if (node instanceof Element && (matches(node, 'input,textarea,select') || fields(node))) return ''
    const text = textOf(node).trim()
    if (text) return text.slice(-80)
  }
  return ''
}

/** Reads a field's texts. In a custom element, also those of the element around its shadow root. */
export function textsOf(field: Field, form: Element): Texts {
  const hosts: Element[] = [field]
  for (
    let root = field.getRootNode();
    root instanceof ShadowRoot && root.host !== form;
    root = root.host.getRootNode()
  ) {
    if (form.getRootNode() === root) break
    hosts.push(root.host)
  }
  const of = (name: string) => hosts.map((host) => attribute(host, name)).find(Boolean) ?? ''
  const labels = [...(field.labels ?? [])].map(textOf).join(' ').trim() || hosts.map(named).find(Boolean) || of('label')
  const hint = of('placeholder')
  const near = labels.trim() || beside(hosts.at(-1) ?? field, form)
  const own: Texts['own'] = [
    [fold(opening(near)), 6],
    [fold(opening(hint)), 5],
    [fold(opening(of('title'))), 4],
    [partOf(of('name')), 5],
    [partOf(of('id')), 3],
  ]
  return {
    label: (near || hint || of('title') || of('name') || of('id')).replace(/\s+/g, ' ').trim().slice(0, 60),
    key: [of('name'), of('id'), near, hint].join('|'),
    own: own.filter(([text]) => text),
    groups: fold(headings(hosts.at(-1) ?? field, form)),
    autocomplete: of('autocomplete').toLowerCase(),
  }
}
