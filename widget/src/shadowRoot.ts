import { h } from './dom.ts'
import { languageFor } from './language.ts'
import { followPage } from './scheme.ts'
import surface from './shadowRoot.css?inline'

export type Surface = {
  /** What everything is drawn into. */
  root: HTMLElement
  /** Puts the root into the shadow of its host; from here on the host's children are hidden. */
  show(): void
}

const shadows = new WeakSet<Element>()

/** True the first time: an element is drawn once, wherever it is moved. `release` lets the next connection try again. */
export const claim = (host: Element) => !shadows.has(host) && !!shadows.add(host)
export const release = (host: Element) => shadows.delete(host)

/**
 * A root in the colors of the organization. Constructed style sheets and no style attribute: a page that forbids inline
 * styles shows it all the same.
 */
export function createSurface(host: HTMLElement, brandColor: string, css: string): Surface {
  const root = h('div', { class: 'root', lang: languageFor(host) })
  root.style.setProperty('--organization', brandColor)
  return {
    root,
    show() {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(surface + css)
      const shadow = host.shadowRoot || host.attachShadow({ mode: 'open' })
      shadow.adoptedStyleSheets = [sheet]
      shadow.replaceChildren(root)
      followPage(host, root)
    },
  }
}
