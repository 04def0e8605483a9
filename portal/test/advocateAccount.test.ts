import { readFileSync } from 'node:fs'
import type { BrowserContextOptions, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type AnnasStory, startAnnasStory } from './advocateStory.ts'
import { startWatchedBrowser, type WatchedBrowser } from './desk.ts'
import { hasNoBarriers } from './page.ts'

let browser: WatchedBrowser
let story: AnnasStory

beforeAll(async () => {
  ;[browser, story] = await Promise.all([startWatchedBrowser({ bypassCSP: false }), startAnnasStory()])
})
afterEach(() => browser.leave())
afterAll(async () => {
  await browser?.close()
  await story?.stop()
})

const phone = { viewport: { width: 390, height: 844 } }

async function visit(url: string, options: BrowserContextOptions = phone): Promise<Page> {
  const page = await browser.open({ reducedMotion: 'reduce', ...options })
  await page.goto(url)
  return page
}

async function signedIn(options?: BrowserContextOptions): Promise<Page> {
  const page = await visit(await story.signInLink(), options)
  await page.getByRole('button', { name: 'Open my portal' }).click()
  await page.getByRole('heading', { name: 'Thank you, Anna' }).waitFor()
  return page
}

describe('using credit', () => {
  it('is asked for by keyboard, shows its state, and can be taken back', async () => {
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

  it('takes a fresh sign-in link for who came by a message, sent with one tap', async () => {
    const page = await visit(await story.viewLink())
    const before = await story.signInsSent()
    await page.getByRole('button', { name: 'Use it' }).click()
    await page.getByRole('button', { name: 'Send me a sign-in link' }).click()
    await page.getByText('A link is on its way.').waitFor()
    expect(await story.signInsSent()).toBe(before + 1)
  })
})

it('a link that ended sends a new one with one tap, to where it was sent', async () => {
  const page = await visit(await story.endedLink())
  await page.getByRole('heading', { name: 'This link no longer works' }).waitFor()
  const before = await story.signInsSent()
  await page.getByRole('button', { name: 'Send me a new link' }).click()
  await page.getByText('A link is on its way.').waitFor()
  expect(await story.signInsSent()).toBe(before + 1)
})

it('an advocate of two campaigns changes between them, and the address says which', async () => {
  const page = await signedIn()
  await page.getByLabel('Campaign').selectOption({ label: 'Autumn' })
  await page.getByRole('heading', { name: 'Get 5% back for a friend' }).waitFor()
  expect(page.url()).toContain('campaign=')
  await page.reload()
  await page.getByRole('heading', { name: 'Get 5% back for a friend' }).waitFor()
  await page.getByRole('heading', { name: 'Terms' }).click()
  await page.getByText('One for each household.').waitFor()
})

it('a customer of two businesses changes between them once both addresses are proven', async () => {
  const page = await signedIn()
  expect(await page.getByLabel('Business').count()).toBe(0)
  await story.provesElsewhere()
  await page.reload()
  await page.getByLabel('Business').selectOption({ label: 'Bayside Electric' })
  await page.getByRole('heading', { name: 'Hello, Anna' }).waitFor()
  expect(await page.locator('body').innerText()).not.toContain('Priya')
  await page.getByLabel('Business').selectOption({ label: 'Harbor & Sons' })
  await page.getByRole('heading', { name: 'Thank you, Anna' }).waitFor()
})

describe('sharing', () => {
  it('goes out with the words of the advocate, which stay on this device', async () => {
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

  it('prints a card with the offer, the code and nothing else', async () => {
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

  it('speaks the language they choose, then and when they come back, with amounts and days as it writes them', async () => {
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

  it('keeps name and choices, and goes back where it was', async () => {
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
    await page.goto(story.newAddressLink('anna.new@mail.example'))
    await page.getByText('Your new address is confirmed.').waitFor()
    await page.getByRole('button', { name: 'Your account' }).first().click()
    await page.getByRole('button', { name: 'Remove anna.new@mail.example' }).click()
    await page.getByText('anna.new@mail.example').waitFor({ state: 'detached' })
  })

  it('gives all data as a file', async () => {
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
  ] as const)('has no barriers, in the %s at %i px', async (colorScheme, width) => {
    const page = await account({ colorScheme, viewport: { width, height: 844 }, bypassCSP: true })
    await hasNoBarriers(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
    await page.getByRole('button', { name: 'Back to my credit' }).click()
    await page.getByRole('heading', { name: 'How it works' }).click()
    await page.getByText('Edit the message').click()
    await hasNoBarriers(page)
    await page.getByRole('button', { name: 'Use it' }).click()
    await page.getByRole('dialog', { name: 'Use your credit' }).waitFor()
    await hasNoBarriers(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
  })
})

it('without a network the app opens with the last known credit and its time', async () => {
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
  const page = await visit(await story.newcomersSignInLink())
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
