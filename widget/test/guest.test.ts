import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { flushVisits } from '../../api/src/modules/embed/visits.ts'
import { launchBrowser } from '../../api/test/browser.ts'
import { type Goodword, startGoodword } from './goodword.ts'
import { form, type Site, startSite, tag } from './site.ts'
import { fill, type Visit, visit } from './visit.ts'

let browser: Browser
let goodword: Goodword
let site: Site
const visits: Visit[] = []

beforeAll(async () => {
  ;[browser, goodword, site] = await Promise.all([launchBrowser(), startGoodword(), startSite()])
  await goodword.allow(site.url)
})
afterEach(async () => {
  for (const open of visits.splice(0)) {
    expect(await open.troubles()).toEqual([])
    await open.close()
  }
})
afterAll(async () => {
  await browser?.close()
  site?.stop()
  await goodword?.stop()
})

async function open(path: string, options: Parameters<typeof visit>[2] = {}): Promise<Visit> {
  const opened = await visit(browser, `${site.url}${path}?ref=${goodword.code}`, options)
  visits.push(opened)
  return opened
}

let people = 0
/** The form is there, names Anna, and can be sent. */
async function canSend(friend: Visit) {
  people += 1
  await friend.page.getByRole('heading', { name: 'Anna gave you $20 off' }).waitFor()
  await fill(friend, { name: 'Priya Shah', email: `guest${people}@mail.example` })
  await friend.send()
  await friend.page.getByText('Thanks, Priya').waitFor()
}
const childrenShow = async (friend: Visit) => friend.page.getByText('Call us at (415) 555-0100.').isVisible()

describe('on a page with a strict policy, the form', () => {
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
  it.each([0, 1, 2])('works without one violation (policy %i)', async (index) => {
    const [title, policy] = policies(goodword.url)[index] ?? ['', '']
    const nonced = tag(goodword).replace('<script', '<script nonce="r4nd0m"')
    site.put('/strict', `<h1>A page that ${title}</h1>${nonced}${form}`, { 'content-security-policy': policy })
    await canSend(await open('/strict'))
  })

  it('leaves the children alone when the policy forbids us', async () => {
    site.put('/closed', `${tag(goodword)}${form}`, {
      'content-security-policy': `script-src ${goodword.url}; connect-src 'none'`,
    })
    const friend = await visit(browser, `${site.url}/closed?ref=${goodword.code}`)
    await friend.page.waitForFunction(() => window.troubles.includes('connect-src'))
    await friend.page.waitForLoadState('networkidle')
    expect(await childrenShow(friend)).toBe(true)
    expect((await friend.troubles()).filter((one) => !/connect-src|Content Security Policy/.test(one))).toEqual([])
    await friend.close()
  })
})

