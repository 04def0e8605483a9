import type { Browser } from 'playwright'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { launchBrowser } from '../../api/test/browser.ts'
import { type Goodword, startGoodword } from './goodword.ts'
import { type Site, startSite } from './site.ts'
import { fill, type Visit, visit } from './visit.ts'

type Options = Parameters<typeof visit>[2]

export type WidgetTest = {
  goodword: Goodword
  site: Site
  /**
   * Opens a page of the site through Anna's link in a fresh browser. After each test, no page may have reported an
   * error.
   */
  open(path: string, options?: Options): Promise<Visit>
  /** Opens a blank page, so that the test can arrange failures before the real one loads. */
  blank(options?: Options): Promise<Visit>
  /** The URL of a page of the site with Anna's code. */
  through(path: string): string
}

/** A browser, the real server and a business's website, shared by all tests of a file. */
export function setupWidgetTest(): WidgetTest {
  let browser: Browser
  const visits: Visit[] = []
  const setup = {} as WidgetTest

  beforeAll(async () => {
    const [launched, goodword, site] = await Promise.all([launchBrowser(), startGoodword(), startSite()])
    browser = launched
    await goodword.allow(site.url)
    const through = (path: string) => `${site.url}${path}?ref=${goodword.code}`
    const arrive = async (url: string, options: Options) => {
      const opened = await visit(browser, url, options)
      visits.push(opened)
      return opened
    }
    Object.assign(setup, {
      goodword,
      site,
      through,
      open: (path: string, options?: Options) => arrive(path.includes('?') ? site.url + path : through(path), options),
      blank: (options?: Options) => arrive('about:blank', options),
    })
  })
  afterEach(async () => {
    for (const open of visits.splice(0)) {
      expect(await open.takeProblems()).toEqual([])
      await open.close()
    }
  })
  afterAll(async () => {
    await browser?.close()
    setup.site?.stop()
    await setup.goodword?.stop()
  })
  return setup
}

let friends = 0
/** Asserts that the form names Anna and can be sent. With `keys`, each letter is typed. */
export async function canSend(friend: Visit, { keys = false } = {}): Promise<void> {
  friends += 1
  await friend.page.getByRole('heading', { name: 'Anna gave you $20 credit' }).waitFor()
  const email = `guest${friends}@mail.example`
  if (keys) {
    await friend.field('Your name').pressSequentially('Priya Shah')
    await friend.field('Email').pressSequentially(email)
  } else await fill(friend, { name: 'Priya Shah', email })
  await friend.send()
  await friend.page.getByText('Thanks, Priya').waitFor()
}
