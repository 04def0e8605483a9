// Forms are read through prototypes, because a form's own fields hide its properties and methods: a field called
// "elements" replaces `form.elements`.

/** A text field, a select, or a custom element with a value of its own. */
export type Field = HTMLInputElement

/** The value of a property's getter, however the element's own properties are called. */
export const read = <T>(owner: { prototype: object }, name: string, element: object): T =>
  Reflect.get(owner.prototype, name, element) as T

export const attribute = (element: Element, name: string): string =>
  Element.prototype.getAttribute.call(element, name) ?? ''

export const matches = (element: Element, selector: string): boolean =>
  Element.prototype.matches.call(element, selector)

export const isForm = (element: unknown): element is HTMLFormElement => element instanceof HTMLFormElement

/** All matching elements below a document, a shadow root or an element, in document order. */
export const queryAll = <E extends Element = HTMLElement>(root: ParentNode, selector: string): E[] => {
  const { querySelectorAll } = (
    root instanceof Element ? Element : root instanceof Document ? Document : DocumentFragment
  ).prototype
  return [...(querySelectorAll.call(root, selector) as NodeListOf<E>)]
}

/** Walks a tree with its open shadow roots. */
export function walk(root: ParentNode, visit: (element: HTMLElement) => void): void {
  for (const element of queryAll(root, '*')) {
    visit(element)
    if (element.shadowRoot && !element.localName.startsWith('goodword-')) walk(element.shadowRoot, visit)
  }
}

const isField = (element: HTMLElement) =>
  matches(element, 'input,textarea,select') ||
  (element.localName.includes('-') && !element.shadowRoot && 'value' in element && 'name' in element)

/** The fields of a form or of any other container, also those in shadow roots and those linked by `form="…"`. */
export function fieldsOf(form: HTMLElement): Field[] {
  const found = new Set<HTMLElement>()
  walk(form, (element) => {
    if (isField(element)) found.add(element)
  })
  if (isForm(form))
    for (const element of read<HTMLFormControlsCollection>(HTMLFormElement, 'elements', form) as Iterable<Element>)
      if (element instanceof HTMLElement && isField(element)) found.add(element)
  return [...found] as Field[]
}

/** Whether a person can see and reach it. Fields that only machines see are traps. */
export function isShown(element: HTMLElement): boolean {
  const { left, right, top, bottom } = Element.prototype.getBoundingClientRect.call(element)
  const options = { opacityProperty: true, visibilityProperty: true, checkOpacity: true, checkVisibilityCSS: true }
  return (
    right - left > 2 &&
    bottom - top > 2 &&
    right + scrollX > 0 &&
    bottom + scrollY > 0 &&
    (Element.prototype.checkVisibility?.call(element, options as CheckVisibilityOptions) ?? true)
  )
}

/** Whether something around it hides it without hiding the field itself: a box without a size that cuts off its content. */
export function isCut(field: Element, form: Element): boolean {
  for (let box = field; box !== form; ) {
    const up = read<Element | null>(Node, 'parentElement', box)
    if (!up) return false
    const { width, height } = Element.prototype.getBoundingClientRect.call(up)
    if (Math.min(width, height) <= 2 && getComputedStyle(up).overflow !== 'visible') return true
    box = up
  }
  return false
}

/** The text of an element as one line, without its fields and buttons. */
export function textOf(node: Node | null): string {
  if (!node) return ''
  if (node.nodeType === 3) return node.nodeValue ?? ''
  if (node.nodeType !== 1 || matches(node as Element, 'select,textarea,script,style,small,button,option')) return ''
  return [...read<NodeListOf<Node>>(Node, 'childNodes', node)].map(textOf).join(' ')
}
