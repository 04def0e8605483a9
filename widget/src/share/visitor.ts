import { listen } from '../document.ts'
import { hint } from '../hint.ts'
import type { Page } from '../page.ts'
import { attributeOf } from '../ui/attributes.ts'
import { mount, partOf } from '../ui/ui.ts'
import { kit } from './kit.ts'

type IdentityPart = typeof import('../identity/identity.tsx')

const hintAfterMs = 3_000
const againAfterMs = 3_000
const followed = new WeakSet<Element>()

/** A share panel that is nobody's by its attribute shows whomever the page identifies, now and later. */
export function followVisitor(host: HTMLElement, page: Page): void {
  if (followed.has(host) || attributeOf(host, 'code')) return
  followed.add(host)
  const kept = new WeakRef(host)
  listen('goodword:identified', () => {
    const alive = kept.deref()
    if (alive) show(alive, page)
  })
}

/** A share panel without a code waits until the page says who the visitor is, and says so to whoever builds the page. */
export function unasked(host: HTMLElement, page: Page): undefined {
  followVisitor(host, page)
  if (page.source) show(host, page)
  setTimeout(() => {
    if (!page.person?.code && page.source === undefined)
      hint('<goodword-share> has no code. Set its attribute "code", or call Goodword.identify with a code or a token.')
  }, hintAfterMs)
}

/** Whoever is identified by a token has a part of their own. */
async function show(host: HTMLElement, page: Page): Promise<void> {
  try {
    if (page.source !== undefined) (await partOf<IdentityPart>(page, 'identity')).show(host, page, kit)
    if (page.person?.code) await mount(host, page)
  } catch {
    setTimeout(show, againAfterMs, host, page)
  }
}
