/**
 * Marks the root `dark` while the page around it writes in a light color, or as the attribute `theme` says. The color itself
 * is asked, because many dark pages never say `color-scheme`. The style sheet puts that color's lightness into
 * `outline-color` and gives `color` a short transition, so that a page that changes its theme later is noticed.
 */
export function followPage(host: Element, root: HTMLElement): void {
  const read = () => {
    const theme = host.getAttribute('theme')
    const lightness = Number.parseFloat(getComputedStyle(root).outlineColor.replace('oklch(', ''))
    root.classList.toggle('dark', theme ? theme === 'dark' : lightness > 0.6)
    root.classList.toggle('light', theme === 'light')
  }
  root.addEventListener('transitionend', (event) => {
    if (event.target === root) read()
  })
  new MutationObserver(read).observe(host, { attributes: true, attributeFilter: ['theme'] })
  read()
}
