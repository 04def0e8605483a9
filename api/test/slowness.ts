import type { Browser, BrowserContext, Route } from 'playwright'

/** The largest delay of a response, in milliseconds. */
const latest = 300

/**
 * Slows pages down like a slow machine on a slow line: the processor by `factor`, and each response by up to 300 ms, so
 * that responses overtake each other. This finds tests that assume something is already there.
 */
export function slowDown(browser: Browser, factor: number): Browser {
  const open = browser.newContext.bind(browser)
  browser.newContext = async (options) => slowed(await open(options), factor)
  return browser
}

async function slowed(context: BrowserContext, factor: number): Promise<BrowserContext> {
  const open = context.newPage.bind(context)
  context.newPage = async () => {
    const page = await open()
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: factor })
    return page
  }
  await context.route('**/*', late)
  return context
}

async function late(route: Route): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.random() * latest))
  // The page may be closed by now.
  await route.fallback().catch(() => {})
}
