import { readFileSync } from 'node:fs'
import type { BrowserContextOptions, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type AnnasPortal, startAnnasPortal } from './annasPortal.ts'
import { startWatchedBrowser, type WatchedBrowser } from './demoConsole.ts'
import { expectAccessible } from './page.ts'

let browser: WatchedBrowser
let portal: AnnasPortal

beforeAll(async () => {
  ;[browser, portal] = await Promise.all([startWatchedBrowser({ bypassCSP: false }), startAnnasPortal()])
})
afterEach(() => browser.closePages())
afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

const phone = { viewport: { width: 390, height: 844 } }

async function visit(url: string, options: BrowserContextOptions = phone): Promise<Page> {
  const page = await browser.open(options)
  await page.goto(url)
  return page
}

async function visitHome(options?: BrowserContextOptions): Promise<Page> {
  const page = await visit(await portal.viewLink(), options)
  await page.getByRole('heading', { name: 'Thank you, Anna' }).waitFor()
  return page
}

const section = (page: Page, name: string) => page.locator('section', { has: page.getByRole('heading', { name }) })

describe('the link in a message', () => {
  it('opens the portal on a phone, and is removed from the address bar at once', async () => {
    const page = await visitHome()
    expect(page.url()).toBe(`${portal.url}/portal`)
    expect(await page.evaluate(() => history.length)).toBe(2) // about:blank and this page
    const cookies = await page.context().cookies()
    expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Lax' }])
  })

  it('shows the credit that can be used, and the credit on hold with its date', async () => {
    const page = await visitHome()
    const credit = await page.getByRole('region', { name: 'Your credit' }).innerText()
    expect(credit).toContain('$55.00') // 5 % of $1,100.00, paid 30 days ago
    expect(credit).toMatch(/\$112\.50 on the way\. Expected \w{3} \d+\./) // 5 % of $2,250.00, on hold
  })

  it("shows each friend's first name and initial only, with status, amount and reason for a hold", async () => {
    const page = await visitHome()
    const friends = await section(page, 'Your friends').innerText()
    expect(friends).toMatch(/Priya S\.\s+\$112\.50\s+Completed\s+Expected \w{3} \d+\s+Waiting because/)
    expect(friends).toMatch(/Leo M\.\s+5% back\s+Sent \w{3} \d+/)
    const everything = await page.evaluate(async () => {
      const home = await fetch('/portal/api/home')
      return document.documentElement.outerHTML + (await home.text())
    })
    for (const surname of ['Shah', 'Whitfield', 'Marchetti']) expect(everything).not.toContain(surname)
  })

  it('is needed only once: the page can be reloaded and left', async () => {
    const page = await visitHome()
    await page.reload()
    await page.getByRole('heading', { name: 'Thank you, Anna' }).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'See your credit' }).waitFor()
  })
})

describe('a sign-in link', () => {
  it('waits for a tap, works once, and then offers a new one', async () => {
    const link = await portal.signInLink()
    const page = await visit(link)
    expect(page.url()).toBe(`${portal.url}/portal`)
    await page.getByRole('button', { name: 'Open my portal' }).click()
    await page.getByRole('heading', { name: 'Thank you, Anna' }).waitFor()

    const elsewhere = await visit(link)
    await elsewhere.getByRole('button', { name: 'Open my portal' }).click()
    await elsewhere.getByRole('heading', { name: 'This link no longer works' }).waitFor()
    await elsewhere.getByLabel('Email or phone').fill('nobody@mail.example')
    await elsewhere.keyboard.press('Enter')
    await elsewhere.getByText('a link is on its way. It works for 10 minutes.').waitFor()
    await expect.poll(() => elsewhere.evaluate(() => document.activeElement?.tagName)).toBe('H1')
  })
})

