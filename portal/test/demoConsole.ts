import type { Browser, BrowserContextOptions, Page } from 'playwright'
import { expect } from 'vitest'
import { createMemberSignInToken } from '../../api/src/modules/platform/members/session.ts'
import { launchBrowser } from '../../api/test/browser.ts'
import { startTestServer, type TestServer } from '../../api/test/server.ts'
import { settled } from '../../api/test/settled.ts'
import { recordProblems } from './page.ts'

export const wide = { width: 1440, height: 900 }
export const phone = { width: 390, height: 844 }

/**
 * A browser that records page errors. `closePages` closes all pages and fails if one had an error; `close` ends the
 * browser.
 */
export async function startWatchedBrowser(defaults: BrowserContextOptions = {}) {
  const browser: Browser = await launchBrowser()
  const problems: string[][] = []
  async function closePages() {
    for (const context of browser.contexts()) await context.close()
    expect(problems.splice(0).flat()).toEqual([])
  }
  return {
    /** A page in its own context. */
    async open(options: BrowserContextOptions = {}): Promise<Page> {
      const context = await browser.newContext({ bypassCSP: true, ...defaults, ...options })
      const page = await context.newPage()
      problems.push(recordProblems(page))
      return page
    },
    async close(): Promise<void> {
      await closePages()
      await browser.close()
    },
    closePages,
  }
}

export type WatchedBrowser = Awaited<ReturnType<typeof startWatchedBrowser>>

/** Signs in to the console with a link, and waits for its home page. */
export async function signInWith(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Referrals', level: 1 }).waitFor()
}

/** A link that signs a member in to this server. */
export const memberLink = async (server: TestServer, personId: string): Promise<string> =>
  `${server.url}/console/sign-in#token=${await createMemberSignInToken(server.services, personId)}`

/** The demo organization with a year of data, and its owner signed in. */
export async function startDemoConsole(defaults: BrowserContextOptions = {}, settings: Record<string, string> = {}) {
  const [browser, server] = await Promise.all([
    startWatchedBrowser({ viewport: wide, ...defaults }),
    startTestServer({ DEMO: 'on', ...settings }),
  ])
  const first = await browser.open()
  await signInWith(first, server.demo.find(({ url }) => url.includes('/console/sign-in'))?.url ?? '')
  const storageState = await first.context().storageState()
  const signedIn = (options: BrowserContextOptions = {}) => browser.open({ storageState, ...options })
  return {
    server,
    browser,
    /** The page that signed in. */
    page: first,
    /** An empty page with a signed-in session. */
    signedIn,
    /** Opens a screen of the console by its path below `/console/`, signed in, and waits until it has loaded. */
    async at(path: string, options: BrowserContextOptions = {}): Promise<Page> {
      const page = await signedIn(options)
      await page.goto(`${server.url}/console/${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await settled(page)
      return page
    },
    async stop(): Promise<void> {
      try {
        await browser.close()
      } finally {
        await server.stop()
      }
    },
  }
}

export type DemoConsole = Awaited<ReturnType<typeof startDemoConsole>>
