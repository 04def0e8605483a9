import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { settled } from '../../api/test/settled.ts'
import { setScene } from './scene.ts'
import { tag } from './site.ts'
import type { Visit } from './visit.ts'

const axeScript = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const scene = setScene()
const strict = () =>
  `default-src 'none'; script-src ${scene.goodword.url}; connect-src ${scene.goodword.url}; require-trusted-types-for 'script'; trusted-types 'none'`

async function open(html: string, { path = '/elements', policy = strict(), ref = true } = {}): Promise<Visit> {
  scene.site.put(path, `${tag(scene.goodword)}<h1>Plumbing</h1><a href="#x">Home</a>${html}`, {
    'content-security-policy': policy,
  })
  return scene.open(ref ? path : `${path}?none`)
}
async function hasNoBarriers({ page }: Visit, selector: string) {
  await page.evaluate(axeScript)
  const found = await page.evaluate(
    async (host) => (await window.axe.run(host)).violations.map(({ id }) => id),
    selector,
  )
  expect(found).toEqual([])
}

describe('<goodword-share>', () => {
  it('shows the link with every way to hand it on, and a QR code on request', async () => {
    const friend = await open(`<goodword-share code="${scene.goodword.code}"></goodword-share>`, { ref: false })
    await friend.page.getByRole('heading', { name: 'Give $20' }).waitFor()
    const link = await friend.page.getByRole('textbox', { name: 'Your link' }).inputValue()
    expect(link).toContain(scene.goodword.code)
    const whatsapp = await friend.page.getByRole('link', { name: 'WhatsApp' }).getAttribute('href')
    expect(decodeURIComponent(whatsapp ?? '')).toContain(link)
    await friend.page.getByRole('button', { name: 'QR code' }).click()
    await friend.page.getByRole('img', { name: 'QR code of your link' }).waitFor()
    await friend.page.getByRole('button', { name: 'Copy' }).click()
    await friend.page
      .getByText(/Copied|Select the link/)
      .first()
      .waitFor()
    await hasNoBarriers(friend, 'goodword-share')
  })

  it('waits until the page says whose it is', async () => {
    const friend = await open('<goodword-share>Sign in to share.</goodword-share>', { ref: false })
    await friend.page.getByText('Sign in to share.').waitFor()
    await friend.page.evaluate((code) => window.Goodword?.identify({ code }), scene.goodword.code)
    await friend.page.getByRole('heading', { name: 'Give $20' }).waitFor()
  })
})

describe('attributes of plain HTML', () => {
  it('put an element where a page builder takes none, also one that comes later, and keep what stood inside', async () => {
    const friend = await open(
      '<div data-goodword="form" lang="es">Call us.</div><div data-goodword="nothing">Stays.</div>',
    )
    await friend.page.getByRole('button', { name: /^Quiero / }).waitFor()
    await friend.page.getByText('Stays.').waitFor()
    await friend.page.evaluate((code) => {
      const later = document.createElement('div')
      later.setAttribute('data-goodword', 'share')
      later.setAttribute('data-goodword-code', code)
      document.body.append(later)
    }, scene.goodword.code)
    await friend.page.getByRole('heading', { name: 'Give $20' }).waitFor()
    expect(
      await friend.page.locator('[data-goodword] > *').evaluateAll((all) => all.map(({ localName }) => localName)),
    ).toEqual(['goodword-form', 'goodword-share'])
  })
})

describe('<goodword-banner>', () => {
  it('tells whom a link brought what they were given, until it is put away', async () => {
    const friend = await open('<goodword-banner position="bottom" href="#visit"></goodword-banner>')
    await friend.page.getByText('Anna gave you $20 credit after your first plumbing visit').waitFor()
    await hasNoBarriers(friend, 'goodword-banner')
    await friend.page.getByRole('button', { name: 'Dismiss' }).click()
    await friend.page.locator('goodword-banner').waitFor({ state: 'detached' })
    await friend.page.goto(`${scene.site.url}/elements`)
    await settled(friend.page)
    expect(await friend.page.getByText('Anna gave you').count()).toBe(0)
  })

  it('says nothing to anybody else', async () => {
    const visitor = await open('<goodword-banner></goodword-banner>', { ref: false })
    await settled(visitor.page)
    expect(await visitor.page.locator('goodword-banner section').count()).toBe(0)
  })
})

describe('<goodword-launcher>', () => {
  const focusedIn = ({ page }: Visit) =>
    page.evaluate(() => document.querySelector('goodword-launcher')?.shadowRoot?.activeElement?.className)

  it('opens the form beside the page, and gives the focus back when it closes', async () => {
    const friend = await open('<goodword-launcher></goodword-launcher>')
    const button = friend.page.getByRole('button', { name: 'See your offer' })
    await button.focus()
    await friend.page.keyboard.press('Enter')
    await friend.page.getByText('Anna gave you').waitFor()
    await expect.poll(() => focusedIn(friend)).toBe('panel')
    expect(await button.getAttribute('aria-expanded')).toBe('true')
    await hasNoBarriers(friend, 'goodword-launcher')
    await friend.page.keyboard.press('Escape')
    await expect.poll(() => focusedIn(friend)).toBe('launch')
    await friend.page.getByText('Anna gave you').waitFor({ state: 'hidden' })
  })

  it('opens when the page asks for it, also where there was none', async () => {
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
  ])('%s is spoken by form and server, and single words can be replaced', async (lang, gift, name) => {
    const friend = await open(`<div lang="${lang}"><goodword-form words='{"message":"¿?"}'></goodword-form></div>`)
    await friend.page.getByText(gift).waitFor()
    await friend.page.getByLabel(name).waitFor()
    await friend.page.getByLabel('¿?').waitFor()
    await hasNoBarriers(friend, 'goodword-form')
  })
})

describe('the theme', () => {
  it('is what the attribute says, whatever the page looks like', async () => {
    const friend = await open('<goodword-form theme="dark"></goodword-form>')
    const root = friend.page.locator('goodword-form .root')
    await root.waitFor()
    expect(await root.evaluate((one) => one.classList.contains('dark'))).toBe(true)
    await friend.page.locator('goodword-form').evaluate((host) => host.setAttribute('theme', 'light'))
    await expect.poll(() => root.evaluate((one) => one.classList.contains('dark'))).toBe(false)
  })
})
