import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listReferrals } from '../../api/src/modules/surfaces/console/referrals.queries.ts'
import { newFormToken } from '../../api/src/modules/surfaces/embed/formToken.ts'
import { submitReferral } from '../../api/src/modules/surfaces/embed/submit.ts'
import { contextFor } from '../../api/src/shared/context.ts'
import { launchBrowser } from '../../api/test/browser.ts'
import { stranger } from '../../api/test/harness.ts'
import { typedLikeAPerson } from '../../api/test/typing.ts'
import { type Goodword, startGoodword } from './goodword.ts'
import { form, type Site, startSite, tag } from './site.ts'
import { fill, type Visit, visit } from './visit.ts'

declare global {
  interface Window {
    longTasks: number[]
    proved: boolean
  }
}

let browser: Browser
let goodword: Goodword
let site: Site
beforeAll(async () => {
  ;[browser, goodword, site] = await Promise.all([launchBrowser(), startGoodword({ RATE_LIMITS: 'on' }), startSite()])
  await goodword.allow(site.url)
})
afterAll(async () => {
  await browser?.close()
  site?.stop()
  await goodword?.stop()
})

/** Ten friends use up what a link may bring within an hour. */
async function flood(code: string) {
  const { services, world } = goodword
  const ctx = contextFor(services, world.organization.id, { type: 'friend' })
  const formToken = () => newFormToken({ ...services, clock: () => services.clock() - 5_000 }, world.organization.id)
  for (let n = 0; n < 10; n += 1)
    await submitReferral(
      ctx,
      { code, ...stranger(`Friend Number${n}`), formToken: formToken() },
      { source: 'widget', address: `198.51.100.${n}` },
    )
}

it('a friend on a link that programs flood sends the form as always: the page proves work, under a strict policy', async () => {
  const policy = `default-src 'none'; script-src ${goodword.url} 'unsafe-inline'; connect-src ${goodword.url}; require-trusted-types-for 'script'`
  site.put('/', `${tag(goodword)}${form}`, { 'content-security-policy': policy })
  await flood(goodword.code)
  const friend = await visit(browser, `${site.url}/?ref=${goodword.code}`, {
    before: () => {
      window.longTasks = []
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) window.longTasks.push(duration)
      }).observe({ type: 'longtask' })
    },
  })
  const loaded: string[] = []
  friend.page.on('request', (request) => loaded.push(new URL(request.url()).pathname.split('/').at(-1) ?? ''))
  await friend.page.locator('goodword-form h2').waitFor()
  await fill(friend, { name: 'Priya Shah', email: 'priya@mail.example' })
  await friend.page.evaluate(() => {
    window.longTasks = []
  })
  const began = Date.now()
  await friend.send()
  await friend.page.getByText('Thanks, Priya').waitFor()
  const longest = Math.max(0, ...(await friend.page.evaluate(() => window.longTasks)))
  process.stdout.write(`sent in ${Date.now() - began} ms, longest task ${Math.round(longest)} ms\n`)
  expect(loaded.filter((name) => name === 'proof.js')).toHaveLength(1)
  const [newest] = (await listReferrals(goodword.world.ctx, { limit: 1, sort: 'newest' })).items
  expect(newest).toMatchObject({ friend: { name: 'Priya Shah' }, flags: ['velocity'] })
  expect(await friend.takeProblems()).toEqual([])
  await friend.close()
})

it("a friend with the website's own form brings the proof along or is flagged without one, because the page is left when it is sent", async () => {
  const { world, campaignId } = goodword
  const { code } = await world.advocate(campaignId, stranger('Marcus Tate'))
  await flood(code)
  const own = '<input name="name" aria-label="Name"><input name="email" aria-label="Email"><button>Send</button>'
  site.put('/own', `${tag(goodword)}<form action="/thanks" data-goodword>${own}</form>`)
  site.put('/thanks', '<h1>We got it</h1>')
  const newest = async () => (await listReferrals(world.ctx, { limit: 1, sort: 'newest' })).items[0]
  const sendOwn = async ({ page, field }: Visit, name: string, ready: () => Promise<unknown>) => {
    const drawn = page.waitForResponse((response) => response.url().includes('/embed/form'))
    await page.goto(`${site.url}/own?ref=${code}`)
    await drawn
    const drawnAt = Date.now()
    // Keys, because a value that a program sets begins no proof.
    await field('Name').pressSequentially(name)
    await field('Email').fill(`${name.split(' ')[0]?.toLowerCase()}@mail.example`)
    await ready()
    await typedLikeAPerson(drawnAt)
    await page.getByRole('button').click()
    await page.getByText('We got it').waitFor()
  }

  // A page without https can't prove anything, and nobody can be asked to wait.
  const unable = await visit(browser, 'about:blank', {
    before: () => Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined }),
  })
  await sendOwn(unable, 'Tom Berg', async () => {})
  await expect.poll(newest).toMatchObject({ friend: { name: 'Tom Berg' } })
  expect((await newest())?.flags).toContain('no_proof')
  await unable.close()

  const friend = await visit(browser, 'about:blank', {
    before: () => {
      const { digest } = SubtleCrypto.prototype
      SubtleCrypto.prototype.digest = async function (...given) {
        const hash = await digest.apply(this, given)
        window.proved ||= new DataView(hash).getUint32(0) >>> 21 === 0
        return hash
      }
    },
  })
  await sendOwn(friend, 'Rosa Lind', () => friend.page.waitForFunction(() => window.proved))
  await expect.poll(newest).toMatchObject({ friend: { name: 'Rosa Lind' } })
  expect((await newest())?.flags).not.toContain('no_proof')
  await friend.close()
})
