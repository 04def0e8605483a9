import { create } from './document.ts'
import { hint } from './hint.ts'
import { kindOf, type Page } from './page.ts'

const placed = new WeakSet<HTMLElement>()

/**
 * Shows one of our elements where a page builder allows no custom ones: `<div data-goodword="form"
 * data-goodword-campaign="cam_…">` works like `<goodword-form campaign="cam_…">`. Nothing of the page is moved or
 * added to: the application that made the host may remove it at any time.
 */
export function place(host: HTMLElement, page: Page): void {
  const kind = kindOf(host)
  if (!kind || placed.has(host)) return
  placed.add(host)
  if (canShow(host)) page.draw('ui', host)
  else hint(`<${host.localName}> cannot show data-goodword="${kind}". Use a <div>.`)
}

/** Few elements may have a shadow root. Only the browser knows which, so we ask with another one of the same name. */
function canShow({ localName, shadowRoot }: HTMLElement): boolean {
  if (shadowRoot || localName.includes('-')) return !shadowRoot
  try {
    return !!create(localName as 'div').attachShadow({ __proto__: null, mode: 'open' } as ShadowRootInit)
  } catch {
    return false
  }
}
