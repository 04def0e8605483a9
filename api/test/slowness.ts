import type { Browser, BrowserContext, Route } from 'playwright'

/** Milliseconds an answer takes longer, at most. */
const latest = 300

/**
 * Pages as on a slow machine at a slow line: the processor `factor` times slower, and each answer up to 300 ms later than
 * it came, so that answers overtake one another. What a test assumes to be there already is found by this.
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
  // The page may be gone by now.
  await route.fallback().catch(() => {})
}
