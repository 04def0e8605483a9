import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listReferrals } from '../../api/src/modules/surfaces/console/referrals.queries.ts'
import { launchBrowser } from '../../api/test/browser.ts'
import { settled } from '../../api/test/settled.ts'
import { typedLikeAPerson } from '../../api/test/typing.ts'
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

async function fillIn(page: Page, name: string) {
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Email').fill(`${name.split(' ')[0]}@mail.example`)
}
async function send(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Send' }).click()
  return page.getByRole('heading', { name: 'Thanks' }).innerText()
}
const friends = async () =>
  (await listReferrals(site.world.ctx, { limit: 100, sort: 'oldest' })).items.map(({ friend }) => friend.name)

describe("a website's own form, served as its README says", () => {
  it("goes to its own server with the code, and to us, for a friend who came through an advocate's link", async () => {
    const page = await browser.newPage()
    const drawn = page.waitForResponse(`${site.server.url}/embed/form*`)
    await page.goto(`${site.address}/?ref=${site.code}`)
    await drawn
    await settled(page)
    const drawnAt = Date.now()
    await fillIn(page, 'Priya Shah')
    // Submitting leaves the page, so data sent too early would not be sent at all.
    await typedLikeAPerson(drawnAt)
    expect(await send(page)).toBe(`Thanks, Priya Shah. Your code is ${site.code}.`)
    await expect.poll(friends).toEqual(['Priya Shah'])
    await page.close()
  })

  it('goes only to its own server for everyone else, and if Goodword is down', async () => {
    const page = await browser.newPage()
    await page.goto(site.address)
    await fillIn(page, 'Omar Haddad')
    expect(await send(page)).toBe('Thanks, Omar Haddad.')
    await page.route(`${site.server.url}/**`, (route) => route.abort('connectionrefused'))
    await page.goto(`${site.address}/?ref=${site.code}`)
    await fillIn(page, 'Lena Fischer')
    expect(await send(page)).toMatch('Thanks, Lena Fischer.')
    await settled(page)
    expect(await friends()).toEqual(['Priya Shah'])
    await page.close()
  })
})
