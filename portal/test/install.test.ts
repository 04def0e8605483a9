import { createServer } from 'node:http'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../api/test/browser.ts'
import { startTestServer, type TestServer } from '../../api/test/server.ts'
import { expectAccessible, recordProblems } from './page.ts'

/** A website of the business that shows any snippet pasted into it. */
async function startWebsite() {
  let html = ''
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(`<!doctype html><html lang="en"><title>Harbor & Sons</title>${html}`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    paste(pasted: string) {
      html = pasted
    },
    stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** The demo's own website, another one, and the console that installs the form on them. */
describe('installing on a website', () => {
  let browser: Browser
  let server: TestServer
  let context: BrowserContext
  let console: Page
  let other: Awaited<ReturnType<typeof startWebsite>>
  const watched: string[][] = []
  const linkTo = (part: string) => server.demo.find(({ url }) => url.includes(part))?.url ?? ''
  const website = () => linkTo('/?ref=')

  beforeAll(async () => {
    ;[browser, server, other] = await Promise.all([launchBrowser(), startTestServer({ DEMO: 'on' }), startWebsite()])
    context = await browser.newContext({ bypassCSP: true, viewport: { width: 1440, height: 900 } })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url })
    console = await context.newPage()
    watched.push(recordProblems(console))
    await console.goto(linkTo('/console/sign-in'))
    await console.getByRole('button', { name: 'Sign in' }).click()
    await console.getByRole('heading', { name: 'Referrals', level: 1 }).waitFor()
  })
  afterAll(async () => {
    await context?.close()
    await browser?.close()
    await server?.stop()
    other?.stop()
    expect(watched.flat()).toEqual([])
  })

  const checker = () => console.locator('section', { has: console.getByRole('heading', { name: 'Install checker' }) })
  const arrived = () => console.locator('section', { has: console.getByRole('heading', { name: 'Website activity' }) })

  it('shows within seconds that the website is live, with its tag, and whose link was opened', async () => {
    await console.goto(`${server.url}/console/install`)
    await checker().getByText('Script not seen yet').waitFor()
    await checker().getByText(`script-src ${server.url}`).waitFor()
    const friend = await context.newPage()
    await friend.goto(website())
    await checker().getByText('Receiving from').waitFor()
    await checker().getByText('Form shown').waitFor()
    await console
      .getByRole('listitem')
      .getByText(/^First seen .*, tag \d+\.\d+\.\d+ now$/)
      .waitFor()
    await arrived()
      .getByText(/Form shown to a friend of/)
      .waitFor()
    await friend.close()
    await expectAccessible(console)
  })

  it('names a website that is not on the list, and allows it with one click', async () => {
    const url = new URL(website())
    const key = await console.locator('.keys .mono').first().textContent()
    const refused = await fetch(`${server.url}/embed/form?key=${key}&code=${url.searchParams.get('ref')}`, {
      headers: { origin: 'https://staging.harborsons.example' },
    })
    expect(refused.status).toBe(403)
    await checker().getByText('https://staging.harborsons.example tried and was blocked.').waitFor()
    await checker().getByRole('button', { name: 'Allow it' }).click()
    await checker().getByText('Website allowed').waitFor()
  })

  it('pins a version that browsers run, and reject if one character of its hash differs', async () => {
    await console.getByLabel('Pin this version').check()
    const snippet = console.locator('.frameworks pre')
    await snippet.getByText('integrity').waitFor()
    await console.getByRole('button', { name: /Copy the script snippet/ }).click()
    const copied = () => console.evaluate(() => navigator.clipboard.readText())
    await expect.poll(copied).toMatch(/src="http:\/\/localhost:\d+\/widget\/v1\/[0-9a-f]{16}\/loader\.js"/)
    const run = async (html: string) => {
      const page = await context.newPage()
      other.paste(html)
      // A page has loaded once each of its scripts has run or was rejected.
      await page.goto(other.url)
      const runs = await page.evaluate(() => customElements.get('goodword-form') !== undefined)
      await page.close()
      return runs
    }
    const snippetCopied = await copied()
    expect(await run(snippetCopied)).toBe(true)
    expect(await run(snippetCopied.replace(/sha384-./, (hash) => (hash.endsWith('A') ? 'sha384-B' : 'sha384-A')))).toBe(
      false,
    )
    await console.getByLabel('Pin this version').uncheck()
  })

  it('tries everything with a test key and saves nothing, with a banner on every page meanwhile', async () => {
    await console.getByText('Test', { exact: true }).first().click()
    await console.locator('.frameworks pre').getByText('pk_test_').waitFor()
    const key = /pk_test_[\w-]+/.exec((await console.locator('.frameworks pre').textContent()) ?? '')?.[0] ?? ''
    await console.getByLabel('Add a website').fill(other.url)
    await console.getByRole('button', { name: 'Add', exact: true }).click()
    await console.getByRole('listitem').getByText(other.url).waitFor()
    const friend = await context.newPage()
    other.paste(`<script async src="${server.url}/widget/v1/loader.js" data-key="${key}"></script><goodword-form>`)
    await friend.goto(other.url + new URL(website()).search)
    await friend.getByText('Test: nothing you send here is saved.').waitFor()
    await friend.getByLabel('Your name').fill('Priya Shah')
    await friend.getByLabel('Phone').fill('(415) 555-0199')
    await friend.getByRole('button', { name: /Claim|Send/ }).click()
    await friend.getByText(/Thanks, Priya/).waitFor()
    await friend.close()
    await arrived()
      .getByText(/Test: would be attributed to/)
      .waitFor()
    await console.goto(`${server.url}/console/referrals?q=Priya%20Shah`)
    await console
      .getByRole('status')
      .getByText(/sends test referrals/)
      .waitFor()
    expect(await console.getByRole('row', { name: /555-0199/ }).count()).toBe(0)
    await console.getByRole('link', { name: 'Open Install' }).click()
    await console.getByRole('heading', { name: 'Install', level: 1 }).waitFor()
  })

  it('tries a form on its own page without sending anything, and lists the fields that are understood', async () => {
    const key = await console.locator('.keys .mono').first().textContent()
    other.paste(`<script async src="${server.url}/widget/v1/loader.js" data-key="${key}"></script>
      <main><h1>Contact</h1><form id="quote" data-goodword method="post" action="/sent"><label>Your name <input name="a"></label>
      <label>Email <input name="b"></label><label>Zip <input name="c"></label><button>Send</button></form></main>`)
    await console.getByLabel('Page with your form').fill('https://elsewhere.example/contact')
    await console.getByRole('button', { name: 'Try it' }).click()
    await console.getByText('Allow https://elsewhere.example first').waitFor()
    await console.getByLabel('Page with your form').fill(`${other.url}/contact`)
    const opened = context.waitForEvent('page')
    await console.getByRole('button', { name: 'Try it' }).click()
    const page = await opened
    const sent: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(new URL(request.url()).pathname)
    })
    const panel = page.getByRole('region', { name: 'Goodword reads this page' })
    await panel.getByText('Form “quote”').waitFor()
    await expectAccessible(page)
    await page.getByLabel('Your name').fill('Priya Shah')
    await page.getByLabel('Email').fill('priya@mail.example')
    await page.getByLabel('Zip').fill('94110')
    await page.getByRole('button', { name: 'Send' }).click()
    await panel.getByText('This would be sent').waitFor()
    expect(await panel.getByRole('status').textContent()).toMatch(/Priya Shah.*priya@mail\.example/)
    expect(await panel.getByRole('status').textContent()).not.toContain('94110')
    expect(sent.filter((path) => path !== '/embed/fields')).toEqual([])
    await page.close()

    const form = console.getByRole('listitem').filter({ hasText: '/contact' })
    await form.getByText('Name and email are understood.').waitFor()
    expect(await form.locator('dl > div').allTextContents()).toEqual(['Your nameName', 'EmailEmail', 'ZipNot used'])
    expect(await form.getByRole('link', { name: 'Try it' }).getAttribute('href')).toBe(
      `${other.url}/contact#goodword-try`,
    )
    await expectAccessible(console)
  })

  it('lists website activity, filtered in the URL, and is accessible on a phone', async () => {
    await console.setViewportSize({ width: 390, height: 844 })
    await console.getByRole('link', { name: 'See all' }).click()
    await console.getByRole('heading', { name: 'Website activity', level: 1 }).waitFor()
    await console.getByRole('tab', { name: 'Website not allowed' }).click()
    await console.waitForURL(/outcome=origin_not_allowed/)
    await console.getByText('The website is not on the list').waitFor()
    await expect.poll(() => console.locator('ul.website-events > li').count()).toBe(1)
    await console.reload()
    await console.getByText('The website is not on the list').waitFor()
    await expectAccessible(console)
    const tooWide = await console.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(tooWide).toBeLessThanOrEqual(0)
  })
})
