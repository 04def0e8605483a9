import { describe, expect, it } from 'vitest'
import { settled } from '../../api/test/settled.ts'
import { setupWidgetTest } from './setup.ts'
import { form, tag } from './site.ts'
import type { Visit } from './visit.ts'

const setup = setupWidgetTest()
const open = (html: string, options?: Parameters<typeof setup.open>[1]) => {
  setup.site.put('/host', `${tag(setup.goodword)}${html}`)
  return setup.open('/host', options)
}
const gave = ({ page }: Visit) => page.getByText('Anna gave you $20 credit')
const box = async ({ page }: Visit, selector: string) => {
  const found = await page.locator(selector).boundingBox()
  if (!found) throw new Error(`There is no ${selector} to be seen.`)
  return found
}

describe("the page's keyboard shortcuts", () => {
  const shortcuts = `<script>
    window.heard = []
    for (const type of ['keydown', 'keypress', 'keyup'])
      document.addEventListener(type, (event) => {
        heard.push(event.key)
        if (event.key === 's' || event.key === '/') { event.preventDefault(); document.querySelector('#search').focus() }
      })
  </script><input id="search" aria-label="Search">`
  const heard = ({ page }: Visit) =>
    page.evaluate(() => [...new Set((Reflect.get(window, 'heard') as string[]).splice(0))].sort())

  it('do not take what is typed in our fields, and hear Tab and Escape', async () => {
    const friend = await open(`${shortcuts}${form}<goodword-launcher></goodword-launcher>`)
    await gave(friend).waitFor()
    await friend.field('Your name').click()
    await friend.page.keyboard.type('Miss/s')
    expect(await friend.field('Your name').inputValue()).toBe('Miss/s')
    expect(await heard(friend)).toEqual([])
    await friend.page.keyboard.press('Escape')
    await friend.page.keyboard.press('Tab')
    expect(await heard(friend)).toEqual(['Escape', 'Tab'])
  })

  it('do not hear the Escape that closes our panel', async () => {
    const friend = await open(`${shortcuts}<goodword-launcher></goodword-launcher>`)
    await friend.page.getByRole('button', { name: 'See your offer' }).click()
    await gave(friend).waitFor()
    await friend.field('Your name').click()
    await friend.page.keyboard.press('Escape')
    await gave(friend).waitFor({ state: 'hidden' })
    expect(await heard(friend)).toEqual([])
    await friend.page.keyboard.press('Escape')
    expect(await heard(friend)).not.toContain('s')
  })
})

describe('a page that an application restores', () => {
  const host =
    '<div id="app"><div data-goodword="form">Call <b>us</b>.</div><goodword-form>Or write.</goodword-form></div>'
  const forms = ({ page }: Visit) =>
    page.evaluate(() => {
      const app = document.querySelector('#app')
      const hosts = [...(app?.querySelectorAll('[data-goodword], goodword-form') ?? [])]
      return hosts.map((one) => one.shadowRoot?.querySelectorAll('form').length)
    })

  it.each([
    [
      'a copy of its nodes',
      () => document.querySelector('#app')?.replaceWith(document.querySelector('#app')?.cloneNode(true) ?? ''),
    ],
    [
      'their text',
      () => {
        const app = document.querySelector('#app')
        if (app) app.innerHTML = String(app.innerHTML)
      },
    ],
  ])('from %s has one form per element, however often', async (_how, restore) => {
    const friend = await open(host)
    await expect.poll(() => forms(friend)).toEqual([1, 1])
    for (let i = 0; i < 3; i += 1) {
      await friend.page.evaluate(restore)
      await expect.poll(() => forms(friend)).toEqual([1, 1])
    }
    await settled(friend.page)
    expect(await friend.page.locator('#app').innerHTML()).toBe(
      '<div data-goodword="form">Call <b>us</b>.</div><goodword-form>Or write.</goodword-form>',
    )
  })
})

describe('next to other things', () => {
  const long = 'Straightforward and honest plumbing for the whole of the East Bay since 1987. '.repeat(3)

  it('in a narrow row, the form and the share panel keep their words whole', async () => {
    const shared = `<goodword-share code="${setup.goodword.code}"></goodword-share>`
    const friend = await open(
      `<div style="display: flex; inline-size: 600px"><p style="flex: none; inline-size: 500px">${long}</p>${form}</div>
      <div style="display: flex; inline-size: 600px"><p style="flex: none; inline-size: 500px">${long}</p>${shared}</div>`,
    )
    await gave(friend).waitFor()
    await friend.page.getByRole('heading', { name: 'Give $20' }).waitFor()
    for (const element of ['goodword-form', 'goodword-share'])
      expect((await box(friend, `${element} .card`)).width).toBeGreaterThanOrEqual(240)
  })

  it('on a phone, the launcher stays above the banner, and moves down when that is dismissed', async () => {
    const friend = await open(
      '<goodword-launcher></goodword-launcher><goodword-banner position="bottom" href="#visit"></goodword-banner>',
      { viewport: { width: 390, height: 844 } },
    )
    await gave(friend).waitFor()
    const launch = () => box(friend, '.launch')
    const floor = (await box(friend, '.banner')).y
    await expect.poll(async () => (await launch()).y + (await launch()).height).toBeLessThanOrEqual(floor)
    await friend.page.getByRole('link', { name: 'See the offer' }).click()
    await friend.page.getByRole('button', { name: 'Dismiss' }).click()
    await expect.poll(async () => Math.round((await launch()).y + (await launch()).height)).toBe(824)
  })
})

it('a share panel without a code says once what is missing, and the page goes on', async () => {
  const friend = await setup.blank()
  const hints: string[] = []
  friend.page.on('console', (message) => {
    if (message.type() === 'warning') hints.push(message.text())
  })
  setup.site.put(
    '/share',
    `${tag(setup.goodword)}<goodword-share>Sign in.</goodword-share><goodword-share></goodword-share>`,
  )
  await friend.page.goto(`${setup.site.url}/share`)
  await expect
    .poll(() => hints, { timeout: 20_000 })
    .toEqual(['Goodword: <goodword-share> has no code. Set its attribute "code", or call Goodword.identify({ code }).'])
  expect(await friend.page.getByText('Sign in.').isVisible()).toBe(true)
})
