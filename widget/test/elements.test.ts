import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { leftOutInFirefox, noAxe } from '../../api/test/engine.ts'
import { settled } from '../../api/test/settled.ts'
import { setupWidgetTest } from './setup.ts'
import { tag } from './site.ts'
import type { Visit } from './visit.ts'

const axeScript = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const setup = setupWidgetTest()
const strict = () =>
  `default-src 'none'; script-src ${setup.goodword.url}; connect-src ${setup.goodword.url}; require-trusted-types-for 'script'; trusted-types 'none'`

async function open(html: string, { path = '/elements', policy = strict(), ref = true } = {}): Promise<Visit> {
  setup.site.put(path, `${tag(setup.goodword)}<h1>Plumbing</h1><a href="#x">Home</a>${html}`, {
    'content-security-policy': policy,
  })
  return setup.open(ref ? path : `${path}?none`)
}
async function expectAccessible({ page }: Visit, selector: string) {
  if (leftOutInFirefox('axe on our elements', noAxe)) return
  await page.evaluate(axeScript)
  const found = await page.evaluate(
    async (host) => (await window.axe.run(host)).violations.map(({ id }) => id),
    selector,
  )
  expect(found).toEqual([])
}

describe('<goodword-share>', () => {
  it('shows the link with every way to share it, and a QR code on request', async () => {
    const friend = await open(`<goodword-share code="${setup.goodword.code}"></goodword-share>`, { ref: false })
    await friend.page.getByRole('heading', { name: 'Give $20' }).waitFor()
    const link = await friend.page.getByRole('textbox', { name: 'Your link' }).inputValue()
    expect(link).toContain(setup.goodword.code)
    const whatsapp = await friend.page.getByRole('link', { name: 'WhatsApp' }).getAttribute('href')
    expect(decodeURIComponent(whatsapp ?? '')).toContain(link)
    await friend.page.getByRole('button', { name: 'QR code' }).click()
    await friend.page.getByRole('img', { name: 'QR code of your link' }).waitFor()
    await friend.page.getByRole('button', { name: 'Copy' }).click()
    await friend.page
      .getByText(/Copied|Select the link/)
      .first()
      .waitFor()
    await expectAccessible(friend, 'goodword-share')
  })

  it('waits until the page identifies the visitor', async () => {
    const friend = await open('<goodword-share>Sign in to share.</goodword-share>', { ref: false })
    await friend.page.getByText('Sign in to share.').waitFor()
    await friend.page.evaluate((code) => window.Goodword?.identify({ code }), setup.goodword.code)
    await friend.page.getByRole('heading', { name: 'Give $20' }).waitFor()
  })
})

describe('data attributes in plain HTML', () => {
  it('show an element where a page builder allows none, even later, and leave the content of the page alone', async () => {
    const friend = await open(
      '<div data-goodword="form" lang="es">Call <b>us</b>.</div><div data-goodword="nothing">Stays.</div>',
    )
    await friend.page.getByRole('button', { name: /^Quiero / }).waitFor()
    await friend.page.getByText('Stays.').waitFor()
    await friend.page.evaluate((code) => {
      const later = document.createElement('div')
      later.setAttribute('data-goodword', 'share')
      later.setAttribute('data-goodword-code', code)
      document.body.append(later)
    }, setup.goodword.code)
    await friend.page.getByRole('heading', { name: 'Give $20' }).waitFor()
    const content = friend.page.locator('[data-goodword]')
    expect(await content.evaluateAll((all) => all.map(({ innerHTML }) => innerHTML))).toEqual([
      'Call <b>us</b>.',
      'Stays.',
      '',
    ])
  })

  it('leave an element alone that cannot show anything but its own, and say so once', async () => {
    const hints: string[] = []
    const friend = await setup.blank()
    friend.page.on('console', (message) => {
      if (message.type() === 'warning') hints.push(message.text())
    })
    setup.site.put(
      '/table',
      `${tag(setup.goodword)}<table data-goodword="form"><tr><td>Prices</table><p data-goodword="banner">`,
    )
    await friend.page.goto(setup.through('/table'))
    await friend.page.getByText('Anna gave you').waitFor()
    await friend.page.evaluate(() => document.body.append(document.createElement('p')))
    await expect.poll(() => hints).toEqual(['Goodword: <table> cannot show data-goodword="form". Use a <div>.'])
    expect(await friend.page.locator('table').innerText()).toBe('Prices')
  })
})

