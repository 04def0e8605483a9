import { describe, expect, it } from 'vitest'
import { leftOutInFirefox } from '../../api/test/engine.ts'
import { settled } from '../../api/test/settled.ts'
import { setupWidgetTest } from './setup.ts'
import { tag } from './site.ts'
import type { Visit } from './visit.ts'

const setup = setupWidgetTest()
const day = 86_400

/** The business's server under another name. */
const on = (host: string, path = '/') => `http://${host}:${new URL(setup.site.url).port}${path}`
const tagWith = (attributes: string) => tag(setup.goodword).replace('<script', `<script ${attributes}`)
const kept = ({ page }: Visit) => page.evaluate(async () => (await window.Goodword?.getReferral()) ?? null)
const cookies = async ({ page }: Visit) =>
  (await page.context().cookies()).map(({ name, domain, path, sameSite, expires }) => ({
    ...{ name, domain, path, sameSite },
    days: Math.round((expires - Date.now() / 1_000) / day),
  }))
const whole = { name: 'goodword', domain: '.harbor.localhost', path: '/', sameSite: 'Lax', days: 90 }

/** Opens these pages one after the other, each on a website that is on the list. */
async function through(...urls: string[]): Promise<Visit> {
  const friend = await setup.blank()
  await open(friend, ...urls)
  return friend
}
async function open(friend: Visit, ...urls: string[]) {
  for (const url of urls) {
    await setup.goodword.allow(new URL(url).origin).catch(() => {})
    await friend.page.goto(url)
    await settled(friend.page)
  }
}

describe('the code', () => {
  it('is known on every subdomain of the website', async () => {
    const { code } = setup.goodword
    setup.site.put('/', tag(setup.goodword))
    for (const [from, to] of [
      ['www.harbor.localhost', 'book.harbor.localhost'],
      ['harbor.localhost', 'a.b.harbor.localhost'],
      ['shop.harbor.localhost', 'harbor.localhost'],
    ] as const) {
      const friend = await through(on(from, `/?ref=${code}`), on(to))
      expect([from, await kept(friend)]).toMatchObject([from, { code }])
      expect(await cookies(friend)).toEqual([whole])
      await open(friend, on('harbor2.localhost'))
      expect(await kept(friend)).toBeNull()
    }
  })

  it("is kept for the campaign's own number of days", async () => {
    const { world } = setup.goodword
    const campaign = await world.campaign({ linkDays: 30 })
    const { code } = await world.advocate(campaign.id, { name: 'Ben Okafor', email: 'thirty@mail.example' })
    setup.site.put('/', tag(setup.goodword))
    const friend = await through(on('www.harbor.localhost', `/?ref=${code}`))
    expect(await cookies(friend)).toEqual([{ ...whole, days: 30 }])
    expect(await kept(friend)).toMatchObject({ code, days: 30 })
    await friend.page.clock.install({ time: Date.now() + 31 * day * 1_000 })
    await open(friend, on('www.harbor.localhost'))
    expect(await kept(friend)).toBeNull()
  })

  it('survives a browser that clears either its cookies or its storage', async () => {
    const { code } = setup.goodword
    setup.site.put('/', tag(setup.goodword))
    const friend = await through(on('www.harbor.localhost', `/?ref=${code}`))
    await friend.page.evaluate(() => localStorage.clear())
    await open(friend, on('www.harbor.localhost'))
    expect((await kept(friend))?.code).toBe(code)

    const another = await through(on('www.harbor.localhost', `/?ref=${code}`))
    await another.page.context().clearCookies()
    await open(another, on('www.harbor.localhost'))
    expect((await kept(another))?.code).toBe(code)
  })

  it('is replaced by that of a later link, wherever on the website it leads', async () => {
    const { world, campaignId, code } = setup.goodword
    const later = await world.advocate(campaignId, { name: 'Ben Okafor', email: 'later@mail.example' })
    setup.site.put('/', tag(setup.goodword))
    const friend = await through(
      on('www.harbor.localhost', `/?ref=${code}`),
      on('book.harbor.localhost', `/?ref=${later.code}`),
      on('www.harbor.localhost'),
    )
    expect((await kept(friend))?.code).toBe(later.code)
    expect(await cookies(friend)).toEqual([whole])
  })

  it('belongs to the domain that the tag names', async () => {
    const { code } = setup.goodword
    setup.site.put('/', tagWith('data-cookie-domain="shop.harbor.localhost"'))
    const friend = await through(on('eu.shop.harbor.localhost', `/?ref=${code}`), on('shop.harbor.localhost'))
    expect((await kept(friend))?.code).toBe(code)
    expect(await cookies(friend)).toEqual([{ ...whole, domain: '.shop.harbor.localhost' }])
    await open(friend, on('www.harbor.localhost'))
    expect(await kept(friend)).toBeNull()
  })

  it('is stored nowhere before consent, and deleted everywhere when it is withdrawn', async () => {
    const { code } = setup.goodword
    setup.site.put('/', tagWith('data-consent="required"'))
    const friend = await through(on('www.harbor.localhost', `/?ref=${code}`))
    const stored = () => friend.page.evaluate(() => [document.cookie, localStorage.length])
    expect((await kept(friend))?.code).toBe(code)
    expect(await stored()).toEqual(['', 0])
    await friend.page.evaluate(() => window.Goodword?.setConsent(true))
    expect(await stored()).toEqual([expect.stringContaining(code), 1])
    await open(friend, on('book.harbor.localhost'))
    expect((await kept(friend))?.code).toBe(code)
    await friend.page.evaluate(() => window.Goodword?.setConsent(false))
    expect(await stored()).toEqual(['', 0])
    expect(await cookies(friend)).toEqual([])
  })
})

