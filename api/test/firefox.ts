import { fileURLToPath } from 'node:url'
import { type Browser, firefox } from 'playwright'
import type { Environment } from 'vitest/runtime'

const program = fileURLToPath(new URL('firefoxProgram.mjs', import.meta.url))

/** An installed Firefox without a window, driven through WebDriver BiDi. Close it when done. */
const startFirefox = (): Promise<Browser> =>
  firefox.launch({
    channel: 'moz-firefox',
    executablePath: program,
    firefoxUserPrefs: {
      // A strict policy forbids the icon that the browser would ask for.
      'browser.chrome.site_icons': false,
      // Nothing answers there, so that the browser reaches only this computer.
      'network.proxy.type': 1,
      'network.proxy.http': '127.0.0.1',
      'network.proxy.http_port': 9,
      'network.proxy.ssl': '127.0.0.1',
      'network.proxy.ssl_port': 9,
      'network.proxy.no_proxies_on': 'localhost, 127.0.0.1',
    },
  })

/** Setup for processes that run browser tests in Firefox: one for all their files, closed after the last. */
const environment: Environment = {
  name: 'firefox',
  viteEnvironment: 'ssr',
  setup() {
    let started: Promise<Browser> | undefined
    globalThis.engine = 'firefox'
    globalThis.sharedBrowser = () => {
      started ??= startFirefox()
      return started
    }
    return {
      async teardown() {
        globalThis.engine = undefined
        await (await started)?.close()
      },
    }
  },
}

export default environment
