import { follow } from '../document.ts'

/** Scrolls until no overlay hides the focused element (WCAG 2.4.11). */
export function keepFocusInSight(host: HTMLElement): void {
  follow(host, window, 'focusin', ({ target }) => {
    if (!(target instanceof Element) || host.contains(target) || !host.isConnected) return
    const over = host.getBoundingClientRect()
    const { top, bottom, left, right } = target.getBoundingClientRect()
    const covered = top >= over.top && bottom <= over.bottom && left >= over.left && right <= over.right
    if (covered && getComputedStyle(host).position === 'fixed') target.scrollIntoView({ block: 'center' })
  })
}
