import type { Page } from './page.ts'

const placed = new WeakSet<HTMLElement>()
const elements = ['form', 'share', 'banner', 'launcher']
const prefix = 'data-goodword-'

/**
 * Creates one of our elements on page builders that don't allow custom ones: `<div data-goodword="form"
 * data-goodword-campaign="cam_…">` becomes the parent of `<goodword-form campaign="cam_…">`, which shows the
 * original content until it has rendered.
 */
export function place(host: HTMLElement, _page: Page): void {
  const kind = host.getAttribute('data-goodword')
  if (!kind || !elements.includes(kind) || placed.has(host)) return
  placed.add(host)
  const element = document.createElement(`goodword-${kind}`)
  for (const { name, value } of host.attributes)
    if (name.startsWith(prefix)) element.setAttribute(name.slice(prefix.length), value)
  element.append(...host.childNodes)
  host.append(element)
}