describe('in an application that draws its own pages, the form', () => {
  it('appears when its element is added later, and again when it is drawn anew', async () => {
    site.put('/app', `${tag(goodword)}<main></main>`)
    const friend = await open('/app')
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

  it('keeps what was typed when its element is moved', async () => {
    site.put('/app', `${tag(goodword)}<main></main>${form}`)
    const friend = await open('/app')
    await friend.field('Your name').fill('Priya')
    await friend.page.evaluate(() => {
      const element = document.querySelector('goodword-form')
      if (element) document.querySelector('main')?.append(element)
    })
    expect(await friend.field('Your name').inputValue()).toBe('Priya')
    expect(await friend.page.locator('goodword-form .card').count()).toBe(1)
  })

  it('takes the code of its own attribute before that of the page', async () => {
    const other = await goodword.world.advocate(goodword.campaignId, { name: 'Ben Okafor', email: 'ben@mail.example' })
    site.put('/own', `${tag(goodword)}<goodword-form code="${other.code}"></goodword-form>`)
    const friend = await open('/own')
    await friend.page.getByText('Ben gave you').waitFor()
  })
})

describe('a page that carries the tag twice', () => {
  it('has one instance, one visit and one form for each element', async () => {
    site.put('/twice', `${tag(goodword)}${tag(goodword)}${form}${tag(goodword)}`)
    while ((await flushVisits(goodword.services)) > 0);
    const friend = await open('/twice')
    await friend.page.waitForLoadState('networkidle')
    expect(await friend.page.locator('goodword-form .card').count()).toBe(1)
    expect(await flushVisits(goodword.services)).toBe(1)
    await canSend(friend)
  })
})

describe('the page around the form', () => {
  it('gets one global and no other', async () => {
    site.put('/plain', `${tag(goodword)}${form}`)
    site.put('/bare', form)
    const names = ({ page }: Visit) => page.evaluate(() => Object.getOwnPropertyNames(window))
    const bare = await open('/bare')
    const without = new Set(await names(bare))
    const friend = await open('/plain')
    await friend.page.getByText('Anna gave you').waitFor()
    expect((await names(friend)).filter((name) => !without.has(name))).toEqual(['Goodword'])
  })

  it('may ask before the tag has loaded, and late', async () => {
    site.put(
      '/queue',
      `<script>
        window.heard = []
        window.Goodword = { q: [['on', 'ready', () => heard.push('early')], ['nonsense'], ['on', 'submitted', () => heard.push('sent')]] }
      </script>${tag(goodword)}${form}`,
    )
    const friend = await open('/queue')
    await canSend(friend)
    await friend.page.evaluate(() => {
      const heard = Reflect.get(window, 'heard') as string[]
      window.Goodword?.on('ready', () => heard.push('late'))
      window.Goodword?.q.push(['on', 'ready', () => heard.push('queued late')])
    })
    expect(await friend.page.evaluate(() => Reflect.get(window, 'heard'))).toEqual([
      'early',
      'sent',
      'late',
      'queued late',
    ])
    const referral = await friend.page.evaluate(() => window.Goodword?.getReferral())
    expect(referral?.code).toBe(goodword.code)
  })

  it('may style itself as loudly as it likes', async () => {
    const hostile = `<style>
      * { all: revert; font-size: 9px !important; letter-spacing: 9px !important; text-transform: uppercase !important; line-height: 1 !important;
        text-align: right !important; word-spacing: 40px !important; box-sizing: content-box !important; color: rgb(200 200 200) !important }
      input, textarea, button, label, h2, section, p { display: none !important }
      .card, .form, .root { position: absolute !important; inset-inline-start: -999px !important }
    </style>`
    site.put('/hostile', `${hostile}${tag(goodword)}${form}`)
    const friend = await open('/hostile')
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

  it('may have put things on the prototype of every object', async () => {
    site.put('/polluted', `${tag(goodword)}${form}`)
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
      ])
        prototype[name] = 'polluted'
      prototype.dangerouslySetInnerHTML = { __html: '<img src=x onerror="troubles.push(1)">' }
    }
    const friend = await open('/polluted', { before })
    await friend.page.getByRole('heading', { name: 'Anna gave you $20 off' }).waitFor()
    expect(await friend.page.locator('goodword-form img').count()).toBe(0)
    expect(
      await friend.page.locator('goodword-form :is([class=polluted], [id=polluted], [title=polluted])').count(),
    ).toBe(0)
    await canSend(friend)
  })

  it('may have elements with unlucky names', async () => {
    const names = ['currentScript', 'querySelector', 'dispatchEvent', 'addEventListener']
    const unlucky = names.map((name) => `<img name="${name}" alt="">`).join('')
    site.put('/clobbered', `<a id="Goodword"></a><form id="localStorage"></form>${unlucky}${tag(goodword)}${form}`)
    await canSend(await open('/clobbered'))
  })

  it('keeps its own global of our name, whatever that is', async () => {
    site.put('/taken', `<script>window.Goodword = 'ours'</script>${tag(goodword)}${form}`)
    const friend = await open('/taken')
    await friend.page.getByText('Anna gave you').waitFor()
    expect(await friend.page.evaluate(() => Reflect.get(window, 'Goodword'))).toBe('ours')
  })
})

describe('a browser that keeps nothing', () => {
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
  it.each(ways)('and %s still brings the friend through', async (_how, before) => {
    site.put('/memory', `${tag(goodword)}${form}`)
    const friend = await open('/memory', { before })
    // An application changes the address without loading the page again.
    await friend.page.evaluate(() => history.replaceState({}, '', '/memory'))
    expect((await friend.page.evaluate(() => window.Goodword?.getReferral()))?.code).toBe(goodword.code)
    await canSend(friend)
  })

  it('reads past what another script left under our name', async () => {
    site.put('/bare', form)
    site.put('/garbage', `${tag(goodword)}${form}`)
    for (const garbage of ['{', '"text"', '{"code":7}', '[]', '{"code":"OLD","at":"yesterday"}']) {
      const friend = await open('/bare')
      await friend.page.evaluate((text) => localStorage.setItem('goodword', text), garbage)
      await friend.page.goto(`${site.url}/garbage`)
      await friend.page.getByLabel('Your friend’s code').waitFor()
    }
  })
})

describe('when our server', () => {
  it('is down, the page is as it was and its own words stay', async () => {
    site.put('/down', `${tag({ url: 'http://127.0.0.1:1', key: goodword.key })}${form}<p>The rest.</p>`)
    const friend = await open('/down')
    await friend.page.waitForLoadState('networkidle')
    expect(await childrenShow(friend)).toBe(true)
    expect(await friend.page.getByText('The rest.').isVisible()).toBe(true)
  })

  it.each(['**/form.js', '**/embed/form*', '**/embed/**'])('stops answering %s, the same', async (address) => {
    site.put('/fails', `${tag(goodword)}${form}`)
    const friend = await visit(browser, 'about:blank')
    visits.push(friend)
    await friend.page.route(address, (route) => route.abort())
    await friend.page.goto(`${site.url}/fails?ref=${goodword.code}`)
    await friend.page.waitForLoadState('networkidle')
    expect(await childrenShow(friend)).toBe(true)
    expect(await friend.page.locator('goodword-form .card').count()).toBe(0)
  })

  it.each([500, 503, 403])('answers %i, the same', async (status) => {
    site.put('/breaks', `${tag(goodword)}${form}`)
    const friend = await visit(browser, 'about:blank')
    visits.push(friend)
    await friend.page.route('**/embed/**', (route) =>
      route.fulfill({ status, body: '<h1>Oh</h1>', headers: { 'access-control-allow-origin': '*' } }),
    )
    await friend.page.goto(`${site.url}/breaks?ref=${goodword.code}`)
    await friend.page.waitForLoadState('networkidle')
    expect(await childrenShow(friend)).toBe(true)
  })

  it('does not know the website, the same', async () => {
    const other = await startSite()
    other.put('/', `${tag(goodword)}${form}`)
    const friend = await visit(browser, `${other.url}/?ref=${goodword.code}`)
    visits.push(friend)
    await friend.page.waitForLoadState('networkidle')
    expect(await childrenShow(friend)).toBe(true)
    other.stop()
  })

  it('is back, the form is drawn the next time its element is shown', async () => {
    site.put('/back', `${tag(goodword)}${form}`)
    const friend = await visit(browser, 'about:blank')
    visits.push(friend)
    await friend.page.route('**/embed/form*', (route) => route.abort())
    await friend.page.goto(`${site.url}/back?ref=${goodword.code}`)
    await friend.page.waitForLoadState('networkidle')
    await friend.page.unroute('**/embed/form*')
    await friend.page.evaluate(() => {
      const element = document.querySelector('goodword-form')
      if (element) document.body.append(element)
    })
    await canSend(friend)
  })
})
