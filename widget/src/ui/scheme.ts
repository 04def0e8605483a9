import { attributeOf } from './attributes.ts'

/**
 * Marks the root `dark` if the page's text color is light, or as the attribute `theme` says. Checks the color
 * itself, because many dark pages never set `color-scheme`. The style sheet puts that color's lightness into
 * `outline-color` and gives `color` a short transition, so that later theme changes fire an event.
 */
export function followPage(host: Element, root: HTMLElement): void {
  const read = () => {
    const theme = attributeOf(host, 'theme')
    const lightness = Number.parseFloat(getComputedStyle(root).outlineColor.replace('oklch(', ''))
    root.classList.toggle('dark', theme ? theme === 'dark' : lightness > 0.6)
    root.classList.toggle('light', theme === 'light')
  }
  root.addEventListener('transitionend', (event) => {
    if (event.target === root) read()
  })
  new MutationObserver(read).observe(host, { attributes: true, attributeFilter: ['theme', 'data-goodword-theme'] })
  read()
}
