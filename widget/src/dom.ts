type Attributes = Record<string, string | number | boolean | null | undefined | ((event: never) => void)>
type Child = Node | string | false | null | undefined

const svg = 'http://www.w3.org/2000/svg'
const drawn = ['svg', 'path', 'rect']

/**
 * Creates an element with attributes, listeners (`onclick`) and children. Never parses markup. Reads own properties
 * only, because a page may have extended Object.prototype.
 */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag | 'svg' | 'path' | 'rect',
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = (
    drawn.includes(tag) ? document.createElementNS(svg, tag) : document.createElement(tag)
  ) as HTMLElementTagNameMap[Tag]
  for (const name of Object.keys(attributes)) {
    const value = attributes[name]
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener)
    else set(element, name, value)
  }
  element.append(...children.filter((child) => child || child === '').map((child) => child as Node | string))
  return element
}

/** Sets or removes an attribute; true sets an empty one. */
export function set(element: Element, name: string, value: string | number | boolean | null | undefined): void {
  if (value === false || value === null || value === undefined) element.removeAttribute(name)
  else element.setAttribute(name, value === true ? '' : String(value))
}

const paths = {
  warning: 'm21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4M12 17h.01',
  done: 'M20 6 9 17l-5-5',
} as const

export const shape = (d: string) => h('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, h('path', { d }))
export const icon = (name: keyof typeof paths) => shape(paths[name])
export const mark = () => h('span', { class: 'mark', part: 'mark', lang: 'en', translate: 'no' }, 'Goodword')

/**
 * Adds a listener through the prototype, because an element named "addEventListener" hides the document's own method.
 */
export const listen = (event: string, handler: () => void, options?: AddEventListenerOptions) =>
  EventTarget.prototype.addEventListener.call(document, event, handler, options)

/** All matching elements of the page, found through the prototype for the same reason. */
export const findAll = <E extends HTMLElement>(selector: string): E[] => [
  ...(Document.prototype.querySelectorAll.call(document, selector) as NodeListOf<E>),
]
