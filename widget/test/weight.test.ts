import { describe, expect, it } from 'vitest'
import { updateLeaderboardSettings } from '../../api/src/modules/program/leaderboard/settings.ts'
import { settled } from '../../api/test/settled.ts'
import { partSnippet } from '../../portal/src/console/install/snippets.ts'
import { setupWidgetTest } from './setup.ts'
import { form, tag } from './site.ts'

const setup = setupWidgetTest()
const unnamed = (path: string) => path.replace(/[0-9a-f]{6}/, '…')
/** What finds and stores the code of a link, and tells the visit with what the elements ask. */
const forLink = '/widget/v1/…/capture.js'

describe("the cost for the business's page", () => {
  it('is one file for the tag alone, and one more with one visit request for a friend who follows a link', async () => {
    setup.site.put('/tag', `<h1>Good plumbing, on time.</h1>${tag(setup.goodword)}`)
    const friend = await setup.blank()
    const requests: string[] = []
    friend.page.on('request', (request) => requests.push(new URL(request.url()).pathname))
    await friend.page.goto(`${setup.site.url}/tag`)
    await settled(friend.page)
    expect(requests).toEqual(['/tag', '/widget/v1/loader.js'])
    await friend.page.goto(setup.through('/tag'))
    await settled(friend.page)
    expect(requests.slice(2).map(unnamed)).toEqual([
      '/tag',
      '/widget/v1/loader.js',
      '/widget/v1/…/capture.js',
      '/embed/visits',
    ])
    await friend.page.goto(`${setup.site.url}/tag`)
    await settled(friend.page)
    expect(requests.slice(6)).toEqual(['/tag', '/widget/v1/loader.js'])
  })

  /**
   * Every request to our server: the tag, the visit, the parts and the answers. First for a friend who follows a link, then
   * for the same friend on the next page.
   */
  const requestsOf = async (html: string) => {
    setup.site.put('/counted', `${tag(setup.goodword)}<h1>Plumbing</h1>${html}`)
    const friend = await setup.blank()
    const requests: string[] = []
    friend.page.on('request', (request) => {
      if (request.url().startsWith(setup.goodword.url)) requests.push(new URL(request.url()).pathname)
    })
    await friend.page.goto(setup.through('/counted'))
    await friend.page.getByText('Anna gave you').first().waitFor()
    await settled(friend.page)
    const first = requests.splice(0)
    await friend.page.goto(`${setup.site.url}/counted`)
    await friend.page.getByText('Anna gave you').first().waitFor()
    await settled(friend.page)
    return [first, requests].map((paths) => paths.map(unnamed).sort())
  }
  it('is 3 requests for a form, and 1 more for a friend who follows a link to it', async () => {
    const forForm = ['/embed/elements', '/widget/v1/loader.js', '/widget/v1/…/ui.js']
    expect(await requestsOf(`${form}<goodword-form></goodword-form>`)).toEqual([[...forForm, forLink].sort(), forForm])
  })

  it('is 5 for a page with all five elements, and 1 more for that friend, with one answer of our server for all of them', async () => {
    const { code, campaignId, world } = setup.goodword
    await updateLeaderboardSettings(world.ctx, { isPublic: true })
    const all = `<goodword-banner></goodword-banner><goodword-form campaign="${campaignId}"></goodword-form>
      <goodword-share code="${code}"></goodword-share><goodword-launcher></goodword-launcher>
      <goodword-leaderboard></goodword-leaderboard>`
    const forAll = [
      '/embed/elements',
      '/widget/v1/loader.js',
      '/widget/v1/…/overlay.js',
      '/widget/v1/…/share.js',
      '/widget/v1/…/ui.js',
    ]
    expect(await requestsOf(all)).toEqual([[...forAll, forLink].sort(), forAll])
  })

  const snippets = ['form', 'share', 'launcher', 'banner'] as const
  it.each([
    ['a desk', 1_440],
    ['a phone', 390],
    ['a large phone', 430],
    ['a small phone', 320],
    ['a desk, in a column of 410 pixels', 1_440, 410],
    ['a desk, in a column of 300 pixels', 1_440, 300],
  ])(
    'is no layout shift on %s, with the snippets as the console hands them out',
    async (_where, width, column?: number) => {
      const parts = snippets.map((part) => partSnippet(part, 'page', 'html', Boolean(column))).join('<p>Between.</p>')
      const shared = parts.replace('<goodword-share', `<goodword-share code="${setup.goodword.code}"`)
      const styles = '<style>body { font: 16px/1.5 sans-serif; margin: 16px }</style>'
      const aside = column ? `<style>body { width: ${column}px }</style>` : ''
      setup.site.put('/form', `${styles}${aside}<h1>Plumbing</h1>${shared}<p>Below.</p>${tag(setup.goodword)}`)
      const before = () => {
        const moved: number[] = []
        Object.assign(window, { moved })
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) moved.push(Reflect.get(entry, 'value'))
        }).observe({ type: 'layout-shift', buffered: true })
      }
      // All of it is in sight, where everything that moves counts.
      const friend = await setup.open('/form', { before, viewport: { width, height: 1_600 } })
      await expect.poll(() => friend.page.getByText('Anna gave you').count()).toBe(2)
      await friend.page.getByRole('heading', { name: 'Give $20' }).waitFor()
      await friend.page.locator('.launch').waitFor()
      // Layout shifts are reported within two frames.
      await friend.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
      expect(await friend.page.evaluate(() => Reflect.get(window, 'moved'))).toEqual([])
    },
  )
})
