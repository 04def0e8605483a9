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
  const page = await browser.open({ reducedMotion: 'reduce', ...options })
  await page.goto(url)
  return page
}

async function signedIn(options?: BrowserContextOptions): Promise<Page> {
  const page = await visit(await portal.signInLink(), options)
  await page.getByRole('button', { name: 'Open my portal' }).click()
  await page.getByRole('heading', { name: 'Thank you, Anna' }).waitFor()
  return page
}

describe('using credit', () => {
  it('is requested by keyboard, shows its status, and can be withdrawn', async () => {
    const page = await signedIn()
    await page.getByRole('button', { name: 'Use it' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Use your credit' })
    await dialog.waitFor()
    await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe('55.00')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('60')
    await page.keyboard.press('Enter')
    await dialog.getByText('You can use up to $55.00.').waitFor()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('20')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await page.getByText(/Asked for \w{3} \d+, \d{4}\. Harbor & Sons will get back to you\./).waitFor()
    await page.getByRole('button', { name: 'Withdraw the request for $20.00' }).click()
    await page.getByText('Credit you asked to use').waitFor({ state: 'detached' })
  })

  it('needs a fresh sign-in link for someone who came through a message, sent with one tap', async () => {
    const page = await visit(await portal.viewLink())
    const before = await portal.signInsSent()
    await page.getByRole('button', { name: 'Use it' }).click()
    await page.getByRole('button', { name: 'Send me a sign-in link' }).click()
    await page.getByText('A link is on its way.').waitFor()
    expect(await portal.signInsSent()).toBe(before + 1)
  })
})

it('an expired link sends a new one with one tap, to the address it was sent to', async () => {
  const page = await visit(await portal.expiredLink())
  await page.getByRole('heading', { name: 'This link no longer works' }).waitFor()
  const before = await portal.signInsSent()
  await page.getByRole('button', { name: 'Send me a new link' }).click()
  await page.getByText('A link is on its way.').waitFor()
  expect(await portal.signInsSent()).toBe(before + 1)
})

it('an advocate in two campaigns switches between them, and the URL says which one is shown', async () => {
  const page = await signedIn()
  await page.getByLabel('Campaign').selectOption({ label: 'Autumn' })
  await page.getByRole('heading', { name: 'Get 5% back for a friend' }).waitFor()
  expect(page.url()).toContain('campaign=')
  await page.reload()
  await page.getByRole('heading', { name: 'Get 5% back for a friend' }).waitFor()
  await page.getByRole('heading', { name: 'Terms' }).click()
  await page.getByText('One for each household.').waitFor()
})

it('a customer of two businesses switches between them once both have confirmed their address', async () => {
  const page = await signedIn()
  expect(await page.getByLabel('Business').count()).toBe(0)
  await portal.confirmAddressElsewhere()
  await page.reload()
  await page.getByLabel('Business').selectOption({ label: 'Bayside Electric' })
  await page.getByRole('heading', { name: 'Hello, Anna' }).waitFor()
  expect(await page.locator('body').innerText()).not.toContain('Priya')
  await page.getByLabel('Business').selectOption({ label: 'Harbor & Sons' })
  await page.getByRole('heading', { name: 'Thank you, Anna' }).waitFor()
})

describe('sharing', () => {
  it("uses the advocate's own text, which stays on this device", async () => {
    const page = await signedIn()
    await page.getByText('Edit the message').click()
    await page.getByLabel('Your message, before the link').fill('They fixed our boiler:')
    const hrefOf = async () =>
      decodeURIComponent((await page.getByRole('link', { name: 'WhatsApp' }).getAttribute('href')) ?? '')
    expect(await hrefOf()).toContain('They fixed our boiler: ')
    await page.reload()
    await page.getByRole('link', { name: 'WhatsApp' }).waitFor()
    expect(await hrefOf()).toContain('They fixed our boiler: ')
  })

  it('prints a card with the offer and the code, and nothing else', async () => {
    const page = await signedIn()
    await page.getByRole('button', { name: 'QR code' }).click()
    await page.getByRole('button', { name: 'Print a card' }).waitFor()
    await page.emulateMedia({ media: 'print' })
    await page.locator('.page').waitFor({ state: 'hidden' })
    const card = page.locator('.printcard')
    await card.waitFor()
    expect(await card.innerText()).toContain('$20 credit after your first plumbing visit')
  })
})

describe('the account', () => {
  const account = async (options?: BrowserContextOptions) => {
    const page = await signedIn(options)
    await page.getByRole('button', { name: 'Your account' }).first().click()
    await page.getByRole('heading', { name: 'Where we reach you' }).waitFor()
    return page
  }

  it('uses the language they choose, now and when they come back, also for amounts and dates', async () => {
    const page = await account()
    await page.getByLabel('Language').selectOption({ label: 'Deutsch' })
    await page.getByRole('heading', { name: 'Ihr Konto' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
    await page.getByRole('button', { name: 'Zurück zu meinem Guthaben' }).click()
    await page.getByRole('heading', { name: 'Vielen Dank, Anna' }).waitFor()
    expect(await page.getByRole('region', { name: 'Ihr Guthaben' }).innerText()).toMatch(/\d+,\d\d\s\$/)
    await page.reload()
    await page.getByRole('heading', { name: 'Vielen Dank, Anna' }).waitFor()
    await page.getByRole('button', { name: 'Ihr Konto' }).first().click()
    await page.getByLabel('Sprache').selectOption({ label: 'English' })
    await page.getByRole('heading', { name: 'Your account' }).waitFor()
  })

  it('saves the name and preferences, and returns to the previous page', async () => {
    const page = await account()
    expect(page.url()).toContain('page=account')
    await page.getByLabel('Your name').fill('Anna Nowak')
    await page.keyboard.press('Enter')
    await page.getByText('Saved.').waitFor()
    await page.getByRole('radio', { name: 'My rewards only' }).check()
    await page.getByRole('checkbox', { name: 'Show my first name' }).uncheck()
    const friendsRead = page.locator('section', { has: page.getByRole('heading', { name: 'What friends read' }) })
    await friendsRead.getByText('Saved.').waitFor()
    await page.reload()
    await page.getByRole('radio', { name: 'My rewards only', checked: true }).waitFor()
    expect(await page.getByRole('checkbox', { name: 'Show my first name' }).isChecked()).toBe(false)
    expect(await page.getByLabel('Your name').inputValue()).toBe('Anna Nowak')
    await page.getByRole('button', { name: 'Back to my credit' }).click()
    await page.getByRole('heading', { name: 'Thank you, Anna' }).waitFor()
  })

  it('adds an address when the link sent to it is opened here, and removes it', async () => {
    const page = await account()
    await page.getByLabel('Another email or phone').fill('anna.new@mail.example')
    await page.keyboard.press('Enter')
    await page.getByText('A link is on its way to anna.new@mail.example.').waitFor()
    await page.goto(portal.newAddressLink('anna.new@mail.example'))
    await page.getByText('Your new address is confirmed.').waitFor()
    await page.getByRole('button', { name: 'Your account' }).first().click()
    await page.getByRole('button', { name: 'Remove anna.new@mail.example' }).click()
    await page.getByText('anna.new@mail.example').waitFor({ state: 'detached' })
  })

  it('downloads all data as a file', async () => {
    const page = await account()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download my data' }).click(),
    ])
    const data = JSON.parse(readFileSync(await file.path(), 'utf8'))
    expect(data.friendsReferred.map(({ friend }: { friend: string }) => friend)).toContain('Priya S.')
  })

  it.each([
    ['light', 1440],
    ['dark', 320],
  ] as const)('is accessible in the %s theme at %i px', async (colorScheme, width) => {
    const page = await account({ colorScheme, viewport: { width, height: 844 }, bypassCSP: true })
    await expectAccessible(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
    await page.getByRole('button', { name: 'Back to my credit' }).click()
    await page.getByRole('heading', { name: 'How it works' }).click()
    await page.getByText('Edit the message').click()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Use it' }).click()
    await page.getByRole('dialog', { name: 'Use your credit' }).waitFor()
    await expectAccessible(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
  })
})

it('without a network, the app opens with the last known credit and its time', async () => {
  const page = await signedIn()
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await page.reload()
  await page.getByRole('heading', { name: 'Thank you, Anna' }).waitFor()
  await page.context().setOffline(true)
  await page.reload()
  await page.getByText(/This is your credit as of \w{3} \d+, \d+:\d\d [AP]M\./).waitFor()
  expect(await page.getByRole('region', { name: 'Your credit' }).innerText()).toContain('$55.00')
  await page.context().setOffline(false)
})

it('an advocate erases their data by typing the word, and is signed out', async () => {
  const page = await visit(await portal.newcomersSignInLink())
  await page.getByRole('button', { name: 'Open my portal' }).click()
  await page.getByRole('button', { name: 'Your account' }).first().click()
  await page.getByRole('button', { name: 'Erase my data' }).click()
  const dialog = page.getByRole('dialog', { name: 'Erase my data' })
  await dialog.locator('input:focus').waitFor()
  await page.keyboard.type('no')
  await page.keyboard.press('Enter')
  await dialog.getByText('Type ERASE to go on.', { exact: true }).last().waitFor()
  await dialog.getByLabel('Type ERASE to go on').fill('ERASE')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Your data is erased' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'See your credit' }).waitFor()
})
