import { describe, expect, it } from 'vitest'
import { flushVisits } from '../../api/src/modules/surfaces/embed/visits.ts'
import { embedEvents } from '../../api/src/modules/surfaces/install/activity.table.ts'
import { flushActivity } from '../../api/src/modules/surfaces/install/activity.ts'
import { settled } from '../../api/test/settled.ts'
import { canSend, setupWidgetTest } from './setup.ts'
import { form, tag } from './site.ts'
import type { Visit } from './visit.ts'

const setup = setupWidgetTest()

const kept = ({ page }: Visit) => page.evaluate(async () => (await window.Goodword?.getReferral()) ?? null)
const stored = async ({ page }: Visit) => {
  const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${decodeURIComponent(value)}`)
  return JSON.stringify([cookies, await page.evaluate(() => ({ ...localStorage }))])
}
async function forget({ page }: Visit) {
  await page.evaluate(() => localStorage.clear())
  await page.context().clearCookies()
}
async function recorded() {
  while ((await flushActivity(setup.goodword.services)) > 0);
  return JSON.stringify(await setup.goodword.services.database.read.select().from(embedEvents))
}

describe('a link', () => {
  it('is understood in the spellings that people and programs make of it', async () => {
    setup.site.put('/spelled', tag(setup.goodword))
    const friend = await setup.blank()
    const { code } = setup.goodword
    for (const spelling of [
      '?ref=CODE',
      '?ref=code',
      '?REF=CODE',
      '?via=CODE',
      '?ref=CODE#top',
      '?ref=CODE&fbclid=x',
      '?utm_source=fb?ref=CODE',
      '?ref=CODE?utm_source=fb',
      '?utm_source=news&amp;ref=CODE',
      '?ref=CODE/',
      '?ref=CODE.',
      '?ref=CODE)',
      '#/book?ref=CODE',
      '?ref=CODE%20',
      '?ref=CODE%E2%80%8B',
      '?ref=CODE\u200b',
      '?%72ef=CODE',
      '?ref=producthunt&ref=CODE',
      '?ref=CODE%20and%20more',
    ]) {
      const url = `${setup.site.url}/spelled${spelling.replace('CODE', code).replace('=code', `=${code.toLowerCase()}`)}`
      await friend.page.goto('about:blank')
      await friend.page.goto(url)
      await settled(friend.page)
      expect([spelling, (await kept(friend))?.code]).toEqual([spelling, code])
      expect(await stored(friend)).toContain(`\\"${code}\\"`)
      await forget(friend)
    }
  })

  it('is understood although a router cleaned the address before the tag ran', async () => {
    setup.site.put('/routed', `<script>history.replaceState({}, '', '/routed')</script>${tag(setup.goodword)}`)
    const friend = await setup.open('/routed')
    expect((await kept(friend))?.code).toBe(setup.goodword.code)
    expect(friend.page.url()).toBe(`${setup.site.url}/routed`)
    // The address that the page was opened with counts once, not again after each change of the route.
    await friend.page.evaluate(() => window.Goodword?.reset())
    await friend.page.evaluate(() => history.pushState({}, '', '/routed/next'))
    expect(await kept(friend)).toBeNull()
  })

  it('with a custom code is stored once the server knows it', async () => {
    const { world, campaignId } = setup.goodword
    const { id } = await world.advocate(campaignId, { name: 'Ben Okafor', email: 'custom@mail.example' })
    const { changeCode } = await import('../../api/src/modules/program/advocates/settings.ts')
    await changeCode(world.ctx, id, 'BENSPIPES')
    setup.site.put('/custom', tag(setup.goodword))
    const friend = await setup.open('/custom?ref=bens-pipes')
    expect(await kept(friend)).toMatchObject({ code: 'BENSPIPES', days: 90 })
    expect(await stored(friend)).toContain('BENSPIPES')
  })
})

describe('a visit', () => {
  const tellings = ({ page }: Visit) => {
    const told: string[] = []
    page.on('request', (request) => {
      const { pathname } = new URL(request.url())
      if (request.method() === 'POST' && /embed.(visits|elements)/.test(pathname)) told.push(pathname)
    })
    return told
  }
  const counted = () => flushVisits(setup.goodword.services)

  it('is told once, with what the elements ask: with two tags, elements that are drawn again, and in two tabs', async () => {
    setup.goodword.advance(60 * 60_000)
    await counted()
    const elements = `${form}<goodword-banner></goodword-banner><div data-goodword="form"></div>`
    const again = `<script>
      for (const ms of [0, 5, 10, 20, 40, 80]) setTimeout(() => {
        const elements = document.querySelector('main')
        elements.innerHTML = elements.innerHTML
      }, ms)</script>`
    setup.site.put('/twice', `${tag(setup.goodword)}${tag(setup.goodword)}<main>${elements}</main>${again}`)
    const friend = await setup.blank()
    const other = { ...friend, page: await friend.page.context().newPage() }
    const told = [friend, other].map(tellings)
    await Promise.all([friend, other].map(({ page }) => page.goto(setup.through('/twice'))))
    for (const { page } of [friend, other]) {
      await expect.poll(() => page.getByText('Anna gave you').count()).toBe(3)
      await settled(page)
    }
    // The tab that asks after the other one was answered has nothing to tell.
    expect(told.map((paths) => paths.length).sort()).toEqual([expect.toSatisfy((count) => count <= 1), 1])
    expect([...new Set(told.flat())]).toEqual(['/embed/elements'])
    expect(await kept(friend)).toMatchObject({ code: setup.goodword.code, days: 90 })
    expect(await counted()).toBe(1)
  })

  it.each([
    ['their part does not load', '', '**/ui.js'],
    ['what they ask is refused', '<goodword-form campaign="spring"></goodword-form>', ''],
    ['they ask nothing', '<goodword-share></goodword-share>', ''],
  ])('is told alone where the page has elements but %s', async (_why, elements, fails) => {
    setup.site.put('/alone', `${tag(setup.goodword)}${elements || form}`)
    const friend = await setup.blank()
    const told = tellings(friend)
    if (fails) await friend.page.route(fails, (route) => route.abort())
    await friend.page.goto(setup.through('/alone'))
    await expect.poll(() => kept(friend)).toMatchObject({ code: setup.goodword.code, days: 90 })
    expect(told.filter((path) => path === '/embed/visits')).toHaveLength(1)
  })

  it('is told by a friend who leaves before the elements asked', async () => {
    setup.goodword.advance(60 * 60_000)
    setup.site.put('/left', `${tag(setup.goodword)}${form}`)
    setup.site.put('/next', '<h1>Next</h1>')
    const friend = await setup.blank()
    await friend.page.route('**/ui.js', () => {})
    const captured = friend.page.waitForResponse('**/capture.js')
    // In Firefox, a part that is on its way keeps the page from being loaded.
    await friend.page.goto(setup.through('/left'), { waitUntil: 'commit' })
    await (await captured).finished()
    await friend.page.evaluate(() => new Promise((done) => requestIdleCallback(done)))
    await counted()
    await friend.page.goto(`${setup.site.url}/next`)
    await expect.poll(counted).toBe(1)
    await friend.page.unrouteAll({ behavior: 'ignoreErrors' })
  })

  it('through one of several codes shows the form for the one that exists, or for the one before', async () => {
    const { code } = setup.goodword
    setup.site.put('/several', `${tag(setup.goodword)}${form}<goodword-share code="${code}"></goodword-share>`)
    const friend = await setup.blank()
    const told = tellings(friend)
    await friend.page.goto(`${setup.site.url}/several?ref=producthunt&via=${code}`)
    await canSend(friend)
    await friend.page.goto(`${setup.site.url}/several?ref=producthunt`)
    await canSend(friend)
    expect((await kept(friend))?.code).toBe(code)
    expect(told.filter((path) => !/referrals/.test(path))).toEqual(['/embed/elements', '/embed/elements'])
    await forget(friend)
    await friend.page.goto(`${setup.site.url}/several?ref=producthunt`)
    await friend.field('Who sent you?').waitFor()
    expect(await kept(friend)).toBeNull()
  })
})

describe('what is no code of ours', () => {
  it.each([
    '?code=3f2a9c7714de0b6155aa&state=xyz',
    '?code=831942',
    '?code=KR7M2HQ&state=xyz',
    '?code=4/0AeaYSHBsecret&scope=openid',
    '#code=KR7M2HQ&state=1',
  ])('never leaves the page: %s', async (address) => {
    setup.site.put('/callback', `${tag(setup.goodword)}${form}`)
    const friend = await setup.blank()
    const asked: string[] = []
    friend.page.on('request', (request) => asked.push(request.url(), request.postData() ?? ''))
    await friend.page.goto(`${setup.site.url}/callback${address}`)
    await settled(friend.page)
    expect(await kept(friend)).toBeNull()
    const toUs = asked.filter((url) => url.startsWith(setup.goodword.url)).join('\n')
    expect(toUs).not.toMatch(/visits|3f2a9c|831942|KR7M2HQ|secret/)
    expect(await stored(friend)).toBe('[[],{}]')
  })

  it.each(['?ref=github', '?ref=producthunt_launch', '?via=GRANTED'])(
    'is stored nowhere, neither in the browser nor by the server: %s',
    async (address) => {
      setup.site.put('/other', tag(setup.goodword))
      const friend = await setup.blank()
      await friend.page.goto(`${setup.site.url}/other${address}`)
      await settled(friend.page)
      expect(await kept(friend)).toBeNull()
      expect(await stored(friend)).toBe('[[],{}]')
      expect(await recorded()).not.toMatch(/github|producthunt|granted/i)
    },
  )

  it('leaves an earlier code in place', async () => {
    setup.site.put('/other', tag(setup.goodword))
    const friend = await setup.open('/other')
    await settled(friend.page)
    await friend.page.goto(`${setup.site.url}/other?ref=producthunt`)
    await settled(friend.page)
    expect((await kept(friend))?.code).toBe(setup.goodword.code)
  })
})

describe('a server that does not answer', () => {
  it('never hears of the visit in time, so the code counts without it and is confirmed once it answers', async () => {
    setup.site.put('/slow', `${tag(setup.goodword)}${form}`)
    const friend = await setup.blank()
    const visits: string[] = []
    let answers = false
    await friend.page.route('**/embed/*', async (route) => {
      const tells = route.request().method() === 'POST'
      if (tells) visits.push(route.request().url())
      if (answers || !tells) await route.continue()
    })
    await friend.page.goto(setup.through('/slow'))
    // The element waits no longer than 3 seconds, and then asks without the visit.
    await friend.page.getByText('Anna gave you').waitFor()
    expect(await kept(friend)).toEqual({ code: setup.goodword.code, at: expect.any(Number) })
    answers = true
    await friend.page.goto(setup.through('/slow'))
    await settled(friend.page)
    expect(await kept(friend)).toMatchObject({ code: setup.goodword.code, days: 90 })
    expect(visits.map((url) => new URL(url).pathname)).toEqual(['/embed/elements', '/embed/visits', '/embed/elements'])
  })

  it('is asked again when the network returns', async () => {
    setup.site.put('/offline', tag(setup.goodword))
    const friend = await setup.blank()
    let down = true
    await friend.page.route('**/embed/visits*', (route) => (down ? route.abort() : route.continue()))
    await friend.page.goto(setup.through('/offline'))
    expect(await kept(friend)).not.toHaveProperty('days')
    down = false
    await friend.page.evaluate(() => dispatchEvent(new Event('online')))
    await expect.poll(() => kept(friend)).toMatchObject({ code: setup.goodword.code, days: 90 })
  })
})
