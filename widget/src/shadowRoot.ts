import { h } from './dom.ts'
import { languageFor } from './language.ts'
import { followPage } from './scheme.ts'
import surface from './shadowRoot.css?inline'

export type Surface = {
  /** The root that everything is rendered into. */
  root: HTMLElement
  /** Attaches the shadow root, which hides the host's children. */
  show(): void
}

const shadows = new WeakSet<Element>()

/** True the first time: an element is rendered once, even if it is moved. `release` lets the next connection retry. */
export const claim = (host: Element) => !shadows.has(host) && !!shadows.add(host)
export const release = (host: Element) => shadows.delete(host)

/**
 * A root in the organization's colors. Uses constructed style sheets and no style attributes, so that it works on
 * pages that forbid inline styles.
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
