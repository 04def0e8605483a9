import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright'
import { startChromium } from './chromium.ts'
import { followRequests } from './settled.ts'
import { slowDown } from './slowness.ts'

let shared: Promise<Browser> | undefined

/**
 * A browser for one test file: the one shared by all files of this process, or its own if none is shared. It
 * tracks only the contexts it opened, and closing it closes those.
 */
export async function launchBrowser(): Promise<Browser> {
  if (!globalThis.sharedBrowser) return prepared(await startChromium())
  shared ??= globalThis.sharedBrowser().then(prepared)
  return partOf(await shared)
}

function prepared(browser: Browser): Browser {
  const factor = Number(process.env.GOODWORD_SLOW ?? 1)
  return factor > 1 ? slowDown(followRequests(browser), factor) : followRequests(browser)
}

function partOf(browser: Browser): Browser {
  const opened = new Set<BrowserContext>()
  const newContext = async (options?: BrowserContextOptions) => {
    const context = await browser.newContext(options)
    opened.add(context)
    context.once('close', () => opened.delete(context))
    return context
  }
  const own: Partial<Browser> = {
    newContext,
    async newPage(options) {
      const context = await newContext(options)
      const page = await context.newPage()
      page.once('close', () => context.close())
      return page
    },
    contexts: () => [...opened],
    async close() {
      await Promise.all([...opened].map((context) => context.close()))
    },
  }
  return new Proxy(browser, {
    get(target, name) {
      const value: unknown = Reflect.get(name in own ? own : target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
