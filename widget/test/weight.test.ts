import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../api/test/browser.ts'
import { type Goodword, startGoodword } from './goodword.ts'
import { form, type Site, startSite, tag } from './site.ts'
import { visit } from './visit.ts'

let browser: Browser
let goodword: Goodword
let site: Site

beforeAll(async () => {
  ;[browser, goodword, site] = await Promise.all([launchBrowser(), startGoodword(), startSite()])
  await goodword.allow(site.url)
})
afterAll(async () => {
  await browser?.close()
  site?.stop()
  await goodword?.stop()
})

describe('what the page of the business pays', () => {
  it('for the tag alone: one file and one note of the visit', async () => {
    site.put('/tag', `<h1>Good plumbing, on time.</h1>${tag(goodword)}`)
    const friend = await visit(browser, 'about:blank')
    const asked: string[] = []
    friend.page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await friend.page.goto(`${site.url}/tag?ref=${goodword.code}`)
    await friend.page.waitForLoadState('networkidle')
    expect(asked).toEqual(['/tag', '/widget/v1/loader.js', '/embed/visits'])
    await friend.close()
  })

  it('for the form: nothing moves, where the page has kept the room for it', async () => {
    site.put(
      '/form',
      `<style>goodword-form { display: flow-root; min-block-size: 720px }</style>${form}<p>Below.</p>${tag(goodword)}`,
    )
    const before = () => {
      const moved: number[] = []
      Object.assign(window, { moved })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) moved.push(entry.startTime)
      }).observe({ type: 'layout-shift', buffered: true })
    }
    const friend = await visit(browser, `${site.url}/form?ref=${goodword.code}`, { before })
    await friend.page.getByText('Anna gave you').waitFor()
    // Two frames, so that what has moved has been reported.
    await friend.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    expect(await friend.page.evaluate(() => Reflect.get(window, 'moved'))).toEqual([])
    await friend.close()
  })
})
