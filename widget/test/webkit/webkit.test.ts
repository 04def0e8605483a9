import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listReferrals } from '../../../api/src/modules/surfaces/console/referrals.queries.ts'
import { typedLikeAPerson } from '../../../api/test/typing.ts'
import { keys, startWebkit, type Webkit } from '../../../api/test/webkit.ts'
import { type Goodword, startGoodword } from '../goodword.ts'
import { serveParts } from '../parts.ts'
import { form, type Site, startSite, tag } from '../site.ts'

declare global {
  interface Window {
    /** The first match in the document and in open shadow roots. */
    seek(selector: string): HTMLElement | null
  }
}

let webkit: Webkit
let goodword: Goodword
let site: Site
beforeAll(async () => {
  ;[webkit, goodword, site] = await Promise.all([startWebkit(), startGoodword(), startSite()])
  await goodword.allow(site.url)
  site.put('/empty', '')
})
afterAll(async () => {
  await webkit?.close()
  site?.stop()
  await goodword?.stop()
})

const seek = `<script>
  window.seek = (selector, root = document) => root.querySelector(selector)
    ?? [...root.querySelectorAll('*')].map((one) => one.shadowRoot && seek(selector, one.shadowRoot)).find(Boolean) ?? null
</script>`

/** Opens a page through Anna's link, in a browser that keeps nothing of the pages before. */
async function arrive(path: string, html: string, script = tag(goodword), origin = site.url) {
  site.put(path, `${seek}${script}<h1>Good plumbing, on time.</h1>${html}`)
  await webkit.open(`${origin}/empty`)
  await webkit.forget()
  await webkit.open(`${origin}${path}?ref=${goodword.code}`)
}
const textOf = (selector: string) => webkit.run((one) => window.seek(one)?.innerText ?? '', selector)
const shows = (selector: string, text: string | RegExp) =>
  expect.poll(() => textOf(selector), { timeout: 30_000 }).toMatch(text)
const focus = (selector: string) => webkit.run((one) => window.seek(one)?.focus(), selector)
const focused = () =>
  webkit.run(() => {
    let at = document.activeElement
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
    return at?.id || at?.className || at?.localName
  })
const kept = () => webkit.run(async () => (await window.Goodword?.getReferral()) ?? null)
const names = async () =>
  (await listReferrals(goodword.world.ctx, { limit: 100, sort: 'oldest' })).items.map(({ friend }) => friend.name)

describe('in WebKit, a friend', () => {
  it('lands through a link, which the next page remembers, and sends the form with the keyboard', async () => {
    const origin = site.url.replace('localhost', 'www.harbor.localhost')
    await goodword.allow(origin)
    await arrive('/', form, tag(goodword), origin)
    await shows('.card', 'Anna gave you')
    expect(await kept()).toMatchObject({ code: goodword.code, days: 90 })
    site.put('/next', `${seek}${form}${tag(goodword)}`)
    await webkit.open(`${origin}/next`)
    await shows('.card', 'Anna gave you')
    expect(await webkit.run(() => [document.cookie, localStorage.goodword])).toEqual([
      expect.stringContaining(goodword.code),
      expect.stringContaining(goodword.code),
    ])
    const drawnAt = Date.now()
    await focus('#name')
    await webkit.type(`Priya Shah${keys.tab}(415) 555-01${keys.enter}`)
    await shows('#phone-below', 'Add the last two digits.')
    await expect.poll(focused).toBe('phone')
    expect(await webkit.run(() => window.seek('#phone')?.getAttribute('aria-invalid'))).toBe('true')
    await typedLikeAPerson(drawnAt)
    await webkit.type(`42${keys.enter}`)
    await shows('.title', 'Thanks, Priya')
    await expect.poll(focused).toBe('title')
    expect(await names()).toContain('Priya Shah')
  })

  it('sends the form although the browser refuses to store anything', async () => {
    const refuse = `<script>for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('The operation is insecure.', 'SecurityError') } })
      Object.defineProperty(Document.prototype, 'cookie', { get() { throw new DOMException('', 'SecurityError') }, set() { throw new DOMException('', 'SecurityError') } })</script>`
    await arrive('/refuses', form, refuse + tag(goodword))
    await shows('.card', 'Anna gave you')
    expect((await kept())?.code).toBe(goodword.code)
    const drawnAt = Date.now()
    await focus('#name')
    await webkit.type(`Omar Haddad${keys.tab}4155550188`)
    await typedLikeAPerson(drawnAt)
    await webkit.type(keys.enter)
    await shows('.title', 'Thanks, Omar')
  })

  it('reads a dark form on a dark page, and a mirrored one from right to left', async () => {
    await arrive('/dark', `<style>body { color: #dbe7f2; background: #0e2f4e }</style><div dir="rtl">${form}</div>`)
    await shows('.card', 'Anna gave you')
    const look = await webkit.run(() => {
      const root = window.seek('.root') as HTMLElement
      const phone = window.seek('#phone') as HTMLElement
      return [root.classList.contains('dark'), getComputedStyle(root).direction, getComputedStyle(phone).direction]
    })
    expect(look).toEqual([true, 'rtl', 'ltr'])
  })

  it('opens and closes the launcher and dismisses the banner with the keyboard', async () => {
    await arrive('/over', '<goodword-banner></goodword-banner><goodword-launcher></goodword-launcher>')
    await shows('.launch', 'See your offer')
    await focus('.launch')
    await webkit.type(keys.enter)
    await shows('.card', 'Anna gave you')
    await expect.poll(focused).toBe('panel')
    await webkit.type(keys.escape)
    await expect.poll(focused).toBe('launch')
    expect(await webkit.run(() => window.seek('.launch')?.getAttribute('aria-expanded'))).toBe('false')
    await shows('section', 'Anna gave you')
    await focus('.close')
    await webkit.type(keys.enter)
    await expect
      .poll(() => webkit.run(() => document.querySelector('goodword-banner')?.shadowRoot?.querySelector('section')))
      .toBe(null)
  })
})

