import { type Browser, chromium } from 'playwright-core'
import { findBrowser } from '../../scripts/browser.mjs'
import { followRequests } from './settled.ts'
import { slowDown } from './slowness.ts'

const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A Chromium without a window that talks to nobody but the pages it is given. Close it when done. */
export async function launchBrowser(): Promise<Browser> {
  // Chromium's sandbox refuses to start for root, as in most containers.
  const args = process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet
  const browser = followRequests(await chromium.launch({ executablePath: await findBrowser(), args }))
  const factor = Number(process.env.GOODWORD_SLOW ?? 1)
  return factor > 1 ? slowDown(browser, factor) : browser
}
