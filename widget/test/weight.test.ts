import { describe, expect, it } from 'vitest'
import { settled } from '../../api/test/settled.ts'
import { setupWidgetTest } from './setup.ts'
import { form, tag } from './site.ts'

const setup = setupWidgetTest()

describe('what the page of the business pays', () => {
  it('for the tag alone: one file and one note of the visit', async () => {
    setup.site.put('/tag', `<h1>Good plumbing, on time.</h1>${tag(setup.goodword)}`)
    const friend = await setup.blank()
    const asked: string[] = []
    friend.page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await friend.page.goto(setup.through('/tag'))
    await settled(friend.page)
    expect(asked).toEqual(['/tag', '/widget/v1/loader.js', '/embed/visits'])
  })

  it('for the form: nothing moves, where the page has kept the room for it', async () => {
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
    // Two frames, so that what has moved has been reported.
    await friend.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    expect(await friend.page.evaluate(() => Reflect.get(window, 'moved'))).toEqual([])
  })
})
