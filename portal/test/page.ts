import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Page } from 'playwright'
import { expect } from 'vitest'
import { patience, settled } from '../../api/test/settled.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

declare global {
  interface Window {
    axe: typeof axe
  }
}

/**
 * Gives a page as long as a loaded machine may take, and notes what went wrong in it, as it happens: exceptions, and what
 * the browser logs as an error, violated policies included.
 */
export function watch(page: Page): string[] {
  page.setDefaultTimeout(patience)
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => {
    // A refused request is part of the story; the browser logs it all the same.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      troubles.push(message.text())
    }
  })
  return troubles
}

/** Once the page has settled, axe finds nothing; with `rules`, only those are asked. The page's context must have been made with `bypassCSP`, so that axe can run in it. */
export async function hasNoBarriers(page: Page, rules: string[] = []): Promise<void> {
  await settled(page)
  await page.evaluate(axeSource)
  const found = await page.evaluate(async (runOnly) => {
    // Two frames on, a color that was just set is on the screen.
    await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))
    const changing = document.getAnimations().filter((one) => one instanceof CSSTransition)
    await Promise.allSettled(changing.map((one) => one.finished))
    const options = runOnly.length > 0 ? { runOnly } : {}
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'], ...options })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
  }, rules)
  expect(found).toEqual([])
}
