import type { Browser, Page, Request } from 'playwright'

/** How long a page may keep a test waiting, in milliseconds; a loaded machine is slow. */
export const patience = 30_000

const underWay = new WeakMap<Page, Set<Request>>()

/** Follows the requests of every page of this browser, so that `settled` knows which are not answered yet. */
export function followRequests(browser: Browser): Browser {
  browser.on('context', (context) => context.on('page', follow))
  return browser
}

function follow(page: Page): void {
  const open = new Set<Request>()
  underWay.set(page, open)
  page.on('request', (request) => {
    // What the page before this one asked for is nobody's affair any more, and may never be told to have ended.
    if (request.isNavigationRequest()) open.clear()
    open.add(request)
  })
  page.on('requestfinished', (request) => open.delete(request))
  page.on('requestfailed', (request) => open.delete(request))
}

/** Waits until a page has drawn what it knows: everything it asked for is answered, and nothing on it says that it is loading. */
export async function settled(page: Page): Promise<void> {
  const open = underWay.get(page)
  if (!open) throw new Error('The requests of this page were not followed from its beginning.')
  const until = Date.now() + patience
  // An answer is drawn in one frame and may ask for more in the next, so that being quiet once says nothing yet.
  for (let quiet = 0; quiet < 3; ) {
    const [asked] = open
    // Between two pages there is none to look at.
    const waits = asked?.url() ?? (await page.evaluate(stillLoading).catch(() => 'another page'))
    quiet = waits ? 0 : quiet + 1
    if (asked) await new Promise((next) => setTimeout(next, 10))
    if (Date.now() > until) throw new Error(`${page.url()} does not settle: ${waits}`)
  }
}

/** What of this page still loads, as soon as it has drawn a frame and nothing better to do; null when nothing does. */
async function stillLoading(): Promise<string | null> {
  await new Promise((next) => {
    requestAnimationFrame(() => requestIdleCallback(next, { timeout: 200 }))
    // Nobody draws a page in the background.
    setTimeout(next, 500)
  })
  if (document.readyState !== 'complete') return 'the page itself'
  return document.querySelector('[aria-busy="true"], .skeleton, .skel')?.outerHTML.slice(0, 200) ?? null
}
