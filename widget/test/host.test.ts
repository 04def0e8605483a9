import { describe, expect, it } from 'vitest'
import { createWorld } from '../../api/test/harness.ts'
import { settled } from '../../api/test/settled.ts'
import { canSend, setupWidgetTest } from './setup.ts'
import { form, tag } from './site.ts'
import type { Visit } from './visit.ts'

const setup = setupWidgetTest()

/** What the browser's console warns of from now on. */
function warningsOf({ page }: Visit): string[] {
  const warnings: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'warning') warnings.push(message.text())
  })
  return warnings
}

describe('a page with tags of other vendors', () => {
  const ours = () => new URL(setup.goodword.url).host
  const payment =
    '<script src="/pay.js" class="button" data-key="pk_test_abcdefghijklmnop" data-name="Deposit"></script>'
  const plainTag = () => tag(setup.goodword)
  const ways: [string, () => string][] = [
    ['async', plainTag],
    ['deferred', () => plainTag().replace(' async', ' defer')],
    ['blocking', () => plainTag().replace(' async', '')],
    ['a module', () => plainTag().replace(' async', ' type="module"')],
    [
      'injected by a tag manager',
      () => `<script>
        const injected = document.createElement('script')
        injected.async = true
        injected.src = '${setup.goodword.url}/widget/v1/loader.js'
        injected.setAttribute('data-key', '${setup.goodword.key}')
        document.head.appendChild(injected)
      </script>`,
    ],
    [
      'moved into the bundle of an optimizer',
      () => `${plainTag().replace('<script', '<script type="text/plain"')}<script src="/bundle.js"></script>`,
    ],
  ]
  it.each(ways)('sends the code to our server alone when ours is %s', async (_way, tagOf) => {
    setup.site.putScript('/pay.js', 'window.paid = document.currentScript.dataset.key')
    const loader = await fetch(`${setup.goodword.url}/widget/v1/loader.js`)
    setup.site.putScript('/bundle.js', `eval(${JSON.stringify(await loader.text())})`)
    setup.site.put('/vendors', `${payment}${tagOf()}${payment}${form}`)
    const friend = await setup.blank()
    const asked: URL[] = []
    friend.page.on('request', (request) => asked.push(new URL(request.url())))
    await friend.page.goto(setup.through('/vendors'))
    await friend.page.getByText('Anna gave you').waitFor()
    const embedded = asked.filter(({ pathname }) => pathname.startsWith('/embed/'))
    expect(embedded.map(({ host, searchParams }) => `${host} ${searchParams.get('key')}`)).toEqual(
      embedded.map(() => `${ours()} ${setup.goodword.key}`),
    )
    expect(embedded.some(({ searchParams }) => searchParams.get('visit') === setup.goodword.code)).toBe(true)
  })
})

describe("the browser's console", () => {
  it.each([
    ['no attributes', ''],
    ['a secret key', 'data-key="sk_abc"'],
    ['an empty key', 'data-key=""'],
  ])('says what is missing on a tag with %s', async (_what, attributes) => {
    setup.site.put('/bare', `<script src="${setup.goodword.url}/widget/v1/loader.js" ${attributes}></script>${form}`)
    const friend = await setup.blank()
    const warnings = warningsOf(friend)
    await friend.page.goto(setup.through('/bare'))
    await settled(friend.page)
    await expect.poll(() => warnings).toEqual([expect.stringContaining('needs data-key="pk_…"')])
  })

  it("says that another organization's tag on the page has no effect, and nothing about the same one", async () => {
    const other = await createWorld(setup.goodword.services, 'Oak Street Dental')
    const second = tag({ ...setup.goodword, key: other.publishableKey }).replace(' async', '')
    setup.site.put('/two', `${tag(setup.goodword).replace(' async', '')}${second}${tag(setup.goodword)}${form}`)
    const friend = await setup.blank()
    const warnings = warningsOf(friend)
    await friend.page.goto(setup.through('/two'))
    await canSend(friend)
    await expect.poll(() => warnings).toHaveLength(1)
    expect(warnings[0]).toContain(`${setup.goodword.key}, so the one with ${other.publishableKey} has no effect`)
  })
})

describe('a page that changes fetch', () => {
  it('may add headers of its own to every request', async () => {
    const patch = `<script>
      const original = window.fetch
      window.fetch = (url, init) => original(url, { ...init, headers: { ...Object.fromEntries(init?.headers ?? []), traceparent: '00-1-2-01', 'X-Requested-With': 'fetch' } })
    </script>`
    setup.site.put('/patched', `${patch}${tag(setup.goodword)}${form}`)
    const friend = await setup.open('/patched')
    await canSend(friend)
    expect(await friend.page.evaluate(() => window.Goodword?.getReferral())).toMatchObject({ days: 90 })
  })
})
