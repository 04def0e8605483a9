import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Page } from 'playwright'
import { expect } from 'vitest'
import { leftOutInFirefox, noAxeHosted } from '../../api/test/engine.ts'
import { patience, settled } from '../../api/test/settled.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

declare global {
  interface Window {
    axe: typeof axe
  }
}

/**
 * Sets timeouts that suit a busy machine, and records page errors as they happen: exceptions, and anything the
 * browser logs as an error, including policy violations.
 */
export function recordProblems(page: Page): string[] {
  page.setDefaultTimeout(patience)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    // Tests reject requests on purpose, and the browser logs each of them.
    if (message.type() === 'error' && !/^Failed to load resource|^Loading failed for the/.test(message.text())) {
      problems.push(message.text())
    }
  })
  return problems
}

/**
 * Asserts that axe finds nothing once the page has settled; `rules` limits which rules run. The page's context
 * needs `bypassCSP`, so that axe can run in it.
 */
export async function expectAccessible(page: Page, rules: string[] = []): Promise<void> {
  await settled(page)
  if (leftOutInFirefox('axe on hosted pages', noAxeHosted)) return
  await page.evaluate(axeSource)
  const found = await page.evaluate(async (runOnly) => {
    // A color that was just set is on screen two frames later.
    await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))
    const changing = document.getAnimations().filter((one) => one instanceof CSSTransition)
    await Promise.allSettled(changing.map((one) => one.finished))
    const options = runOnly.length > 0 ? { runOnly } : {}
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'], ...options })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
  }, rules)
  expect(found).toEqual([])
}
