import type { Browser, BrowserContextOptions, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible, recordProblems } from '../../portal/test/page.ts'
import { getReferral } from '../src/modules/program/referrals/referrals.ts'
import { updateCampaign } from '../src/modules/surfaces/console/campaigns.ts'
import { listReferrals } from '../src/modules/surfaces/console/referrals.queries.ts'
import { launchBrowser } from '../test/browser.ts'
import { possible } from '../test/engine.ts'
import { createWorld, stranger, type World } from '../test/harness.ts'
import { startTestServer, type TestServer } from '../test/server.ts'
import { typedLikeAPerson } from '../test/typing.ts'

/** Each theme once, each at another width, because colors don't depend on the width. */
const looks = possible([
  { width: 1440, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const)
const wording = 'I agree that Harbor & Sons may call or write to me about this offer.'

let browser: Browser
let server: TestServer
let world: World
let [asking, ended] = ['', '']

beforeAll(async () => {
  ;[browser, server] = await Promise.all([launchBrowser(), startTestServer()])
  world = await createWorld(server.services)
  const campaign = await world.campaign(
    {},
    {
      name: 'Asking',
      termsText: 'One offer for each household.',
      form: {
        email: 'required',
        phone: 'required',
        message: 'required',
        question: { label: 'What is it about?', required: true, choices: ['A leak', 'A new heater'] },
        consent: { text: wording },
      },
    },
  )
  const over = await world.campaign({}, { name: 'Over' })
  await updateCampaign(world.ctx, over.id, { endsAt: '2026-05-02T06:00:00.000Z', termsVersion: over.termsVersion })
  const [anna, dan] = [stranger('Anna Kowalski'), stranger('Dan Lee')]
  asking = `/r/${(await world.advocate(campaign.id, anna)).code}`
  ended = `/r/${(await world.advocate(over.id, dan)).code}`
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

type Work = (page: Page, drawnAt: number) => Promise<void>
/** Opens a URL of ours in a fresh browser context. Fails the test on any page error. */
async function visit(path: string, options: BrowserContextOptions, work: Work) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const troubles = recordProblems(page)
  await page.goto(server.url + path)
  await work(page, Date.now())
  expect(troubles).toEqual([])
  await context.close()
}

const claim = (page: Page) => page.getByRole('button', { name: 'Claim my $20' })
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
const referralsOf = async (name: string) => {
  const { items } = await listReferrals(world.ctx, { limit: 100, sort: 'newest' })
  return items.filter(({ friend }) => friend.name === name)
}

async function fillIn(page: Page, name: string) {
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Phone').fill(stranger().phone)
  await page.getByLabel('Email').fill(stranger().email)
  await page.getByLabel('What do you need?').fill('The kitchen drain is slow.')
  await page.getByLabel('What is it about?').selectOption('A leak')
  await page.getByLabel(wording).check()
}

describe('a form with every field, a question and a consent', () => {
  it('keeps what was typed, says at each field how to fix it, and is accepted once it is right, without a script', async () => {
    await visit(asking, { javaScriptEnabled: false }, async (page, drawnAt) => {
      await page.getByLabel('Phone').fill('12345')
      await page.getByLabel('Email').fill('priya@')
      await page.getByLabel('What is it about?').selectOption('A new heater')
      await page.getByLabel(wording).check()
      await claim(page).click()
      const errorAt = async (field: string) => {
        const control = page.locator(`#${field}`)
        expect([field, await control.getAttribute('aria-invalid')]).toEqual([field, 'true'])
        return page.locator(`#${await control.getAttribute('aria-describedby')}`).innerText()
      }
      await page.getByText('Enter your name.').waitFor()
      expect(await errorAt('phone')).toBe('Enter the whole phone number, with + and the country for one abroad.')
      expect(await errorAt('email')).toBe('Enter an email address such as name@example.com.')
      expect(await errorAt('message')).toBe('Tell us what you need.')
      expect(await page.locator(':focus').getAttribute('id')).toBe('name')
      expect(await page.getByLabel('Phone').inputValue()).toBe('12345')
      expect(await page.getByLabel('Email').inputValue()).toBe('priya@')
      expect(await page.getByLabel('What is it about?').inputValue()).toBe('A new heater')
      expect(await page.getByLabel(wording).isChecked()).toBe(true)
      expect(await page.title()).toMatch(/^Check your details · /)
      expect(await referralsOf('Priya Shah')).toEqual([])

      await page.getByLabel('Your name').fill('Priya Shah')
      await page.getByLabel('Phone').fill('(415) 555-0142')
      await page.getByLabel('Email').clear()
      await page.getByLabel('Email').fill('priya@mail.example')
      await page.getByLabel('What do you need?').fill('The kitchen drain is slow.')
      await page.getByLabel(wording).uncheck()
      await typedLikeAPerson(drawnAt)
      await claim(page).click()
      await page.getByText('Check the box to continue.').waitFor()
      expect(await page.locator(':focus').getAttribute('id')).toBe('consent')
      expect(await page.getByLabel('Your name').inputValue()).toBe('Priya Shah')
      await page.getByLabel(wording).check()
      await claim(page).click()
      await page.getByRole('heading', { name: 'Thanks, Priya. Your $20 credit is saved.' }).waitFor()
    })
    const [referral] = await referralsOf('Priya Shah')
    const { submitted, metadata } = await getReferral(world.ctx, referral?.id ?? '')
    expect(submitted).toEqual({
      name: 'Priya Shah',
      email: 'priya@mail.example',
      phone: '(415) 555-0142',
      message: 'The kitchen drain is slow.',
      answer: 'A new heater',
    })
    expect(metadata).toEqual({ consent: wording })
  })

  it('is one referral if the button is clicked twice', async () => {
    await visit(asking, {}, async (page, drawnAt) => {
      await fillIn(page, 'Lena Fischer')
      await typedLikeAPerson(drawnAt)
      await claim(page).dblclick()
      await page.getByRole('heading', { name: 'Thanks, Lena.' }).waitFor()
    })
    expect(await referralsOf('Lena Fischer')).toHaveLength(1)
  })

  it('is one referral if the friend goes back and sends it again', async () => {
    await visit(asking, {}, async (page, drawnAt) => {
      await fillIn(page, 'Omar Haddad')
      await typedLikeAPerson(drawnAt)
      await claim(page).click()
      await page.getByRole('heading', { name: 'Thanks, Omar.' }).waitFor()
      await page.goBack()
      await claim(page).waitFor()
      await page.goForward()
      await page.getByRole('heading', { name: 'Thanks, Omar.' }).waitFor()
    })
    expect(await referralsOf('Omar Haddad')).toHaveLength(1)
  })

  it.each(looks)('is accessible when it is rejected, $width wide, $colorScheme', async ({ width, colorScheme }) => {
    await visit(asking, { viewport: { width, height: 844 }, colorScheme, bypassCSP: true }, async (page) => {
      await claim(page).click()
      await page.getByText('Check the box to continue.').waitFor()
      await expectAccessible(page)
      expect(await overflow(page)).toBe(0)
    })
  })
})

describe.each(looks)('a broken link, $width wide, $colorScheme', ({ width, colorScheme }) => {
  it('shows an accessible message', async () => {
    const options = { viewport: { width, height: 844 }, colorScheme, bypassCSP: true }
    await visit(ended, options, async (page) => {
      await page.getByRole('heading', { name: 'This offer ended on May 1. You can still book a visit.' }).waitFor()
      await expectAccessible(page)
      expect(await overflow(page)).toBe(0)
    })
    await visit('/r/NOBODY22', options, async (page) => {
      await page.getByRole('heading', { name: 'We don’t know that code.' }).waitFor()
      await expectAccessible(page)
      expect(await overflow(page)).toBe(0)
    })
  })
})

describe('a friend whose browser is set to German', () => {
  it("sees everything in German, with the business's own text where there is some", async () => {
    await visit(asking, { locale: 'de-AT' }, async (page, drawnAt) => {
      expect(await page.locator('html').getAttribute('lang')).toBe('de')
      await page.getByRole('heading', { name: /20\s\$ Guthaben nach dem Auftrag: your first plumbing visit/ }).waitFor()
      await page.getByRole('button', { name: /^20\s\$ sichern$/ }).click()
      await page.getByText('Geben Sie Ihren Namen ein.').waitFor()
      await page.getByLabel('Ihr Name').fill('Jonas Weber')
      await page.getByLabel('Telefon').fill(stranger().phone)
      await page.getByLabel('E-Mail').fill('jonas@mail.example')
      await page.getByLabel('Was brauchen Sie?').fill('Der Abfluss ist langsam.')
      await page.getByLabel('What is it about?').selectOption('A leak')
      await page.getByLabel(wording).check()
      await typedLikeAPerson(drawnAt)
      await page.getByRole('button', { name: /sichern$/ }).click()
      await page.getByRole('heading', { name: /^Danke, Jonas\. Ihr Guthaben von 20\s\$ ist vorgemerkt\.$/ }).waitFor()
    })
    expect(await referralsOf('Jonas Weber')).toHaveLength(1)
  })

  it.each(['de', 'es', 'fr', 'pt'])('in %s, nothing is cut off on a narrow phone', async (lang) => {
    const options = { viewport: { width: 320, height: 700 }, bypassCSP: true }
    await visit(`${asking}?lang=${lang}`, options, async (page) => {
      await page.locator('.card .button').click()
      await page.locator('.error').first().waitFor()
      expect(await page.locator('html').getAttribute('lang')).toBe(lang)
      expect(await overflow(page)).toBe(0)
      await expectAccessible(page)
    })
  })
})

describe('from right to left', () => {
  it('the page mirrors, fits 320 px, and numbers and addresses stay as they are', async () => {
    await visit(asking, { viewport: { width: 320, height: 700 } }, async (page) => {
      await page.locator('html').evaluate((html) => html.setAttribute('dir', 'rtl'))
      expect(await overflow(page)).toBe(0)
      const [mark, call] = [await page.locator('.top .mark').boundingBox(), await page.locator('.top a').boundingBox()]
      expect(mark?.x).toBeGreaterThan(call?.x ?? Number.POSITIVE_INFINITY)
      const [name, label] = [page.getByLabel('Your name'), page.getByText('Your name')]
      const edge = async (one: typeof name) => {
        const box = await one.boundingBox()
        return Math.round((box?.x ?? 0) + (box?.width ?? 0))
      }
      expect(await edge(label)).toBe(await edge(name))
      const directionOf = (field: string) =>
        page.getByLabel(field).evaluate((input) => getComputedStyle(input).direction)
      await page.getByLabel('Phone').fill('(415) 555-0142')
      await page.getByLabel('Email').clear()
      await page.getByLabel('Email').fill('priya@mail.example')
      expect([await directionOf('Phone'), await directionOf('Email')]).toEqual(['ltr', 'ltr'])
      expect(await directionOf('Your name')).toBe('rtl')
    })
    await visit(ended, { viewport: { width: 320, height: 700 } }, async (page) => {
      await page.locator('html').evaluate((html) => html.setAttribute('dir', 'rtl'))
      const number = page.locator('.button .number')
      expect(await number.evaluate((one) => getComputedStyle(one).direction)).toBe('ltr')
      expect(await overflow(page)).toBe(0)
    })
  })
})
