import { follow } from '../document.ts'

/**
 * Scrolls until no overlay hides the focused element, also one in a shadow root of the page or ours (WCAG 2.4.11). At the
 * end of a page, where nothing can be scrolled, the overlay is invisible for as long as the element has the focus.
 */
export function keepFocusInSight(host: HTMLElement): void {
  const roots = new WeakSet<EventTarget>()
  const react = (event: Event) => {
    const path = event.composedPath()
    const [target] = path
    const own = host.shadowRoot?.querySelector('.root')
    own?.classList.remove('aside')
    // Nobody outside a shadow root hears how the focus moves inside.
    for (const root of path) if (root instanceof ShadowRoot) listenIn(root)
    if (event.type === 'focusout' || !(target instanceof Element) || isInside(target, host)) return
    if (getComputedStyle(host).position !== 'fixed' || !isHidden(target, host)) return
    target.scrollIntoView({ block: 'center', behavior: 'instant' })
    own?.classList.toggle('aside', isHidden(target, host))
  }
  const listenIn = (root: EventTarget) => {
    if (roots.has(root)) return
    roots.add(root)
    for (const event of ['focusin', 'focusout']) follow(host, root, event, react)
  }
  listenIn(window)
}

function isInside(target: Element, host: Element): boolean {
  for (let at: Element | undefined = target; at; at = (at.getRootNode() as Partial<ShadowRoot>).host)
    if (at === host) return true
  return false
}

/** Whether the overlay is above any part of the element. What is larger than half the window always has other parts. */
function isHidden(target: Element, host: Element): boolean {
  const { top, bottom, left, right } = target.getBoundingClientRect()
  const above = (part: Element) => {
    const over = part.getBoundingClientRect()
    return top < over.bottom && bottom > over.top && left < over.right && right > over.left
  }
  const parts = host.shadowRoot?.querySelectorAll('.banner, .launch, .panel:not([hidden])') ?? []
  return bottom - top < innerHeight / 2 && [...parts].some(above)
}
