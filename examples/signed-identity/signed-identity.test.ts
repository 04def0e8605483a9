import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createKey } from '../../api/src/modules/platform/keys/keys.ts'
import { launchBrowser } from '../../api/test/browser.ts'
import { type ExampleSite, startExampleSite } from '../test/website.ts'

let browser: Browser
let site: ExampleSite
beforeAll(async () => {
  const here = new URL('./', import.meta.url)
  const started = startExampleSite(new URL('README.md', here), here, 3005, {
    campaign: { enrollment: 'identified' },
    async values({ ctx }) {
      const { id, key } = await createKey(ctx, { kind: 'identity', name: 'Website', scopes: [] })
      return { ik_your_key: key, key_your_id: id }
    },
  })
  ;[browser, site] = await Promise.all([launchBrowser(), started])
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

it('a website with signed-in customers shows each their own link, lets a new one join, and forgets them at sign-out', async () => {
  const page = await browser.newPage()
  await page.goto(site.address)
  await page.getByText('Sign in to see your link.').waitFor()
  const link = page.getByRole('textbox', { name: 'Your link' })
  await page.getByRole('button', { name: 'Sign in as Anna' }).click()
  await expect.poll(() => link.inputValue()).toContain(site.code)
  await page.getByRole('button', { name: 'Sign in as Ben' }).click()
  await expect.poll(() => link.inputValue()).not.toContain(site.code)
  const code = (await link.inputValue()).split('/').at(-1)
  await page.reload()
  await expect.poll(() => link.inputValue()).toContain(code)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByText('Sign in to see your link.').waitFor()
  expect(await link.count()).toBe(0)
  await page.close()
})
