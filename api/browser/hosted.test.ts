import type { Browser, BrowserContextOptions, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible, recordProblems } from '../../portal/test/page.ts'
import { summarizeReferrals } from '../src/modules/surfaces/console/referrals.summary.queries.ts'
import { contextFor } from '../src/shared/context.ts'
import { launchBrowser } from '../test/browser.ts'
import { leftOutInFirefox, noAxeHosted, possible } from '../test/engine.ts'
import { createWorld, type World } from '../test/harness.ts'
import { startTestServer, type TestServer } from '../test/server.ts'
import { typedLikeAPerson } from '../test/typing.ts'

/** The darkest, the brightest and colors in between that a business may choose. */
const brands = ['#16507c', '#8a2c5e', '#f2c94c', '#0b0b0b', '#2f9e44', '#e8590c']
/** Each theme once, each at another width, because colors don't depend on the width. */
const looks = possible([
  { width: 1440, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
  { width: 320, colorScheme: 'light' },
] as const)

let browser: Browser
let server: TestServer
let world: World
let address: string

beforeAll(async () => {
  ;[browser, server] = await Promise.all([launchBrowser(), startTestServer()])
  world = await createWorld(server.services)
  const campaign = await world.campaign({}, { termsText: 'One offer for each household.' })
  const anna = await world.advocate(campaign.id, { name: 'Anna Kowalski', email: 'anna@mail.example' })
  address = `${server.url}/r/${anna.code}`
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

async function visit(options: BrowserContextOptions, work: (page: Page, troubles: string[]) => Promise<void>) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const troubles = recordProblems(page)
  await page.goto(address)
  await work(page, troubles)
  await context.close()
}

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

describe('the hosted page', () => {
  it.each(looks)("is accessible and doesn't scroll sideways, $width wide, $colorScheme", async (look) => {
    const { width, colorScheme } = look
    await visit({ viewport: { width, height: 844 }, colorScheme, bypassCSP: true }, async (page) => {
      await page.getByText('Terms of this offer').click()
      await expectAccessible(page)
      expect(await overflow(page)).toBe(0)
      await page.getByLabel('Phone').fill('12345')
      await page.getByRole('button', { name: 'Claim my $20' }).click()
      await page.getByText('Enter your name.').waitFor()
      await expectAccessible(page)
      expect(await overflow(page)).toBe(0)
    })
  })

  it.skipIf(leftOutInFirefox('axe on hosted pages', noAxeHosted)).each(brands)(
    'is readable in the color %s',
    async (brand) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await visit({ colorScheme, bypassCSP: true }, async (page) => {
          await page.addStyleTag({ content: `:root{--gw-brand:${brand}}` })
          await expectAccessible(page, ['color-contrast'])
        })
      }
    },
  )

  it('shows the form beside the offer on a desktop, and below it on a phone', async () => {
    for (const [width, beside] of [
      [1440, true],
      [390, false],
    ] as const) {
      await visit({ viewport: { width, height: 844 } }, async (page) => {
        const offer = await page.locator('.slip').boundingBox()
        const form = await page.locator('.card').boundingBox()
        expect((form?.y ?? 0) < (offer?.y ?? 0) + (offer?.height ?? 0)).toBe(beside)
      })
    }
  })

  it('keeps its words whole at twice the text size', async () => {
    await visit({ viewport: { width: 390, height: 844 } }, async (page) => {
      await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
      expect(await overflow(page)).toBe(0)
      const initials = page.locator('.avatar')
      expect(await initials.evaluate((one) => one.scrollHeight <= one.clientHeight)).toBe(true)
      const [name, call] = [await page.locator('.top b').boundingBox(), await page.locator('.top a').boundingBox()]
      expect(call?.y).toBeGreaterThanOrEqual((name?.y ?? 0) + (name?.height ?? 0))
    })
  })

  it('can be filled in with the keyboard and without a script: an error, the correction, the thank-you page', async () => {
    await visit({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } }, async (page, troubles) => {
      await page.getByLabel('Phone').focus()
      await page.keyboard.type('(415) 555-0142')
      await page.keyboard.press('Enter')
      await page.getByText('Enter your name.').waitFor()
      const drawnAt = Date.now()
      expect(await page.locator(':focus').getAttribute('id')).toBe('name')
      await page.keyboard.type('Priya Shah')
      for (const field of ['phone', 'email', 'message']) {
        await page.keyboard.press('Tab')
        expect(await page.locator(':focus').getAttribute('id')).toBe(field)
      }
      await page.keyboard.type('The kitchen drain is slow.')
      await typedLikeAPerson(drawnAt)
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      const thanks = page.getByRole('heading', { name: 'Thanks, Priya. Your $20 credit is saved.' })
      await thanks.waitFor()
      await page.reload()
      await thanks.waitFor()
      expect(troubles).toEqual([])
    })
    const ctx = contextFor(server.services, world.organization.id, { type: 'system' })
    expect((await summarizeReferrals(ctx)).counts.pending).toBe(1)
  })

  it('violates none of its own content security policy', async () => {
    await visit({}, async (page, troubles) => {
      await page.getByText('Terms of this offer').click()
      expect(await page.locator('.button').evaluate((button) => getComputedStyle(button).minHeight)).toBe('46px')
      expect(troubles).toEqual([])
    })
  })
})
