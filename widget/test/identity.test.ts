import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { signIdentity } from '@goodword/client/identity'
import type { Advocate, CreatedKey } from '@goodword/contracts'
import type { Page } from 'playwright'
import { beforeAll, describe, expect, it } from 'vitest'
import { createKey } from '../../api/src/modules/platform/keys/keys.ts'
import { convertReferral } from '../../api/src/modules/surfaces/console/referrals.ts'
import { stranger } from '../../api/test/harness.ts'
import { settled } from '../../api/test/settled.ts'
import { setupWidgetTest } from './setup.ts'
import { tag } from './site.ts'

const axeScript = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const setup = setupWidgetTest()
let key: CreatedKey
/** Has an 80-character name, and 31 friends. */
let wolf: Advocate
/** Has nobody yet. */
let ben: Advocate

beforeAll(async () => {
  const { world, campaignId } = setup.goodword
  key = await createKey(world.ctx, { kind: 'identity', name: 'Website', scopes: [] })
  const name = 'Wolfeschlegelsteinhausenbergerdorff-Konstantinopolitanskaya Maximilian Featherstone'
  wolf = await world.advocate(campaignId, { name, email: 'wolf@mail.example' })
  ben = await world.advocate(campaignId, { name: 'Ben Ode', email: 'ben@mail.example' })
  for (let n = 0; n < 30; n += 1) await world.referral(wolf.id, stranger(`Friend${n} Shah`))
  const last = await world.referral(wolf.id, stranger(name))
  await convertReferral(world.ctx, last.id, { jobValue: 120_000, notify: false })
})

const sign = ({ contactId }: Advocate, expiresIn = 600) =>
  signIdentity({ key: key.key, keyId: key.id, contactId, expiresIn })
const identify = (page: Page, token: string | null) => page.evaluate((given) => window.Goodword?.identify(given), token)

const panel = '<goodword-share><p>Sign in to share.</p></goodword-share>'
/** A page of the business, opened by someone who didn't follow a link. */
async function open(html = panel, options: Parameters<typeof setup.open>[1] & { lang?: string; calls?: string } = {}) {
  const { calls = '', lang = 'en', ...rest } = options
  const queue = calls ? `<script>window.Goodword = { q: [${calls}] }</script>` : ''
  setup.site.put('/account', `${queue}${tag(setup.goodword)}<h1>My account</h1><main lang="${lang}">${html}</main>`)
  const { page } = await setup.open('/account?none', rest)
  return page
}
/** Every text in our shadow roots. */
const ourTexts = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('*')].map(({ shadowRoot }) => shadowRoot?.textContent ?? '').join(' '),
  )
const impersonal = (page: Page) => page.getByText('Sign in to share.')
const linkOf = (page: Page) => page.getByRole('textbox', { name: 'Your link' })
const answers = (page: Page) =>
  page.waitForResponse(
    (response) => response.url().includes('/embed/identity?') && response.request().method() === 'POST',
  )