describe('<goodword-banner>', () => {
  it('shows friends who came through a link what they get, until they dismiss it', async () => {
    const friend = await open('<goodword-banner position="bottom" href="#visit"></goodword-banner>')
    await friend.page.getByText('Anna gave you $20 credit after your first plumbing visit').waitFor()
    await expectAccessible(friend, 'goodword-banner')
    await friend.page.getByRole('button', { name: 'Dismiss' }).click()
    await friend.page.getByText('Anna gave you').waitFor({ state: 'detached' })
    // The element is the page's: its application may still want to remove it.
    expect(await friend.page.locator('goodword-banner').boundingBox()).toMatchObject({ height: 0 })
    await friend.page.goto(`${setup.site.url}/elements`)
    await settled(friend.page)
    expect(await friend.page.getByText('Anna gave you').count()).toBe(0)
  })

  it('stays hidden for everyone else', async () => {
    const visitor = await open('<goodword-banner></goodword-banner>', { ref: false })
    await settled(visitor.page)
    expect(await visitor.page.locator('goodword-banner section').count()).toBe(0)
  })
})

describe('<goodword-launcher>', () => {
  const focusedIn = ({ page }: Visit) =>
    page.evaluate(() => document.querySelector('goodword-launcher')?.shadowRoot?.activeElement?.className)

  it('opens the form next to the page, and returns the focus when it closes', async () => {
    const friend = await open('<goodword-launcher></goodword-launcher>')
    const button = friend.page.getByRole('button', { name: 'See your offer' })
    await button.focus()
    await friend.page.keyboard.press('Enter')
    await friend.page.getByText('Anna gave you').waitFor()
    await expect.poll(() => focusedIn(friend)).toBe('panel')
    expect(await button.getAttribute('aria-expanded')).toBe('true')
    await expectAccessible(friend, 'goodword-launcher')
    await friend.page.keyboard.press('Escape')
    await expect.poll(() => focusedIn(friend)).toBe('launch')
    await friend.page.getByText('Anna gave you').waitFor({ state: 'hidden' })
  })

  it('opens when the page calls it, even if the page has no launcher', async () => {
    const friend = await open('')
    const opened = friend.page.evaluate(
      () => new Promise((done) => document.addEventListener('goodword:open', (e) => done((e as CustomEvent).detail))),
    )
    await friend.page.evaluate(() => window.Goodword?.open('form'))
    expect(await opened).toEqual({ panel: 'form' })
    await friend.page.getByText('Anna gave you').waitFor()
    await friend.page.evaluate(() => window.Goodword?.close())
    await friend.page.getByText('Anna gave you').waitFor({ state: 'hidden' })
  })
})

describe('the language of the page', () => {
  it.each([
    ['de', 'Anna schenkt Ihnen', 'Ihr Name'],
    ['es', 'Anna le regala', 'Su nombre'],
    ['fr', 'Anna vous offre', 'Votre nom'],
    ['pt-BR', 'Anna deu a você', 'Seu nome'],
  ])('%s is used by the form and the server, and the page can replace single texts', async (lang, gift, name) => {
    const friend = await open(`<div lang="${lang}"><goodword-form words='{"message":"¿?"}'></goodword-form></div>`)
    await friend.page.getByText(gift).waitFor()
    await friend.page.getByLabel(name).waitFor()
    await friend.page.getByLabel('¿?').waitFor()
    await expectAccessible(friend, 'goodword-form')
  })
})

describe('the theme', () => {
  it('follows the attribute, no matter what the page looks like', async () => {
    const friend = await open('<goodword-form theme="dark"></goodword-form>')
    const root = friend.page.locator('goodword-form .root')
    await root.waitFor()
    expect(await root.evaluate((one) => one.classList.contains('dark'))).toBe(true)
    await friend.page.locator('goodword-form').evaluate((host) => host.setAttribute('theme', 'light'))
    await expect.poll(() => root.evaluate((one) => one.classList.contains('dark'))).toBe(false)
  })
})
