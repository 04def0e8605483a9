import type { Browser } from 'playwright'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { launchBrowser } from '../../api/test/browser.ts'
import { type Goodword, startGoodword } from './goodword.ts'
import { type Site, startSite } from './site.ts'
import { fill, type Visit, visit } from './visit.ts'

type Options = Parameters<typeof visit>[2]

export type CampaignContext = {
  goodword: Goodword
  site: Site
  /** Opens a page of the site through Anna's link, in a fresh browser. After each test no page may have had any trouble. */
  open(path: string, options?: Options): Promise<Visit>
  /** Opens nothing yet, so that the test can arrange what fails before the page loads. */
  blank(options?: Options): Promise<Visit>
  /** The address of a page of the site with Anna's code. */
  through(path: string): string
}

/** A browser, the real server and the website of a business, for all tests of a file. */
export function setScene(): CampaignContext {
  let browser: Browser
  const visits: Visit[] = []
  const scene = {} as CampaignContext

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
    Object.assign(scene, {
      goodword,
      site,
      through,
      open: (path: string, options?: Options) => arrive(path.includes('?') ? site.url + path : through(path), options),
      blank: (options?: Options) => arrive('about:blank', options),
    })
  })
  afterEach(async () => {
    for (const open of visits.splice(0)) {
      expect(await open.takeTroubles()).toEqual([])
      await open.close()
    }
  })
  afterAll(async () => {
    await browser?.close()
    scene.site?.stop()
    await scene.goodword?.stop()
  })
  return scene
}

let friends = 0
/** The form is there, names Anna, and can be sent. */
export async function canSend(friend: Visit): Promise<void> {
  friends += 1
  await friend.page.getByRole('heading', { name: 'Anna gave you $20 credit' }).waitFor()
  await fill(friend, { name: 'Priya Shah', email: `guest${friends}@mail.example` })
  await friend.send()
  await friend.page.getByText('Thanks, Priya').waitFor()
}
