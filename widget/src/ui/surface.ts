import { render, type VNode } from 'preact'
import { create } from '../document.ts'
import { followPage } from './scheme.ts'
import surface from './surface.css?inline'

/** Drawing takes several tasks: during a long one, the page could not react. */
const nextTask = () => new Promise((go) => setTimeout(go))

/** Keys typed in our fields are no shortcuts of the page. Escape and Tab also belong to a dialog around us. */
function keepKeys(event: KeyboardEvent): void {
  if (event.key !== 'Tab' && event.key !== 'Escape') event.stopPropagation()
}

/**
 * Renders `view` into the shadow root of `host`, in the organization's colors; the host's own children are hidden from
 * then on. Uses a constructed style sheet and no style attributes, so that it works on pages that forbid inline styles.
 */
export async function show(
  host: HTMLElement,
  view: VNode,
  look: { css: string; lang: string; brandColor: string },
): Promise<void> {
  const root = create('div')
  root.className = 'root'
  root.lang = look.lang
  root.style.setProperty('--organization', look.brandColor)
  for (const event of ['keydown', 'keypress', 'keyup'] as const) root.addEventListener(event, keepKeys)
  await nextTask()
  render(view, root)
  await nextTask()
  styles.set(host, surface + look.css)
  // Somebody else may have been shown before.
  const shadow = host.shadowRoot ?? host.attachShadow({ __proto__: null, mode: 'open' } as ShadowRootInit)
  dress(host)
  shadow.replaceChildren(root)
  followPage(host, root)
}

const styles = new WeakMap<Element, string>()

/** A style sheet is of one document, and an application may have moved the element to that of a frame. */
export function dress(host: HTMLElement): void {
  const { shadowRoot, ownerDocument } = host
  const view = ownerDocument.defaultView as (Window & typeof globalThis) | null
  const css = styles.get(host)
  if (!shadowRoot || !view || css === undefined) return
  const sheet = new view.CSSStyleSheet()
  sheet.replaceSync(css)
  shadowRoot.adoptedStyleSheets = [sheet]
}
