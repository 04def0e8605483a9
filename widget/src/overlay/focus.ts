import { follow } from '../document.ts'

/**
 * Scrolls until no overlay hides the focused element, also one in a shadow root of the page or ours (WCAG 2.4.11). At the
 * end of a page, where nothing can be scrolled, the overlay is out of sight for as long as the element has the focus.
 */
export function keepFocusInSight(host: HTMLElement): void {
  const roots = new WeakSet<EventTarget>()
  const react = (event: Event) => {
    const path = event.composedPath()
    const target = path[0] as Element
    const own = host.shadowRoot?.querySelector<HTMLElement>('.root')
    if (!own) return
    own.style.translate = ''
    // Nobody outside a shadow root hears how the focus moves inside.
    for (const root of path) if (root instanceof ShadowRoot) listenIn(root)
    if (event.type === 'focusout' || host.matches(':focus-within') || !isHidden(target, own)) return
    target.scrollIntoView({ block: 'center', behavior: 'instant' })
    if (isHidden(target, own)) own.style.translate = '0 200vh'
  }
  const listenIn = (root: EventTarget) => {
    if (roots.has(root)) return
    roots.add(root)
    for (const event of ['focusin', 'focusout']) follow(host, root, event, react)
  }
  listenIn(window)
}

/** Whether the overlay is above any part of the element. What is larger than half the window always has other parts. */
function isHidden(target: Element, own: Element): boolean {
  const { top, bottom, left, right } = target.getBoundingClientRect()
  return (
    bottom - top < innerHeight / 2 &&
    [...own.querySelectorAll('.banner, .launch, .panel')].some((part) => {
      const over = part.getBoundingClientRect()
      return top < over.bottom && bottom > over.top && left < over.right && right > over.left
    })
  )
}
