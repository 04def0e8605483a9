import type { Browser, Page, Request } from 'playwright'

/** How long a test waits for a page, in milliseconds; a loaded machine is slow. */
export const patience = 30_000

const openRequests = new WeakMap<Page, Set<Request>>()

/** Tracks the requests of every page in this browser, so that `settled` knows which are still open. */
export function followRequests(browser: Browser): Browser {
  browser.on('context', (context) => context.on('page', follow))
  return browser
}

function follow(page: Page): void {
  const open = new Set<Request>()
  openRequests.set(page, open)
  page.on('request', (request) => {
    // Requests of the previous page don't matter anymore, and the browser may never report their end.
    if (request.isNavigationRequest()) open.clear()
    open.add(request)
  })
  page.on('requestfinished', (request) => open.delete(request))
  page.on('requestfailed', (request) => open.delete(request))
}

/** Waits until a page is fully rendered: all its requests are answered, and nothing on it is loading. */
export async function settled(page: Page): Promise<void> {
  const open = openRequests.get(page)
  if (!open) throw new Error('The requests of this page were not followed from its beginning.')
  const until = Date.now() + patience
  // A response is rendered in one frame and may cause more requests in the next, so being idle once isn't enough.
  for (let quiet = 0; quiet < 3; ) {
    const [asked] = open
    // During a navigation there is no page to inspect.
    const waits = asked?.url() ?? (await page.evaluate(stillLoading).catch(() => 'another page'))
    quiet = waits ? 0 : quiet + 1
    if (asked) await new Promise((next) => setTimeout(next, 10))
    if (Date.now() > until) throw new Error(`${page.url()} does not settle: ${waits}`)
  }
}

/** What this page is still loading, checked in its next idle frame; null if nothing. */
async function stillLoading(): Promise<string | null> {
  await new Promise((next) => {
    requestAnimationFrame(() => requestIdleCallback(next, { timeout: 200 }))
    // Nothing renders in a background page.
    setTimeout(next, 500)
  })
  if (document.readyState !== 'complete') return 'the page itself'
  return document.querySelector('[aria-busy="true"], .skeleton, .skel')?.outerHTML.slice(0, 200) ?? null
}
