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

  it('neither launcher nor banner hides what has the focus, even in our form at the end of the page', async () => {
    const viewport = { width: 390, height: 700 }
    const friend = await open(
      `<goodword-launcher></goodword-launcher><goodword-banner position="bottom"></goodword-banner>${form}`,
      { viewport },
    )
    await friend.page.locator('goodword-form h2').waitFor()
    await friend.page.locator('.launch').waitFor()
    /** The part of the focused element that is in sight, at five points across it. */
    const inSight = () =>
      friend.page.evaluate(() => {
        const inside = (root: DocumentOrShadowRoot): Element | null => {
          const one = root.activeElement
          return (one?.shadowRoot && inside(one.shadowRoot)) || one
        }
        const focused = inside(document)
        if (!focused) return null
        const { left, top, width, height } = focused.getBoundingClientRect()
        const at = (x: number, y: number, root: DocumentOrShadowRoot = document): Element | null => {
          const one = root.elementFromPoint(x, y)
          return one?.shadowRoot && one.shadowRoot !== root ? at(x, y, one.shadowRoot) : one
        }
        const parts = [0.1, 0.3, 0.5, 0.7, 0.9]
        const seen = parts.filter((part) => focused.contains(at(left + width * part, top + height * part)))
        return [focused.getAttribute('name') ?? focused.className, seen.length / parts.length]
      })
    const order = ['launch', 'close', 'name', 'phone', 'email', 'message', 'button primary']
    for (const name of order) {
      await friend.page.keyboard.press('Tab')
      await expect.poll(inSight).toEqual([name, 1])
    }
  })

  it('on a wide page the banner is in the middle, and at a zoom of 400 % launcher and banner leave room', async () => {
    const friend = await open(
      `<goodword-banner position="bottom"></goodword-banner><goodword-launcher></goodword-launcher>${form}`,
      { viewport: { width: 1280, height: 1024 } },
    )
    await friend.page.locator('.banner').waitFor()
    await friend.page.locator('.launch').waitFor()
    const banner = await box(friend, '.banner')
    expect(Math.abs(banner.x - (1280 - banner.x - banner.width))).toBeLessThanOrEqual(1)
    await friend.page.setViewportSize({ width: 320, height: 256 })
    expect(await friend.page.locator('goodword-banner').evaluate((host) => getComputedStyle(host).position)).toBe(
      'static',
    )
    const button = friend.page.getByRole('button', { name: 'See your offer' })
    await button.focus()
    await friend.page.keyboard.press('Enter')
    await friend.page.locator('goodword-launcher goodword-form h2').waitFor()
    expect((await box(friend, '.panel')).height).toBeGreaterThan(200)
    await friend.page.keyboard.press('Escape')
    await expect.poll(() => button.evaluate((one) => one.matches(':focus'))).toBe(true)
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
    .toEqual([
      'Goodword: <goodword-share> has no code. Set its attribute "code", or call Goodword.identify with a code or a token.',
    ])
  expect(await friend.page.getByText('Sign in.').isVisible()).toBe(true)
})
