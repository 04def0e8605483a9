// Called through the prototype, because an element named like a method of the document hides that method.

/** Listens for an event of the page. */
export const listen = (event: string, handler: () => void, options?: AddEventListenerOptions) =>
  EventTarget.prototype.addEventListener.call(document, event, handler, options)

/** All matching elements of the page. */
export const findAll = <E extends HTMLElement>(selector: string): E[] => [
  ...(Document.prototype.querySelectorAll.call(document, selector) as NodeListOf<E>),
]

export const create = <Tag extends keyof HTMLElementTagNameMap>(tag: Tag): HTMLElementTagNameMap[Tag] =>
  Document.prototype.createElement.call(document, tag) as HTMLElementTagNameMap[Tag]

const reactions = new WeakMap<Element, (event: Event) => void>()

/**
 * Reacts to an event of the page or window for as long as the page keeps `host`, which it never says goodbye to. One
 * reaction per host.
 */
export function follow(host: Element, target: EventTarget, event: string, react: (event: Event) => void): void {
  const kept = new WeakRef(host)
  reactions.set(host, react)
  const heard = (event: Event) => {
    const alive = kept.deref()
    if (alive) reactions.get(alive)?.(event)
    else target.removeEventListener(event.type, heard)
  }
  EventTarget.prototype.addEventListener.call(target, event, heard)
}
