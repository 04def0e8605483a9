import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listReferrals } from '../../api/src/modules/surfaces/console/referrals.queries.ts'
import { launchBrowser } from '../../api/test/browser.ts'
import { type ExampleSite, startExampleSite } from '../test/website.ts'

let browser: Browser
let site: ExampleSite
beforeAll(async () => {
  const here = new URL('./', import.meta.url)
  ;[browser, site] = await Promise.all([launchBrowser(), startExampleSite(new URL('README.md', here), here, 3004)])
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

describe('a single-page application, served as its README says', () => {
  it("keeps a link's code across its views, submits a friend's details, and gets the event", async () => {
    const page = await browser.newPage()
    await page.goto(`${site.address}/?ref=${site.code}`)
    await page.getByRole('link', { name: 'Book a visit' }).click()
    await page.waitForURL(({ search }) => search === '')
    await page.getByText('Anna gave you').first().waitFor()
    await page.getByLabel('Your name').fill('Priya Shah')
    await page.getByLabel('Phone').fill('(415) 555-0142')
    await page.getByRole('button', { name: 'Claim my $20' }).click()
    await page.getByText('A friend was sent.').waitFor()
    const { items } = await listReferrals(site.world.ctx, { limit: 100, sort: 'oldest' })
    expect(items.map(({ friend }) => friend.name)).toEqual(['Priya Shah'])
    await page.close()
  })

  it('shows an advocate their link once the page identifies them', async () => {
    const page = await browser.newPage()
    await page.goto(`${site.address}/share`)
    await page.getByText('Sign in to see your link.').waitFor()
    await page.waitForFunction(() => window.Goodword?.identify)
    await page.evaluate((code) => window.Goodword?.identify({ code }), site.code)
    await page.getByRole('heading', { name: 'Give $20' }).waitFor()
    await page.close()
  })
})
