import { text } from 'node:stream/consumers'
import { ConvertReferral } from '@goodword/contracts'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressFor } from '../../api/src/modules/people/contacts/contacts.ts'
import { changeLeaderboardChoice } from '../../api/src/modules/people/contacts/selfService.ts'
import { addSite } from '../../api/src/modules/platform/organizations/sites.ts'
import { convertReferral } from '../../api/src/modules/program/conversions/conversions.ts'
import { createPortalLink } from '../../api/src/modules/surfaces/portal/portal.ts'
import { transaction } from '../../api/src/shared/context.ts'
import { createWorld, stranger, type World } from '../../api/test/harness.ts'
import { startTestServer, type TestServer } from '../../api/test/server.ts'
import { type Site, startSite, tag } from '../../widget/test/site.ts'
import { memberLink, phone, signInWith, startWatchedBrowser, type WatchedBrowser, wide } from './demoConsole.ts'
import { expectAccessible } from './page.ts'

const longName = `${'Wilhelmina '.repeat(6)}Featherstonehaugh`

/** The leaderboard in the console, on its page, on a website and in the portal. */
describe('the leaderboard', () => {
  let server: TestServer
  let browser: WatchedBrowser
  let world: World
  let site: Site
  let page: Page
  const people = new Map<string, { id: string; contactId: string }>()
  let friends = 0
  let campaignId = ''

  beforeAll(async () => {
    ;[browser, server, site] = await Promise.all([
      startWatchedBrowser({ viewport: wide }),
      startTestServer(),
      startSite(),
    ])
    world = await createWorld(server.services)
    await addSite(world.ctx, { origin: site.url })
    const tier = { from: 5, value: { type: 'fixed', amount: 10_000 } } as const
    const campaign = await world.campaign({ tiers: [tier] })
    campaignId = campaign.id
    for (const [name, closed, shown] of [
      ['Dana Whitfield', 5, true],
      ['Luis Ferreira', 3, true],
      [longName, 3, true],
      ['Joanna Reyes', 2, false],
    ] as const) {
      const one = await world.advocate(campaign.id, stranger(name))
      people.set(name, one)
      if (shown) await transaction(world.ctx, (tx) => changeLeaderboardChoice(tx, one.contactId, true))
      for (let n = 0; n < closed; n += 1) {
        friends += 1
        const { id } = await world.referral(one.id, stranger(`Friend Number${friends}`))
        await convertReferral(world.ctx, id, ConvertReferral.parse({ jobValue: 10_000, notify: false }))
      }
    }
    page = await browser.open()
    await signInWith(page, await memberLink(server, world.owner.personId))
  })
  afterAll(async () => {
    await browser?.close()
    site?.stop()
    await server?.stop()
  })

  const rows = (on: Page) => on.locator('table.leaderboard tbody tr')
  const textOf = async (on: Page, selector: string) =>
    (await on.locator(selector).allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim())

  it('is a page of Advocates, reached and used with keys, and shown to everyone by one switch', async () => {
    await page.goto(`${server.url}/console/advocates`)
    await page.getByRole('cell', { name: 'Top tier, $100.00' }).waitFor()
    await page.getByRole('cell', { name: '1 more until $100.00' }).first().waitFor()
    // Their friends were entered by staff.
    expect(await page.getByText('No visits yet').count()).toBe(4)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Show: Active' }).click()
    await page.getByRole('menuitemradio', { name: 'Asked, not opened' }).click()
    await page.getByText('Nobody was asked without opening it').waitFor()
    await page.getByRole('button', { name: 'Show all advocates' }).click()
    await page.getByRole('link', { name: 'Leaderboard' }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => rows(page).count()).toBe(4)
    expect((await textOf(page, 'table.leaderboard tbody tr')).map((row) => row.slice(0, 12))).toEqual([
      '1 DW Dana Wh',
      ...(await textOf(page, 'table.leaderboard tbody tr')).slice(1, 3).map((row) => row.slice(0, 12)),
      '4 JR Joanna ',
    ])
    expect(await textOf(page, 'table.leaderboard tbody tr:first-child')).toEqual([
      '1 DW Dana Whitfield 5 5 100% $120.00 Dana W. Place 1',
    ])
    expect((await textOf(page, 'table.leaderboard td:first-child')).slice(1, 3)).toEqual(['2 shared', '2 shared'])
    await page.getByText('Not listed').waitFor()
    await page.getByText('3 of 4').waitFor()
    await expectAccessible(page)
    const exported = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Export' }).focus()
    await page.keyboard.press('Enter')
    expect((await text(await (await exported).createReadStream())).split('\r\n').length).toBe(6)
    await page.getByRole('radio', { name: 'This quarter' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.waitForURL(/period=year/)
    const everyone = page.getByRole('checkbox', { name: /^Show it to everyone/ })
    await everyone.focus()
    await page.keyboard.press('Space')
    await page.getByText('Everyone can see the leaderboard.').waitFor()
    await page.getByText('<goodword-leaderboard').waitFor()
    await page.getByRole('button', { name: 'Change' }).click()
    await page.getByLabel('Ends with').fill('Our Neighbors')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Use letters, digits and single dashes.').waitFor()
    await page.getByLabel('Ends with').fill('our-neighbors')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText(/\/l\/our-neighbors$/).waitFor()
    await page.setViewportSize(phone)
    await expectAccessible(page)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
    await page.setViewportSize(wide)
  })

  it('follows the tiers of a campaign: the editor says what each referral pays while they are typed', async () => {
    await page.goto(`${server.url}/console/campaigns/${campaignId}`)
    const each = page.getByRole('table', { name: 'What each referral pays' })
    const rowsOf = async () =>
      (await each.getByRole('row').allInnerTexts()).map((row) => row.replace(/\s+/g, ' ').trim())
    await each.waitFor()
    expect((await rowsOf()).slice(4, 8)).toEqual([
      '4th $60.00 $20.00 $80.00',
      '5th $100.00 $20.00 $120.00',
      '6th $100.00 $20.00 $120.00',
      'Six $440.00 $120.00 $560.00',
    ])
    await page.getByRole('textbox', { name: 'Reward from the 5th friend on' }).fill('150')
    await expect.poll(async () => (await rowsOf())[5]).toBe('5th $150.00 $20.00 $170.00')
    await page.getByText('The 7th and later pay $150.00.').waitFor()
    await page.getByText('5th and every one after. Was $100.00').waitFor()
    await page.getByRole('button', { name: 'Add a tier' }).click()
    await page.getByRole('textbox', { name: 'Reward from the 6th friend on' }).fill('150')
    await page.getByRole('alert').getByText('Pays the same as from the 5th friend on.').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Discard' }).click()
  })

  it('has a page for everyone that works without scripts', async () => {
    const guest = await browser.open({ javaScriptEnabled: false, viewport: phone })
    await guest.goto(`${server.url}/l/our-neighbors`)
    expect((await textOf(guest, '.ranks .who b')).map((name) => name.slice(0, 11)).sort()).toEqual(
      ['Dana W.', 'Luis F.', 'Wilhelmina '].sort(),
    )
    await guest.getByRole('link', { name: 'All time' }).click()
    await guest.getByRole('heading', { name: 'All time' }).waitFor()
    const seeing = await browser.open({ viewport: phone, colorScheme: 'dark' })
    await seeing.goto(`${server.url}/l/our-neighbors`)
    await expectAccessible(seeing)
    const overflow = await seeing.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
  })

  it('is an element on a website, whose children show until there is something to show', async () => {
    site.put(
      '/',
      `${tag({ url: server.url, key: world.publishableKey })}<main><h1>Neighbors</h1><goodword-leaderboard>Ask us.</goodword-leaderboard></main>`,
    )
    const guest = await browser.open()
    await guest.goto(site.url)
    await guest.getByText('Dana W.').waitFor()
    expect(await guest.evaluate(() => document.body.innerText)).not.toContain('Ask us.')
    expect(await guest.getByText('shared', { exact: true }).count()).toBe(2)
    const bars = guest.locator('progress')
    expect(await bars.evaluateAll((all) => all.map((one) => (one as HTMLProgressElement).position))).toEqual([
      1, 0.6, 0.6,
    ])
    await guest.getByRole('button', { name: 'All time' }).focus()
    await guest.keyboard.press('Enter')
    await expect.poll(() => guest.getByRole('button', { name: 'All time' }).getAttribute('aria-pressed')).toBe('true')
    expect(await guest.getByRole('status').textContent()).toBe('All time')
    await expectAccessible(guest)
  })

  it('lets an advocate see their place in the portal, and switch their name on with one key', async () => {
    const { contactId = '' } = people.get('Joanna Reyes') ?? {}
    const reach = await addressFor(world.ctx, contactId)
    const link = { contactId, addressId: reach?.addressId ?? '', scope: 'full' } as const
    const token = await transaction(world.ctx, (tx) => createPortalLink(tx, link))
    const joanna = await browser.open({ viewport: phone })
    await joanna.goto(`${server.url}/portal#sign-in=${token}`)
    await joanna.getByRole('button', { name: /portal|Sign in|Open/i }).click()
    await joanna
      .getByText('You’d be in 4th place if you were listed. One more friend who books ties you for 2nd place.')
      .waitFor()
    await expectAccessible(joanna)
    const show = joanna.getByRole('checkbox', { name: /Show me on the leaderboard/ })
    await show.focus()
    await joanna.keyboard.press('Space')
    await joanna.getByText('You, as Joanna R.').waitFor()
    await expectAccessible(joanna)
    const guest = await browser.open()
    await guest.goto(`${server.url}/l/our-neighbors`)
    await guest.getByText('Joanna R.').waitFor()
  })
})