describe('a customer whom the page identifies', () => {
  it('before the tag has loaded sees link, credit and friends by keyboard, in two panels with one request', async () => {
    const page = await open(`${panel}${panel}`, { calls: `['identify', '${await sign(wolf)}']` })
    await page.getByRole('heading', { name: 'Your friends 31' }).last().waitFor()
    const requests: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST') requests.push(new URL(request.url()).pathname)
    })
    await page.reload()
    const [first, second] = [page.locator('goodword-share').first(), page.locator('goodword-share').last()]
    await second.getByRole('heading', { name: 'Your friends 31' }).waitFor()
    expect(requests).toEqual(['/embed/identity'])
    expect(await linkOf(page).first().inputValue()).toContain(wolf.code)
    expect(await first.locator('.card').innerText()).toMatch(/Your credit\s+\$60\.00/)
    expect(await first.getByRole('listitem').filter({ hasText: 'Shah' }).count()).toBe(0)
    const friends = first.locator('.row')
    expect([await friends.count(), await friends.first().innerText()]).toEqual([5, expect.stringContaining('$60.00')])
    // Two regions of one name are what the page asked for here.
    await second.evaluate((host) => host.remove())
    await page.evaluate(axeScript)
    expect(
      await page.evaluate(async () => (await window.axe.run('goodword-share')).violations.map(({ id }) => id)),
    ).toEqual([])
    const more = first.getByRole('button', { name: 'Show more' })
    const focused = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent ?? '')
    await more.focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => friends.count()).toBe(20)
    expect(await focused()).toMatch(/^Friend25 S\./)
    await page.route('**/embed/identity/friends?*', (route) => route.abort(), { times: 1 })
    await more.focus()
    await page.keyboard.press('Enter')
    await first.getByRole('alert').getByText('did not load. Try again.').waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => friends.count()).toBe(31)
    expect(await first.getByRole('alert').count()).toBe(0)
    expect(await focused()).toMatch(/^Friend10 S\./)
    await more.waitFor({ state: 'detached' })
    expect(requests).toEqual(['/embed/identity', '/embed/identity/friends', '/embed/identity/friends'])
  })

  it('sees it under a strict policy, on a page that added to every object, in its language and narrow', async () => {
    const { url } = setup.goodword
    const policy = `default-src 'none'; script-src ${url} 'nonce-n'; connect-src ${url}; require-trusted-types-for 'script'; trusted-types 'none'`
    setup.site.put(
      '/strict',
      `<script nonce="n">Object.prototype.test = 'x'; Object.prototype.signal = 'x'; document.documentElement.dir = 'rtl'</script>
      ${tag(setup.goodword)}<main lang="de">${panel}</main>`,
      { 'content-security-policy': policy },
    )
    const { page } = await setup.open('/strict?none', { viewport: { width: 320, height: 700 } })
    await identify(page, await sign(wolf))
    await page.getByRole('heading', { name: 'Ihr Guthaben' }).waitFor()
    expect(await ourTexts(page)).not.toMatch(/Test:|Your |Show /)
    const isMirrored = await page.getByRole('heading', { name: 'Ihr Guthaben' }).evaluate((heading) => {
      const text = document.createRange()
      text.selectNodeContents(heading)
      return Math.abs(text.getBoundingClientRect().right - heading.getBoundingClientRect().right) < 1
    })
    expect(isMirrored).toBe(true)
    const tooWide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(tooWide).toBe(0)
  })

  it('is asked for only while a panel shows them: a page without one loads and sends nothing', async () => {
    const page = await open('<p>No panel.</p>')
    const requests: string[] = []
    page.on('request', (request) => requests.push(new URL(request.url()).pathname.replace(/[0-9a-f]{6}/, '…')))
    await page.evaluate(() => window.Goodword?.identify(() => Promise.reject(new Error('never asked'))))
    await settled(page)
    expect(requests).toEqual(['/widget/v1/…/api.js'])
    const token = await sign(ben)
    await page.evaluate((given) => window.Goodword?.identify(async () => given), token)
    await page.evaluate(() => document.body.append(document.createElement('goodword-share')))
    await page.getByText('Send your link to one friend.').waitFor()
    expect(requests.filter((path) => path.startsWith('/embed'))).toEqual(['/embed/identity'])
  })
})

