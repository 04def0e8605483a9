import { listen } from '../document.ts'
import { hint } from '../hint.ts'
import type { Page } from '../page.ts'

const hintAfterMs = 3_000

/** A share panel without a code waits until the page says who the visitor is, and says so to whoever builds the page. */
export function awaitVisitor(page: Page, identified: () => void): void {
  listen('goodword:identified', identified, { once: true })
  setTimeout(() => {
    if (!page.person?.code)
      hint('<goodword-share> has no code. Set its attribute "code", or call Goodword.identify({ code }).')
  }, hintAfterMs)
}
