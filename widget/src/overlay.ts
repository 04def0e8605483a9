import { shape } from './dom.ts'

export const cross = () => shape('M18 6 6 18M6 6l12 12')

/** Scrolls until no overlay hides the focused element (WCAG 2.4.11). */
export function keepFocusInSight(host: HTMLElement): void {
  addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element) || host.contains(target) || !host.isConnected || !host.shadowRoot) return
    const over = host.getBoundingClientRect()
    const { top, bottom, left, right } = target.getBoundingClientRect()
    const covered = top >= over.top && bottom <= over.bottom && left >= over.left && right <= over.right
    if (covered && getComputedStyle(host).position === 'fixed') target.scrollIntoView({ block: 'center' })
  })
}
