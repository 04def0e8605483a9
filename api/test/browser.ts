import { type Browser, chromium } from 'playwright'
import { findBrowser } from '../../scripts/browser.mjs'
import { followRequests } from './settled.ts'
import { slowDown } from './slowness.ts'

/** Without a window Chromium calls itself HeadlessChrome, and a robot's visit is not counted. */
const asPerson = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

const quiet = [
  `--user-agent=${asPerson}`,
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
