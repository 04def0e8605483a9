import { describe, expect, it } from 'vitest'
import { settled } from '../../api/test/settled.ts'
import { setupWidgetTest } from './setup.ts'
import { form, tag } from './site.ts'

const setup = setupWidgetTest()

describe("the cost for the business's page", () => {
  it('is one file and one visit request for the tag alone', async () => {
    setup.site.put('/tag', `<h1>Good plumbing, on time.</h1>${tag(setup.goodword)}`)
    const friend = await setup.blank()
    const requests: string[] = []
    friend.page.on('request', (request) => requests.push(new URL(request.url()).pathname))
    await friend.page.goto(setup.through('/tag'))
    await settled(friend.page)
    expect(requests).toEqual(['/tag', '/widget/v1/loader.js', '/embed/visits'])
  })

  it('is no layout shift for the form if the page has reserved space', async () => {
    setup.site.put(
      '/form',
      `<style>goodword-form { display: flow-root; min-block-size: 720px }</style>${form}<p>Below.</p>${tag(setup.goodword)}`,
    )
    const before = () => {
      const moved: number[] = []
      Object.assign(window, { moved })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) moved.push(entry.startTime)
      }).observe({ type: 'layout-shift', buffered: true })
    }
    const friend = await setup.open('/form', { before })
    await friend.page.getByText('Anna gave you').waitFor()
    // Layout shifts are reported within two frames.
    await friend.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    expect(await friend.page.evaluate(() => Reflect.get(window, 'moved'))).toEqual([])
  })
})
