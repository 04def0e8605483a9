import { describe, expect, it } from 'vitest'
import { settled } from '../../api/test/settled.ts'
import { canSend, setScene } from './scene.ts'
import { form, startSite, tag } from './site.ts'
import type { Visit } from './visit.ts'

const scene = setScene()
const childrenShow = async (friend: Visit) => friend.page.getByText('Call us at (415) 555-0100.').isVisible()

describe('when our server', () => {
  it('is down, the page is as it was and its own words stay', async () => {
    scene.site.put('/down', `${tag({ url: 'http://127.0.0.1:1', key: scene.goodword.key })}${form}<p>The rest.</p>`)
    const friend = await scene.open('/down')
    await settled(friend.page)
    expect(await childrenShow(friend)).toBe(true)
    expect(await friend.page.getByText('The rest.').isVisible()).toBe(true)
  })

  it.each(['**/form.js', '**/embed/form*', '**/embed/**'])('stops answering %s, the same', async (address) => {
    scene.site.put('/fails', `${tag(scene.goodword)}${form}`)
    const friend = await scene.blank()
    await friend.page.route(address, (route) => route.abort())
    await friend.page.goto(scene.through('/fails'))
    await settled(friend.page)
    expect(await childrenShow(friend)).toBe(true)
    expect(await friend.page.locator('goodword-form .card').count()).toBe(0)
  })

  it.each([500, 503, 403])('answers %i, the same', async (status) => {
    scene.site.put('/breaks', `${tag(scene.goodword)}${form}`)
    const friend = await scene.blank()
    await friend.page.route('**/embed/**', (route) =>
      route.fulfill({ status, body: '<h1>Oh</h1>', headers: { 'access-control-allow-origin': '*' } }),
    )
    await friend.page.goto(scene.through('/breaks'))
    await settled(friend.page)
    expect(await childrenShow(friend)).toBe(true)
  })

  it('does not know the website, the same', async () => {
    const other = await startSite()
    other.put('/', `${tag(scene.goodword)}${form}`)
    const friend = await scene.blank()
    await friend.page.goto(`${other.url}/?ref=${scene.goodword.code}`)
    await settled(friend.page)
    expect(await childrenShow(friend)).toBe(true)
    other.stop()
  })

  it('stops answering, no banner, no share panel and no button that would open nothing is drawn', async () => {
    const { code } = scene.goodword
    scene.site.put(
      '/others',
      `${tag(scene.goodword)}<goodword-banner></goodword-banner><goodword-share code="${code}">Ask us.</goodword-share>
      <goodword-launcher></goodword-launcher>`,
    )
    const friend = await scene.blank()
    await friend.page.route('**/embed/**', (route) => route.abort())
    await friend.page.goto(scene.through('/others'))
    await settled(friend.page)
    expect(await friend.page.getByText('Ask us.').isVisible()).toBe(true)
    expect(await friend.page.getByRole('button').count()).toBe(0)
  })

  it('is back, the form is drawn the next time its element is shown', async () => {
    scene.site.put('/back', `${tag(scene.goodword)}${form}`)
    const friend = await scene.blank()
    await friend.page.route('**/embed/form*', (route) => route.abort())
    await friend.page.goto(scene.through('/back'))
    await settled(friend.page)
    await friend.page.unroute('**/embed/form*')
    await friend.page.evaluate(() => {
      const element = document.querySelector('goodword-form')
      if (element) document.body.append(element)
    })
    await canSend(friend)
  })
})

describe('when the policy of the page forbids us', () => {
  it('its own words stay, and nothing is violated but that policy', async () => {
    const policy = `script-src ${scene.goodword.url}; connect-src 'none'`
    scene.site.put('/closed', `${tag(scene.goodword)}${form}`, { 'content-security-policy': policy })
    const friend = await scene.open('/closed')
    await friend.page.waitForFunction(() => window.troubles.filter((one) => one === 'connect-src').length === 2)
    expect(await childrenShow(friend)).toBe(true)
    const troubles = await friend.takeTroubles()
    expect(troubles.filter((one) => !/connect-src|Content Security Policy/.test(one))).toEqual([])
  })
})