it.skipIf(leftOutInFirefox('the cookie of a host', 'only WebKit, which the page imitates here, needs it'))(
  'the code is kept in a cookie of the host alone where the browser takes none for its domain, and deleted with it',
  async () => {
    const { code } = setup.goodword
    setup.site.put('/', tag(setup.goodword))
    for (const host of ['localhost', '127.0.0.1']) {
      const friend = await setup.blank()
      // WebKit refuses a domain without a dot or with an address.
      await friend.page.addInitScript(() => {
        const { set, ...rest } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie') ?? {}
        Object.defineProperty(Document.prototype, 'cookie', {
          ...rest,
          set(text: string) {
            const [, domain] = /;domain=([^;]*)/.exec(text) ?? []
            if (domain === undefined || (domain.includes('.') && !/\d$/.test(domain))) set?.call(this, text)
          },
        })
      })
      await open(friend, on(host, `/?ref=${code}`))
      expect(await cookies(friend)).toEqual([{ ...whole, domain: host }])
      await friend.page.evaluate(() => localStorage.clear())
      await open(friend, on(host))
      expect((await kept(friend))?.code).toBe(code)
      await friend.page.evaluate(() => window.Goodword?.setConsent(false))
      expect(await cookies(friend)).toEqual([])
    }
  },
)

/** The pages behind the links answer that there is nothing to show. */
const noAnswer = 'WebDriver waits for the page of a form that is answered with 204'

describe('on the way to other domains of the business', () => {
  const links = `
    <a id="book" href="http://book.example:PORT/visit?a=%20b#top">Book</a>
    <a id="sub" href="http://eu.book.example:PORT/">Book in Europe</a>
    <a id="has" href="http://book.example:PORT/?via=other">Their own code</a>
    <a id="near" href="http://notbook.example:PORT/?a=1">Another business</a>
    <a id="own" href="/next?a=1">Next</a>
    <a id="mail" href="mailto:book@book.example">Email</a>
    <form id="get" action="http://book.example:PORT/find"><input name="q" value="tap"><button>Find</button></form>
    <form id="post" method="post" action="http://book.example:PORT/send"><input name="q" value="tap"><button>Send</button></form>
    <form id="elsewhere" action="http://notbook.example:PORT/find"><input name="q" value="tap"><button>Find</button></form>`
  const body = () => links.replaceAll('PORT', new URL(setup.site.url).port)

  /** The addresses that the browser goes to, none of which answers. */
  async function arrive(attributes: string) {
    setup.site.put('/out', `${tagWith(attributes)}${body()}`)
    const friend = await setup.open('/out')
    const gone: string[] = []
    await friend.page.context().route(/example/, (route) => {
      gone.push(`${route.request().method()} ${route.request().url().replace(/:\d+/, '')}`)
      return route.fulfill({ status: 204 })
    })
    await settled(friend.page)
    return { friend, gone }
  }

  it.skipIf(leftOutInFirefox('links and forms to other domains', noAnswer))(
    'links and forms take the code along, and the page stays as it is',
    async () => {
      const { code } = setup.goodword
      const { friend, gone } = await arrive('data-domains="book.example, other.example"')
      const { page } = friend
      const before = await page.evaluate(() => document.body.innerHTML)
      const follow = async (selector: string, options?: Parameters<typeof page.click>[1]) => {
        const wanted = gone.length + 1
        await page.click(selector, options)
        await expect.poll(() => gone.length).toBe(wanted)
      }
      await follow('#book')
      await page.focus('#sub')
      await page.keyboard.press('Enter')
      await expect.poll(() => gone.length).toBe(2)
      for (const selector of ['#has', '#near', '#get button', '#post button', '#elsewhere button'])
        await follow(selector)
      expect(gone).toEqual([
        `GET http://book.example/visit?a=%20b&ref=${code}`,
        `GET http://eu.book.example/?ref=${code}`,
        'GET http://book.example/?via=other',
        'GET http://notbook.example/?a=1',
        `GET http://book.example/find?q=tap&ref=${code}`,
        'POST http://book.example/send',
        'GET http://notbook.example/find?q=tap',
      ])
      expect(await page.evaluate(() => document.body.innerHTML)).toBe(before)
      // A menu or a new tab of the browser gets the address at the end of the event.
      const seen = await page.evaluate(async () => {
        const link = document.querySelector('#book') as HTMLAnchorElement
        const during: string[] = []
        const note = (event: Event) => {
          event.preventDefault()
          during.push(link.href)
        }
        for (const moment of ['contextmenu', 'auxclick', 'click']) {
          addEventListener(moment, note, { once: true })
          link.dispatchEvent(new MouseEvent(moment, { bubbles: true, cancelable: true, button: 1 }))
          await new Promise((done) => setTimeout(done))
          during.push(link.getAttribute('href') ?? '')
        }
        return during.map((href) => href.includes('ref='))
      })
      expect(seen).toEqual([true, false, true, false, true, false])
    },
  )

  it('nothing changes without a code or without a list', async () => {
    setup.site.put('/out', `${tagWith('data-domains="book.example"')}${body()}`)
    const stranger = await setup.blank()
    const asked: string[] = []
    stranger.page.on('request', (request) => asked.push(request.url()))
    await stranger.page.goto(`${setup.site.url}/out`)
    await settled(stranger.page)
    const { friend, gone } = await arrive('')
    await friend.page.click('#book')
    await expect.poll(() => gone).toEqual(['GET http://book.example/visit?a=%20b'])
    expect(asked.join()).not.toContain('outbound')
  })
})
