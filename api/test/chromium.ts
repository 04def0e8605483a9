import { type Browser, chromium } from 'playwright'
import type { Environment } from 'vitest/runtime'
import { findBrowser } from '../../scripts/browser.mjs'
import { saveGrandchildrenTime } from '../../scripts/processorTime.mjs'

declare global {
  /** The browser of this process, started on first use. */
  var sharedBrowser: (() => Promise<Browser>) | undefined
  /** Its engine; Chromium unless it says otherwise. */
  var engine: 'firefox' | undefined
}

/**
 * Things a full Chromium does for windows that nobody sees. Its suggestions page for each window takes as long as the
 * tests.
 */
const unseen = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'SpareRendererForSitePerProcess']

/** Features that Playwright disables itself and that matter here, because the browser only reads the last list. */
const untrue = [
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'MediaRouter'],
  ...['HttpsFirstBalancedModeAutoEnable', 'PaintHolding', 'ThirdPartyStoragePartitioning', 'OptimizationHints'],
  ...['AvoidCorsURLLoaderRestartOnRedirect', 'NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch'],
]

/** Without a window Chromium identifies itself as HeadlessChrome, which counts as a robot's visit. */
const asPerson = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

const quiet = [
  `--user-agent=${asPerson}`,
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${[...unseen, ...untrue].join(',')}`,
]

/** A headless Chromium that connects only to the pages it is given. Close it when done. */
export async function startChromium(): Promise<Browser> {
  // Chromium's sandbox refuses to start as root, as in most containers.
  const args = process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet
  return chromium.launch({ executablePath: await findBrowser(), args })
}

/** Setup for processes that run browser tests: one Chromium for all their files, closed after the last. */
const environment: Environment = {
  name: 'chromium',
  viteEnvironment: 'ssr',
  setup() {
    let started: Promise<Browser> | undefined
    globalThis.sharedBrowser = () => {
      started ??= startChromium()
      return started
    }
    return {
      async teardown() {
        const browser = await started
        if (!browser) return
        saveGrandchildrenTime()
        await browser.close()
      },
    }
  },
}

export default environment