describe('sharing', () => {
  it('copies the full link, though a shorter one is shown', async () => {
    const page = await visitHome({ ...phone, permissions: ['clipboard-read', 'clipboard-write'] })
    await page.getByRole('button', { name: 'Copy' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    await page.getByRole('status').filter({ hasText: 'Copied' }).waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(portal.annasLink)
    await page.getByRole('textbox', { name: 'Your link' }).focus()
    await page.keyboard.press('Control+C')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(portal.annasLink)
  })

  it('shows the QR code by keyboard, saves it, and returns the focus', async () => {
    const page = await visitHome()
    await page.getByRole('button', { name: 'QR code' }).focus()
    await page.keyboard.press('Enter')
    const popover = page.getByRole('dialog', { name: 'Your QR code' })
    await popover.getByRole('img').waitFor()
    const [picture] = await Promise.all([
      page.waitForEvent('download'),
      popover.getByRole('button', { name: 'Save image' }).click(),
    ])
    const bytes = readFileSync(await picture.path())
    expect(bytes.subarray(1, 4).toString()).toBe('PNG')
    expect(bytes.readUInt32BE(16)).toBeGreaterThanOrEqual(1_000) // its width in pixels
    await page.keyboard.press('Escape')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('QR code')
  })
})

it('a new advocate is asked who they would recommend the business to', async () => {
  const page = await visit(await portal.newcomersLink())
  await page.getByRole('heading', { name: 'Hello, Bo' }).waitFor()
  await page.getByRole('heading', { name: 'Who would you recommend us to?' }).waitFor()
  await section(page, 'Reward history').getByText('Your first reward shows up here.').waitFor()
})

it('more friends load twenty at a time, and the focus moves to the new ones', async () => {
  const page = await visit(await portal.busyLink())
  const friends = section(page, 'Your friends')
  await friends.getByText('43 referred').waitFor()
  await expect.poll(() => friends.locator('li').count()).toBe(20)
  for (const [nth, shown] of [
    [20, 40],
    [40, 43],
  ] as const) {
    await friends.getByRole('button', { name: 'Show more' }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => friends.locator('li').count()).toBe(shown)
    await expect
      .poll(() =>
        friends
          .locator('li')
          .nth(nth)
          .evaluate((row) => row === document.activeElement),
      )
      .toBe(true)
  }
  await expect.poll(() => friends.getByRole('button').count()).toBe(0)
  const names = await friends.locator('.nm').allTextContents()
  expect(new Set(names).size).toBe(43)
})

it('without a response, the last known credit stays on screen with its time', async () => {
  const page = await visitHome()
  await page.route('**/portal/api/home', (route) => route.abort())
  await page.reload()
  await page.getByText(/This is your credit as of \w{3} \d+, \d+:\d\d [AP]M\./).waitFor()
  expect(await page.getByRole('region', { name: 'Your credit' }).innerText()).toContain('$55.00')
  await page.unroute('**/portal/api/home')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('This is your credit as of').waitFor({ state: 'detached' })
})

describe('is accessible', () => {
  it.each([
    ['light', 1440],
    ['dark', 390],
  ] as const)('in the %s theme at %i px', async (colorScheme, width) => {
    const options = { colorScheme, viewport: { width, height: 900 }, bypassCSP: true } as const
    await expectAccessible(await visitHome(options))
    const signInPage = await visit(`${portal.url}/portal`, options)
    await signInPage.getByRole('button', { name: 'Send me a link' }).click()
    await signInPage.getByText('Enter your email address or your phone number.').waitFor()
    await expectAccessible(signInPage)
  })

  it.each(['light', 'dark'] as const)('with any brand color, in the %s theme', async (colorScheme) => {
    // Without animations, no color is measured while it changes.
    const page = await visitHome({ ...phone, colorScheme, bypassCSP: true, reducedMotion: 'reduce' })
    for (const brand of ['#8a2c5e', '#16507c', '#ffb31a', '#1f9d76', '#111111', '#f39ac0']) {
      await page.locator('[data-brand]').evaluate((at, color) => at.style.setProperty('--gw-brand', color), brand)
      await expectAccessible(page, ['color-contrast'])
    }
  })

  it('nothing is cut off from 320 px up, even at twice the text size', async () => {
    const page = await visitHome({ viewport: { width: 320, height: 700 } })
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(await overflow()).toBe(0)
    await page.setViewportSize({ width: 640, height: 700 })
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
    expect(await overflow()).toBe(0)
  })
})
