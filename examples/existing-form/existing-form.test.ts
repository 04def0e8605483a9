import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listReferrals } from '../../api/src/modules/referrals/referrals.queries.ts'
import { launchBrowser } from '../../api/test/browser.ts'
import { type ExampleSite, startExampleSite } from '../test/website.ts'

let browser: Browser
let site: ExampleSite
beforeAll(async () => {
  const here = new URL('./', import.meta.url)
  ;[browser, site] = await Promise.all([launchBrowser(), startExampleSite(new URL('README.md', here), here, 3003)])
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

async function send(name: string, address: string, { down = false } = {}): Promise<string> {
  const page = await browser.newPage()
  if (down) await page.route(`${site.server.url}/**`, (route) => route.abort('connectionrefused'))
  await page.goto(address)
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Email').fill(`${name.split(' ')[0]}@mail.example`)
  // As long as a person needs, at the least.
  await page.waitForTimeout(2_600)
  await page.getByRole('button', { name: 'Send' }).click()
  const thanks = await page.getByRole('heading', { name: 'Thanks' }).innerText()
  await page.waitForLoadState('networkidle')
  await page.close()
  return thanks
}
const friends = async () =>
  (await listReferrals(site.world.ctx, { limit: 100, sort: 'oldest' })).items.map(({ friend }) => friend.name)

describe('a form that was there before, served as its README says', () => {
  it("goes to its own server with the code, and to us, for a friend who came through an advocate's link", async () => {
    const thanks = await send('Priya Shah', `${site.address}/?ref=${site.code}`)
    expect(thanks).toBe(`Thanks, Priya Shah. Your code is ${site.code}.`)
    await expect.poll(friends, { timeout: 10_000 }).toEqual(['Priya Shah'])
  })

  it('goes to its own server alone for everybody else, and when Goodword is down', async () => {
    expect(await send('Omar Haddad', site.address)).toBe('Thanks, Omar Haddad.')
    expect(await send('Lena Fischer', `${site.address}/?ref=${site.code}`, { down: true })).toMatch(
      'Thanks, Lena Fischer.',
    )
    expect(await friends()).toEqual(['Priya Shah'])
  })
})