describe('nothing of a customer stays', () => {
  it('when another one signs in while the first is still loading, and when they sign out', async () => {
    const page = await open(`${panel}<goodword-form></goodword-form>`)
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route(
      '**/embed/identity?*',
      async (route) => {
        await held
        await route.continue()
      },
      { times: 1 },
    )
    const slow = answers(page)
    await identify(page, await sign(wolf))
    await page.waitForRequest('**/embed/identity?*')
    await identify(page, await sign(ben))
    await expect.poll(() => linkOf(page).inputValue()).toContain(ben.code)
    release()
    await slow
    await settled(page)
    expect(await linkOf(page).inputValue()).toContain(ben.code)
    expect(await ourTexts(page)).not.toMatch(/60\.00|Friend\d/)

    await page.evaluate(() => window.Goodword?.identify({ name: 'Ben Ode', email: 'ben@mail.example' }))
    await expect.poll(() => page.getByLabel('Your name').inputValue()).toBe('Ben Ode')
    await page.getByLabel('Your name').fill('Typed By Hand')
    await identify(page, null)
    await impersonal(page).waitFor()
    expect(await ourTexts(page)).not.toMatch(/Your credit|Your link|Ben/)
    expect(await page.getByLabel('Your name').inputValue()).toBe('Typed By Hand')
    expect(await page.getByLabel('Email').inputValue()).toBe('')
    expect(await page.locator('goodword-share input').count()).toBe(0)
    // The next one comes with a code, as before, and then with a token again.
    await page.evaluate((code) => window.Goodword?.identify({ code }), wolf.code)
    await expect.poll(() => linkOf(page).inputValue()).toContain(wolf.code)
    expect(await ourTexts(page)).not.toContain('Your credit')
    await identify(page, await sign(ben))
    await page.getByRole('heading', { name: 'Your credit' }).waitFor()
    await page.evaluate(() => window.Goodword?.reset())
    await impersonal(page).waitFor()
  })

  it('once their token expired; before that a function is asked for the next one, and the page for a string', async () => {
    const tokens = [await sign(wolf, 60), await sign(ben, 60)]
    const page = await open(panel, { before: () => Object.assign(window, { asked: 0 }) })
    await page.clock.install()
    await page.evaluate(
      (given) => window.Goodword?.identify(() => given[Reflect.get(window, 'asked')] && given[window.asked++]),
      tokens,
    )
    await expect.poll(() => linkOf(page).inputValue()).toContain(wolf.code)
    await page.clock.fastForward(31_000)
    await expect.poll(() => linkOf(page).inputValue()).toContain(ben.code)
    expect(await page.evaluate(() => window.asked)).toBe(2)
    // Then the function says that nobody is signed in any longer.
    await page.clock.fastForward(31_000)
    await impersonal(page).waitFor()

    await page.evaluate(() => {
      Object.assign(window, { expiring: 0 })
      window.Goodword?.on('expiring', () => window.expiring++)
    })
    await identify(page, await sign(wolf, 60))
    await expect.poll(() => linkOf(page).inputValue()).toContain(wolf.code)
    await page.clock.fastForward(31_000)
    await expect.poll(() => page.evaluate(() => window.expiring)).toBe(1)
    expect(await linkOf(page).inputValue()).toContain(wolf.code)
    await page.clock.fastForward(31_000)
    await impersonal(page).waitFor()
    expect(await ourTexts(page)).not.toMatch(/Your|60\.00/)
  })

  it('for a token that is not valid: the visitor sees the page as it was, the developer one warning that says how to cure it', async () => {
    const warnings: string[] = []
    const page = await open(`${panel}${panel}`)
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()))
    const refused = answers(page)
    await identify(page, 'eyJhbGciOiJub25lIn0.e30.x')
    await refused
    await expect
      .poll(() => warnings)
      .toEqual(['Goodword: the visitor was not identified. Sign the token with HS256. No other algorithm is accepted.'])
    await settled(page)
    expect([await impersonal(page).count(), await ourTexts(page), warnings.length]).toEqual([
      2,
      expect.stringMatching(/^\s*$/),
      1,
    ])
  })

  it('while our server is down; the panel comes when it is back', async () => {
    const page = await open()
    await page.clock.install()
    let lost = 0
    await page.route('**/embed/identity?*', (route) => {
      lost += 1
      return lost > 2 ? route.continue() : route.abort()
    })
    await identify(page, await sign(ben))
    await expect.poll(() => lost).toBe(1)
    await impersonal(page).waitFor()
    for (const wait of [3_000, 6_000]) await settled(page).then(() => page.clock.fastForward(wait))
    await expect.poll(() => linkOf(page).inputValue()).toContain(ben.code)
  })
})

declare global {
  interface Window {
    asked: number
    expiring: number
  }
}
