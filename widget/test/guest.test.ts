import { describe, expect, it } from 'vitest'
import { flushVisits } from '../../api/src/modules/surfaces/embed/visits.ts'
import { settled } from '../../api/test/settled.ts'
import { canSend, setScene } from './scene.ts'
import { form, tag } from './site.ts'
import type { Visit } from './visit.ts'

const scene = setScene()

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
    const [title, policy] = policies(scene.goodword.url)[index] ?? ['', '']
    const nonced = tag(scene.goodword).replace('<script', '<script nonce="r4nd0m"')
    scene.site.put('/strict', `<h1>A page that ${title}</h1>${nonced}${form}`, { 'content-security-policy': policy })
    await canSend(await scene.open('/strict'))
  })
})

describe('in an application that draws its own pages, the form', () => {
  it('appears when its element is added later, and again when it is drawn anew', async () => {
    scene.site.put('/app', `${tag(scene.goodword)}<main></main>`)
    const friend = await scene.open('/app')
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
    scene.site.put('/app', `${tag(scene.goodword)}<main></main>${form}`)
    const friend = await scene.open('/app')
    await friend.field('Your name').fill('Priya')
    await friend.page.evaluate(() => {
      const element = document.querySelector('goodword-form')
      if (element) document.querySelector('main')?.append(element)
    })
    expect(await friend.field('Your name').inputValue()).toBe('Priya')
    expect(await friend.page.locator('goodword-form .card').count()).toBe(1)
  })

  it('takes the code of its own attribute before that of the page', async () => {
    const other = await scene.goodword.world.advocate(scene.goodword.campaignId, {
      name: 'Ben Okafor',
      email: 'ben@mail.example',
    })
    scene.site.put('/own', `${tag(scene.goodword)}<goodword-form code="${other.code}"></goodword-form>`)
    const friend = await scene.open('/own')
    await friend.page.getByText('Ben gave you').waitFor()
  })
})

describe('a business that serves the scripts itself', () => {
  it('says where the server is', async () => {
    const { site, goodword } = scene
    for (const name of ['loader.js', 'form.js', 'words-de.js']) {
      const script = await fetch(`${goodword.url}/widget/v1/${name}`)
      site.putScript(`/assets/${name}`, await script.text())
    }
    const own = `<script src="/assets/loader.js" data-key="${goodword.key}" data-server="${goodword.url}"></script>`
    site.put('/selfhosted', own + form)
    await canSend(await scene.open('/selfhosted'))
  })
})

describe('a page that carries the tag twice', () => {
  it('has one instance, one visit and one form for each element', async () => {
    scene.site.put('/twice', `${tag(scene.goodword)}${tag(scene.goodword)}${form}${tag(scene.goodword)}`)
    while ((await flushVisits(scene.goodword.services)) > 0);
    const friend = await scene.open('/twice')
    await settled(friend.page)
    expect(await friend.page.locator('goodword-form .card').count()).toBe(1)
    expect(await flushVisits(scene.goodword.services)).toBe(1)
    await canSend(friend)
  })
})

describe('the page around the form', () => {
  it('gets one global and no other', async () => {
    scene.site.put('/plain', `${tag(scene.goodword)}${form}`)
    scene.site.put('/bare', form)
    const names = ({ page }: Visit) => page.evaluate(() => Object.getOwnPropertyNames(window))
    const bare = await scene.open('/bare')
    const without = new Set(await names(bare))
    const friend = await scene.open('/plain')
    await friend.page.getByText('Anna gave you').waitFor()
    expect((await names(friend)).filter((name) => !without.has(name))).toEqual(['Goodword'])
  })

  it('may ask before the tag has loaded, and late', async () => {
    scene.site.put(
      '/queue',
      `<script>
        window.heard = []
        window.Goodword = { q: [['on', 'ready', () => heard.push('early')], ['nonsense'], ['on', 'submitted', () => heard.push('sent')]] }
      </script>${tag(scene.goodword)}${form}`,
    )
    const friend = await scene.open('/queue')
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
    expect(referral?.code).toBe(scene.goodword.code)
  })

  it('may style itself as loudly as it likes', async () => {
    const hostile = `<style>
      * { all: revert; font-size: 9px !important; letter-spacing: 9px !important; text-transform: uppercase !important; line-height: 1 !important;
        text-align: right !important; word-spacing: 40px !important; box-sizing: content-box !important; color: rgb(200 200 200) !important }
      input, textarea, button, label, h2, section, p { display: none !important }
      .card, .form, .root { position: absolute !important; inset-inline-start: -999px !important }
    </style>`
    scene.site.put('/hostile', `${hostile}${tag(scene.goodword)}${form}`)
    const friend = await scene.open('/hostile')
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
    scene.site.put('/polluted', `${tag(scene.goodword)}${form}`)
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
    const friend = await scene.open('/polluted', { before })
    await friend.page.getByRole('heading', { name: 'Anna gave you $20 credit' }).waitFor()
    expect(await friend.page.locator('goodword-form img').count()).toBe(0)
    expect(
      await friend.page.locator('goodword-form :is([class=polluted], [id=polluted], [title=polluted])').count(),
    ).toBe(0)
    await canSend(friend)
  })

  it('may have elements with unlucky names', async () => {
    const names = ['currentScript', 'querySelector', 'dispatchEvent', 'addEventListener']
    const unlucky = names.map((name) => `<img name="${name}" alt="">`).join('')
    scene.site.put(
      '/clobbered',
      `<a id="Goodword"></a><form id="localStorage"></form>${unlucky}${tag(scene.goodword)}${form}`,
    )
    await canSend(await scene.open('/clobbered'))
  })

  it('keeps its own global of our name, whatever that is', async () => {
    scene.site.put('/taken', `<script>window.Goodword = 'ours'</script>${tag(scene.goodword)}${form}`)
    const friend = await scene.open('/taken')
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
    scene.site.put('/memory', `${tag(scene.goodword)}${form}`)
    const friend = await scene.open('/memory', { before })
    // An application changes the address without loading the page again.
    await friend.page.evaluate(() => history.replaceState({}, '', '/memory'))
    expect((await friend.page.evaluate(() => window.Goodword?.getReferral()))?.code).toBe(scene.goodword.code)
    await canSend(friend)
  })

  it('reads past what another script left under our name', async () => {
    scene.site.put('/bare', form)
    scene.site.put('/garbage', `${tag(scene.goodword)}${form}`)
    for (const garbage of ['{', '"text"', '{"code":7}', '[]', '{"code":"OLD","at":"yesterday"}']) {
      const friend = await scene.open('/bare')
      await friend.page.evaluate((text) => localStorage.setItem('goodword', text), garbage)
      await friend.page.goto(`${scene.site.url}/garbage`)
      await friend.page.getByLabel('Who sent you?').waitFor()
    }
  })
})
