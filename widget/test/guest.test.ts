import { describe, expect, it } from 'vitest'
import { flushVisits } from '../../api/src/modules/surfaces/embed/visits.ts'
import { settled } from '../../api/test/settled.ts'
import { builtWidget } from './build.ts'
import { canSend, setupWidgetTest } from './setup.ts'
import { form, tag } from './site.ts'
import type { Visit } from './visit.ts'

const setup = setupWidgetTest()

describe('the form on a page with a strict policy', () => {
  const policies = (server: string): [string, string][] => [
    ['names our server and nothing else', `default-src 'none'; script-src ${server}; connect-src ${server}`],
    [
      'wants trusted types and allows none',
      `default-src 'none'; script-src ${server}; connect-src ${server}; require-trusted-types-for 'script'; trusted-types 'none'`,
    ],
    [
      'trusts scripts by nonce',
      `default-src 'none'; script-src 'nonce-r4nd0m' 'strict-dynamic'; connect-src ${server}; require-trusted-types-for 'script'`,
    ],
  ]
  it.each([0, 1, 2])('works without a violation (policy %i)', async (index) => {
    const [title, policy] = policies(setup.goodword.url)[index] ?? ['', '']
    const nonced = tag(setup.goodword).replace('<script', '<script nonce="r4nd0m"')
    setup.site.put('/strict', `<h1>A page that ${title}</h1>${nonced}${form}`, { 'content-security-policy': policy })
    await canSend(await setup.open('/strict'))
  })
})

describe('the form in a single-page application', () => {
  it('renders when its element is added later, and again when the application re-renders it', async () => {
    setup.site.put('/app', `${tag(setup.goodword)}<main></main>`)
    const friend = await setup.open('/app')
    await friend.page.waitForFunction(() => window.Goodword?.getReferral)
    const draw = () =>
      friend.page.evaluate(() => {
        document.querySelector('main')?.replaceChildren(document.createElement('goodword-form'))
      })
    await draw()
    await friend.page.getByText('Anna gave you').waitFor()
    await draw()
    await canSend(friend)
  })

  it('keeps what the friend typed when its element is moved', async () => {
    setup.site.put('/app', `${tag(setup.goodword)}<main></main>${form}`)
    const friend = await setup.open('/app')
    await friend.field('Your name').fill('Priya')
    await friend.page.evaluate(() => {
      const element = document.querySelector('goodword-form')
      if (element) document.querySelector('main')?.append(element)
    })
    expect(await friend.field('Your name').inputValue()).toBe('Priya')
    expect(await friend.page.locator('goodword-form .card').count()).toBe(1)
  })

  it("prefers the code in its own attribute over the page's code", async () => {
    const other = await setup.goodword.world.advocate(setup.goodword.campaignId, {
      name: 'Ben Okafor',
      email: 'ben@mail.example',
    })
    setup.site.put('/own', `${tag(setup.goodword)}<goodword-form code="${other.code}"></goodword-form>`)
    const friend = await setup.open('/own')
    await friend.page.getByText('Ben gave you').waitFor()
  })
})

describe('a business that serves the scripts itself', () => {
  it('sets the address of our server', async () => {
    const { site, goodword } = setup
    for (const [name, { body }] of (await builtWidget()).widget) site.putScript(`/assets/${name}`, body.toString())
    const own = `<script src="/assets/loader.js" data-key="${goodword.key}" data-server="${goodword.url}"></script>`
    site.put('/selfhosted', own + form)
    await canSend(await setup.open('/selfhosted'))
  })
})

describe('a page with the tag twice', () => {
  it('has one instance, one visit and one form per element', async () => {
    setup.site.put('/twice', `${tag(setup.goodword)}${tag(setup.goodword)}${form}${tag(setup.goodword)}`)
    while ((await flushVisits(setup.goodword.services)) > 0);
    // Visits of the other tests are from the same browser.
    setup.goodword.advance(31 * 60_000)
    const friend = await setup.open('/twice')
    await settled(friend.page)
    expect(await friend.page.locator('goodword-form .card').count()).toBe(1)
    expect(await flushVisits(setup.goodword.services)).toBe(1)
    await canSend(friend)
  })
})

