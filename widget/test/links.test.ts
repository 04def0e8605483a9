import { describe, expect, it } from 'vitest'
import { embedEvents } from '../../api/src/modules/surfaces/install/activity.table.ts'
import { flushActivity } from '../../api/src/modules/surfaces/install/activity.ts'
import { settled } from '../../api/test/settled.ts'
import { setupWidgetTest } from './setup.ts'
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
    await friend.page.route('**/embed/visits*', async (route) => {
      visits.push(route.request().url())
      if (answers) await route.continue()
    })
    await friend.page.goto(setup.through('/slow'))
    // The element waits for the visit no longer than 1.5 seconds.
    await friend.page.getByText('Anna gave you').waitFor()
    expect(await kept(friend)).toEqual({ code: setup.goodword.code, at: expect.any(Number) })
    answers = true
    await friend.page.goto(setup.through('/slow'))
    await settled(friend.page)
    expect(await kept(friend)).toMatchObject({ code: setup.goodword.code, days: 90 })
    expect(visits).toHaveLength(2)
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
