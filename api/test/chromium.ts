import { type Browser, chromium } from 'playwright'
import type { Environment } from 'vitest/runtime'
import { findBrowser } from '../../scripts/browser.mjs'
import { saveGrandchildrenTime } from '../../scripts/processorTime.mjs'

declare global {
  /** The Chromium of this process, started when it is first asked for. */
  var sharedChromium: (() => Promise<Browser>) | undefined
}

/** What a full Chromium does for the windows that nobody sees: a page of suggestions for each takes as long as the tests. */
const unseen = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'SpareRendererForSitePerProcess']

/** What Playwright turns off itself, as far as it matters here: the browser listens to the last list only. */
const untrue = [
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'MediaRouter'],
  ...['HttpsFirstBalancedModeAutoEnable', 'PaintHolding', 'ThirdPartyStoragePartitioning', 'OptimizationHints'],
  ...['AvoidCorsURLLoaderRestartOnRedirect', 'NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch'],
]

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
  `--disable-features=${[...unseen, ...untrue].join(',')}`,
]

/** A Chromium without a window that talks to nobody but the pages it is given. Close it when done. */
export async function startChromium(): Promise<Browser> {
  // Chromium's sandbox refuses to start for root, as in most containers.
  const args = process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet
  return chromium.launch({ executablePath: await findBrowser(), args })
}

/** What surrounds the files of a process that runs browser tests: one Chromium for all of them, closed after the last. */
const environment: Environment = {
  name: 'chromium',
  viteEnvironment: 'ssr',
  setup() {
    let started: Promise<Browser> | undefined
    globalThis.sharedChromium = () => {
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