describe('the page around the form', () => {
  it('gets one global and no other', async () => {
    setup.site.put('/plain', `${tag(setup.goodword)}${form}`)
    setup.site.put('/bare', form)
    // Playwright leaves some of its own in Firefox.
    const names = ({ page }: Visit) =>
      page.evaluate(() => Object.getOwnPropertyNames(window).filter((name) => !name.startsWith('__pw')))
    const bare = await setup.open('/bare')
    const without = new Set(await names(bare))
    const friend = await setup.open('/plain')
    await friend.page.getByText('Anna gave you').waitFor()
    expect((await names(friend)).filter((name) => !without.has(name))).toEqual(['Goodword'])
  })

  it('may call it before or after the tag has loaded', async () => {
    setup.site.put(
      '/queue',
      `<script>
        window.received = []
        window.Goodword = { q: [['on', 'ready', () => received.push('early')], ['nonsense'], ['on', 'submitted', () => received.push('sent')]] }
      </script>${tag(setup.goodword)}${form}`,
    )
    const friend = await setup.open('/queue')
    await canSend(friend)
    await friend.page.evaluate(() => {
      const received = Reflect.get(window, 'received') as string[]
      window.Goodword?.on('ready', () => received.push('late'))
      window.Goodword?.q.push(['on', 'ready', () => received.push('queued late')])
    })
    expect(await friend.page.evaluate(() => Reflect.get(window, 'received'))).toEqual([
      'early',
      'sent',
      'late',
      'queued late',
    ])
    const referral = await friend.page.evaluate(() => window.Goodword?.getReferral())
    expect(referral?.code).toBe(setup.goodword.code)
  })

  it('may use aggressive styles', async () => {
    const hostile = `<style>
      * { all: revert; font-size: 9px !important; letter-spacing: 9px !important; text-transform: uppercase !important; line-height: 1 !important;
        text-align: right !important; word-spacing: 40px !important; box-sizing: content-box !important; color: rgb(200 200 200) !important }
      input, textarea, button, label, h2, section, p { display: none !important }
      .card, .form, .root { position: absolute !important; inset-inline-start: -999px !important }
    </style>`
    setup.site.put('/hostile', `${hostile}${tag(setup.goodword)}${form}`)
    const friend = await setup.open('/hostile')
    const button = friend.page.getByRole('button', { name: 'Claim my $20' })
    await button.waitFor()
    const style = await button.evaluate((element) => {
      const { letterSpacing, textTransform, wordSpacing } = getComputedStyle(element)
      return { letterSpacing, textTransform, wordSpacing, height: element.getBoundingClientRect().height }
    })
    expect(style).toMatchObject({ letterSpacing: 'normal', textTransform: 'none', wordSpacing: '0px' })
    expect(style.height).toBeGreaterThanOrEqual(44)
    await canSend(friend)
  })

  it('may have extended Object.prototype', async () => {
    setup.site.put('/polluted', `${tag(setup.goodword)}${form}`)
    const before = () => {
      const prototype = Object.prototype as unknown as Record<string, unknown>
      for (const name of [
        'method',
        'body',
        'mode',
        'class',
        'id',
        'name',
        'code',
        'errors',
        'email',
        'title',
        'hidden',
        'className',
        'htmlFor',
        'children',
        'key',
        'ref',
        'type',
        'props',
        'is',
        'style',
        'vnode',
        'event',
        'unmount',
        'render',
        'state',
        'test',
        'value',
        'get',
        'then',
        'slotAssignment',
        'getDerivedStateFromProps',
        'contextType',
        'componentWillUnmount',
        'shouldComponentUpdate',
        'campaign',
        'form',
        'share',
        'lang',
      ])
        prototype[name] = 'polluted'
      prototype.dangerouslySetInnerHTML = { __html: '<img src=x onerror="problems.push(1)">' }
    }
    const friend = await setup.open('/polluted', { before })
    await friend.page.getByRole('heading', { name: 'Anna gave you $20 credit' }).waitFor()
    expect(await friend.page.locator('goodword-form img').count()).toBe(0)
    expect(
      await friend.page.locator('goodword-form :is([class=polluted], [id=polluted], [title=polluted])').count(),
    ).toBe(0)
    // Playwright's fill calls functions of its own, which do not bear such a page in Firefox.
    await canSend(friend, { keys: true })
  })

  it('may have elements named like document methods', async () => {
    const names = [
      'currentScript',
      'querySelector',
      'dispatchEvent',
      'addEventListener',
      'createElement',
      'createElementNS',
      'createTextNode',
    ]
    const unlucky = names.map((name) => `<img name="${name}" alt="">`).join('')
    setup.site.put(
      '/clobbered',
      `<a id="Goodword"></a><form id="localStorage"></form>${unlucky}${tag(setup.goodword)}${form}`,
    )
    await canSend(await setup.open('/clobbered'))
  })

  it('keeps its own global if it has the same name', async () => {
    setup.site.put('/taken', `<script>window.Goodword = 'ours'</script>${tag(setup.goodword)}${form}`)
    const friend = await setup.open('/taken')
    await friend.page.getByText('Anna gave you').waitFor()
    expect(await friend.page.evaluate(() => Reflect.get(window, 'Goodword'))).toBe('ours')
  })
})

describe('a browser that stores nothing', () => {
  const ways: [string, () => void][] = [
    [
      'refuses storage',
      () => {
        Object.defineProperty(window, 'localStorage', {
          get() {
            throw new DOMException('The operation is insecure.', 'SecurityError')
          },
        })
      },
    ],
    ['has no storage', () => Object.defineProperty(window, 'localStorage', { value: undefined })],
    [
      'has a full storage',
      () => {
        Storage.prototype.setItem = () => {
          throw new DOMException('Full.', 'QuotaExceededError')
        }
      },
    ],
  ]
  it.each(ways)("still submits the friend's form with %s", async (_how, before) => {
    setup.site.put('/memory', `${tag(setup.goodword)}${form}`)
    const friend = await setup.open('/memory', { before })
    // An application changes the URL without a page load.
    await friend.page.evaluate(() => history.replaceState({}, '', '/memory'))
    expect((await friend.page.evaluate(() => window.Goodword?.getReferral()))?.code).toBe(setup.goodword.code)
    await canSend(friend)
  })

  it('ignores what another script stored under our name', async () => {
    setup.site.put('/bare', form)
    setup.site.put('/garbage', `${tag(setup.goodword)}${form}`)
    for (const garbage of ['{', '"text"', '{"code":7}', '[]', '{"code":"OLD","at":"yesterday"}']) {
      const friend = await setup.open('/bare')
      await friend.page.evaluate((text) => localStorage.setItem('goodword', text), garbage)
      await friend.page.goto(`${setup.site.url}/garbage`)
      await friend.page.getByLabel('Who sent you?').waitFor()
    }
  })
})
