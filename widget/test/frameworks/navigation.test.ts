import { beforeAll, describe, expect, it } from 'vitest'
import { setupWidgetTest } from '../setup.ts'
import { tag } from '../site.ts'
import { scriptOf } from './build.ts'

const setup = setupWidgetTest()

type Library = {
  name: string
  head?: string
  body?: string
  main?: string
  /** Each page is loaded, as by a browser. */
  loads?: true
  script?: [path: string, library: string, file: string]
}

/** Changes the page as a hand-written script does. */
const transitions = `
  const show = async (url) => {
    const text = await (await fetch(url)).text()
    const { body } = new DOMParser().parseFromString(text, 'text/html')
    const change = () => document.querySelector('main').replaceWith(body.querySelector('main'))
    // A transition is skipped when another one begins.
    document.startViewTransition(change).ready.catch(() => {})
  }
  addEventListener('click', (event) => {
    const link = event.target.closest('a')
    if (!link) return
    event.preventDefault()
    history.pushState(null, '', link.href)
    show(link.href)
  })
  addEventListener('popstate', () => show(location.href))`

const libraries: Library[] = [
  {
    name: 'Turbo',
    head: '<script src="/turbo.js"></script>',
    script: ['/turbo.js', '@hotwired/turbo', 'turbo.es2017-umd.js'],
  },
  {
    name: 'htmx 2',
    head: '<script src="/htmx2.js"></script>',
    body: ' hx-boost="true"',
    script: ['/htmx2.js', 'htmx-2', 'htmx.min.js'],
  },
  {
    name: 'htmx 4',
    head: '<script src="/htmx4.js"></script>',
    body: ' hx-boost:inherited="true"',
    script: ['/htmx4.js', 'htmx-4', 'htmx.min.js'],
  },
  {
    name: 'swup',
    head: '<script src="/swup.js"></script><script>addEventListener("load", () => new Swup({ animationSelector: false }))</script>',
    main: ' id="swup"',
    script: ['/swup.js', 'swup', 'Swup.umd.js'],
  },
  { name: 'View Transitions of one document', head: `<script>${transitions}</script>` },
  { name: 'View Transitions', head: '<style>@view-transition { navigation: auto }</style>', loads: true },
]

beforeAll(() => {
  for (const { script } of libraries) if (script) setup.site.putScript(script[0], scriptOf(script[1], script[2]))
})

const elements =
  '<goodword-banner></goodword-banner><goodword-form><em>Call us.</em></goodword-form><div data-goodword="form"><em>Or visit.</em></div>'

describe.each(libraries)(
  'a website whose pages are changed by $name',
  ({ name, head = '', body = '', main = '', loads }) => {
    const folder = `/${name.toLowerCase().replaceAll(' ', '')}`
    // Half of the websites have the tag in the body, where such a library runs it again on each page.
    it.each(['head', 'body'])(
      'shows the widget once on each page, also after Back, with the tag in its %s',
      async (at) => {
        const page = (route: string, inside: string) =>
          setup.site.put(
            `${folder}-${at}/${route}`,
            `${head}${at === 'head' ? tag(setup.goodword) : ''}</head><body${body}>${at === 'body' ? tag(setup.goodword) : ''}
         <nav><a href="${folder}-${at}/home">Home</a> <a href="${folder}-${at}/about">About</a></nav>
         <main${main}><h1>${route}</h1>${inside}</main></body>`,
          )
        page('home', elements)
        page('about', '<p>Since 1952.</p>')
        const friend = await setup.open(`${folder}-${at}/home`)
        const seen = () =>
          friend.page.evaluate(() =>
            [...document.querySelectorAll('goodword-banner, goodword-form, [data-goodword]')].map((host) => {
              const visible = [...(host.shadowRoot?.querySelectorAll('.card, .banner') ?? [])]
              return visible.filter((one) => one.getClientRects().length > 0).length
            }),
          )
        const isAt = (route: string) => friend.page.locator('h1', { hasText: route }).waitFor()
        const go = async (route: string) => {
          await friend.page.getByRole('link', { name: route, exact: false }).first().click()
          await isAt(route)
        }
        await expect.poll(seen, { message: 'on arrival' }).toEqual([1, 1, 1])
        await friend.page.evaluate(() => Object.assign(window, { arrived: true }))
        await go('about')
        expect(await seen()).toEqual([])
        expect(await friend.page.evaluate(() => 'arrived' in window)).toBe(!loads)
        await go('home')
        await expect.poll(seen, { message: 'on coming back' }).toEqual([1, 1, 1])
        await friend.page.locator('goodword-form').getByLabel('Your name').fill('Priya')
        await friend.page.locator('goodword-banner').getByRole('button').click()
        await expect.poll(seen, { message: 'dismissed' }).toEqual([0, 1, 1])
        await go('about')
        await friend.page.goBack()
        await isAt('home')
        await expect.poll(seen, { message: 'after Back' }).toEqual([0, 1, 1])
        await friend.page.goForward()
        await isAt('about')
        await friend.page.goBack()
        await isAt('home')
        await expect.poll(seen, { message: 'after Back again' }).toEqual([0, 1, 1])
      },
    )
  },
)
