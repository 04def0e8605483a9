import { describe, expect, it } from 'vitest'
import { listReferrals } from '../../api/src/modules/surfaces/console/referrals.queries.ts'
import { settled } from '../../api/test/settled.ts'
import { canSend, setupWidgetTest } from './setup.ts'
import { form, startSite, tag } from './site.ts'
import { fill, type Visit } from './visit.ts'

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

  it.each(['**/ui.js', '**/embed/elements*', '**/embed/**'])(
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

  it('never answers that a visit was counted, the form and the share panel still appear, for the code in the address', async () => {
    const { code } = setup.goodword
    setup.site.put('/hung', `${tag(setup.goodword)}${form}<goodword-share code="${code}"></goodword-share>`)
    const friend = await setup.blank()
    await friend.page.route('**/embed/*', (route) =>
      route.request().method() === 'POST' ? undefined : route.continue(),
    )
    await friend.page.goto(setup.through('/hung'))
    await friend.page.getByRole('heading', { name: 'Give $20' }).waitFor()
    await friend.page.getByText('Anna gave you').waitFor()
    await friend.page.unrouteAll({ behavior: 'ignoreErrors' })
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
    await friend.page.route('**/embed/elements*', (route) => route.abort())
    await friend.page.goto(setup.through('/back'))
    await settled(friend.page)
    await friend.page.unroute('**/embed/elements*')
    await friend.page.evaluate(() => {
      const element = document.querySelector('goodword-form')
      if (element) document.body.append(element)
    })
    await canSend(friend)
  })
})

describe('when the network returns', () => {
  it.each([
    ['our scripts', '**/ui.js'],
    ['our answer', '**/embed/elements*'],
  ])('the form renders, although %s did not load before', async (_what, address) => {
    setup.site.put('/again', `${tag(setup.goodword)}${form}<div data-goodword="form"></div>`)
    const friend = await setup.blank()
    await friend.page.route(address, (route) => route.abort())
    await friend.page.goto(setup.through('/again'))
    await settled(friend.page)
    expect(await childrenShow(friend)).toBe(true)
    await friend.page.unroute(address)
    await friend.page.evaluate(() => dispatchEvent(new Event('online')))
    await expect.poll(() => friend.page.getByText('Anna gave you').count()).toBe(2)
  })

  it('an element shows that its application adds again, although our scripts did not load before', async () => {
    setup.site.put('/readded', `${tag(setup.goodword)}${form}<goodword-banner></goodword-banner>`)
    const friend = await setup.blank()
    for (const address of ['**/ui.js', '**/overlay.js']) {
      await friend.page.route(address, (route) => route.abort())
      await friend.page.goto(setup.through('/readded'))
      await settled(friend.page)
      await friend.page.unroute(address)
      await friend.page.evaluate(() => {
        for (const element of document.querySelectorAll('goodword-form, goodword-banner')) document.body.append(element)
      })
      await expect.poll(() => friend.page.getByText('Anna gave you').count()).toBe(2)
    }
  })
})

describe('if the answer to a sent form is lost', () => {
  it('the form says that it may have arrived; sending it again shows the thank-you, and the referral exists once', async () => {
    setup.site.put('/lost', `${tag(setup.goodword)}${form}`)
    const friend = await setup.open('/lost')
    await friend.page.getByText('Anna gave you').waitFor()
    await fill(friend, { name: 'Lou Reyes', email: 'lou@mail.example' })
    await friend.page.evaluate(() => {
      const { fetch } = window
      window.fetch = async (...given) => {
        await fetch(...given)
        window.fetch = fetch
        throw new TypeError('The connection was lost.')
      }
    })
    await friend.send()
    await friend.page.getByRole('alert').getByText('We can’t tell whether your details arrived.').waitFor()
    expect(await friend.field('Your name').inputValue()).toBe('Lou Reyes')
    await friend.page.getByRole('button', { name: 'Try again' }).click()
    await friend.page.getByText('Thanks, Lou').waitFor()
    const { items } = await listReferrals(setup.goodword.world.ctx, { limit: 100, sort: 'oldest' })
    expect(items.filter(({ friend: { name } }) => name === 'Lou Reyes')).toHaveLength(1)
  })
})

describe("if the page's policy blocks us", () => {
  it('the page keeps its own content and only that policy is violated', async () => {
    const policy = `script-src ${setup.goodword.url}; connect-src 'none'`
    setup.site.put('/closed', `${tag(setup.goodword)}${form}`, { 'content-security-policy': policy })
    const friend = await setup.open('/closed')
    await friend.page.waitForFunction(() => window.problems.filter((one) => one === 'connect-src').length === 3)
    expect(await childrenShow(friend)).toBe(true)
    const problems = await friend.takeProblems()
    expect(problems.filter((one) => !/connect-src|Content Security Policy/.test(one))).toEqual([])
  })
})
