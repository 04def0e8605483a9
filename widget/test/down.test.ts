import { describe, expect, it } from 'vitest'
import { settled } from '../../api/test/settled.ts'
import { canSend, setupWidgetTest } from './setup.ts'
import { form, startSite, tag } from './site.ts'
import type { Visit } from './visit.ts'

const setup = setupWidgetTest()
const childrenShow = async (friend: Visit) => friend.page.getByText('Call us at (415) 555-0100.').isVisible()

describe('if our server', () => {
  it('is down, the page keeps its own content', async () => {
    setup.site.put('/down', `${tag({ url: 'http://127.0.0.1:1', key: setup.goodword.key })}${form}<p>The rest.</p>`)
    const friend = await setup.open('/down')
    await settled(friend.page)
    expect(await childrenShow(friend)).toBe(true)
    expect(await friend.page.getByText('The rest.').isVisible()).toBe(true)
  })

  it.each(['**/form.js', '**/embed/form*', '**/embed/**'])(
    'stops answering %s, the page keeps its own content',
    async (address) => {
      setup.site.put('/fails', `${tag(setup.goodword)}${form}`)
      const friend = await setup.blank()
      await friend.page.route(address, (route) => route.abort())
      await friend.page.goto(setup.through('/fails'))
      await settled(friend.page)
      expect(await childrenShow(friend)).toBe(true)
      expect(await friend.page.locator('goodword-form .card').count()).toBe(0)
    },
  )

  it.each([500, 503, 403])('answers %i, the page keeps its own content', async (status) => {
    setup.site.put('/breaks', `${tag(setup.goodword)}${form}`)
    const friend = await setup.blank()
    await friend.page.route('**/embed/**', (route) =>
      route.fulfill({ status, body: '<h1>Oh</h1>', headers: { 'access-control-allow-origin': '*' } }),
    )
    await friend.page.goto(setup.through('/breaks'))
    await settled(friend.page)
    expect(await childrenShow(friend)).toBe(true)
  })

  it('does not know the website, the page keeps its own content', async () => {
    const other = await startSite()
    other.put('/', `${tag(setup.goodword)}${form}`)
    const friend = await setup.blank()
    await friend.page.goto(`${other.url}/?ref=${setup.goodword.code}`)
    await settled(friend.page)
    expect(await childrenShow(friend)).toBe(true)
    other.stop()
  })

  it('stops answering, no banner, share panel or button is shown', async () => {
    const { code } = setup.goodword
    setup.site.put(
      '/others',
      `${tag(setup.goodword)}<goodword-banner></goodword-banner><goodword-share code="${code}">Ask us.</goodword-share>
      <goodword-launcher></goodword-launcher>`,
    )
    const friend = await setup.blank()
    await friend.page.route('**/embed/**', (route) => route.abort())
    await friend.page.goto(setup.through('/others'))
    await settled(friend.page)
    expect(await friend.page.getByText('Ask us.').isVisible()).toBe(true)
    expect(await friend.page.getByRole('button').count()).toBe(0)
  })

  it('comes back, the form renders the next time its element is shown', async () => {
    setup.site.put('/back', `${tag(setup.goodword)}${form}`)
    const friend = await setup.blank()
    await friend.page.route('**/embed/form*', (route) => route.abort())
    await friend.page.goto(setup.through('/back'))
    await settled(friend.page)
    await friend.page.unroute('**/embed/form*')
    await friend.page.evaluate(() => {
      const element = document.querySelector('goodword-form')
      if (element) document.body.append(element)
    })
    await canSend(friend)
  })
})

describe("if the page's policy blocks us", () => {
  it('the page keeps its own content and only that policy is violated', async () => {
    const policy = `script-src ${setup.goodword.url}; connect-src 'none'`
    setup.site.put('/closed', `${tag(setup.goodword)}${form}`, { 'content-security-policy': policy })
    const friend = await setup.open('/closed')
    await friend.page.waitForFunction(() => window.problems.filter((one) => one === 'connect-src').length === 2)
    expect(await childrenShow(friend)).toBe(true)
    const problems = await friend.takeProblems()
    expect(problems.filter((one) => !/connect-src|Content Security Policy/.test(one))).toEqual([])
  })
})