describe('in WebKit, an advocate', () => {
  it('sees their link with the ways to share it, and its QR code', async () => {
    await arrive('/share', `<goodword-share code="${goodword.code}"></goodword-share>`)
    await shows('.title', 'Give $20')
    expect(await webkit.run(() => (window.seek('.link input') as HTMLInputElement).value)).toContain(goodword.code)
    await focus('[aria-expanded]')
    await webkit.type(keys.enter)
    await expect.poll(() => webkit.run(() => window.seek('.qr svg')?.localName)).toBe('svg')
  })
})

describe('in WebKit, a part that failed to load', () => {
  it('is tried again when the network returns, and nothing runs twice', async () => {
    const failed: string[] = []
    const own = await serveParts(
      { site, goodword },
      {
        fails(name) {
          const fails = !failed.includes(name)
          if (fails) failed.push(name)
          return fails
        },
      },
    )
    await arrive('/own', `${form}<goodword-share code="${goodword.code}"></goodword-share>`, own.tag)
    await expect
      .poll(async () => {
        await webkit.run(() => dispatchEvent(new Event('online')))
        return webkit.run(() => [window.seek('#name')?.localName, window.seek('.targets')?.localName])
      })
      .toEqual(['input', 'ul'])
    expect(failed.sort()).toEqual(['capture', 'share', 'ui'])
    expect(await webkit.run(() => (Reflect.get(window, 'ran') as string[]).sort())).toEqual(['capture', 'share', 'ui'])
  })
})

describe('in WebKit without JavaScript', () => {
  it('a friend corrects and sends the hosted page', async () => {
    const plain = await startWebkit({ scripts: false })
    try {
      await plain.open(`${goodword.url}/r/${goodword.code}`)
      const text = () => plain.run(() => document.body.innerText)
      expect(await text()).toContain('Anna gave you')
      await plain.run(() => document.querySelector<HTMLElement>('#phone')?.focus())
      await plain.type(`(415) 555-0143${keys.enter}`)
      await expect.poll(text).toContain('Enter your name.')
      const drawnAt = Date.now()
      expect(await plain.run(() => document.activeElement?.id)).toBe('name')
      await plain.type('Lena Fischer')
      await typedLikeAPerson(drawnAt)
      await plain.type(keys.enter)
      await expect.poll(text).toMatch(/Thanks, Lena/)
    } finally {
      await plain.close()
    }
    expect(await names()).toContain('Lena Fischer')
  })
})
