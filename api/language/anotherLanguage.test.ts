import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Language, templateNames } from '@goodword/contracts'
import { wordsIn } from '@goodword/words/server'
import { eq } from 'drizzle-orm'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { pseudoLanguage } from '../../packages/words/build/pseudo.ts'
import { type Site, startSite, tag } from '../../widget/test/site.ts'
import { addressFor } from '../src/modules/people/contacts/contacts.ts'
import { updateContact } from '../src/modules/people/contacts/profile.ts'
import { examplesIn } from '../src/modules/platform/messages/messages.examples.ts'
import { htmlOf } from '../src/modules/platform/messages/messages.html.ts'
import { messages } from '../src/modules/platform/messages/messages.table.ts'
import { renderMessage } from '../src/modules/platform/messages/messages.templates.ts'
import { addSite } from '../src/modules/platform/organizations/sites.ts'
import { convertReferral } from '../src/modules/surfaces/console/referrals.ts'
import { createPortalLink } from '../src/modules/surfaces/portal/portal.ts'
import { transaction } from '../src/shared/context.ts'
import { loadStaticFiles } from '../src/shared/staticFiles.ts'
import { launchBrowser } from '../test/browser.ts'
import { createWorld, stranger, type World } from '../test/harness.ts'
import { startTestServer, type TestServer } from '../test/server.ts'
import { textsOf, untranslated } from './sentences.ts'

// A copy of the catalogs with one more folder, for a made-up language. Nothing else is configured for it.
const language = pseudoLanguage as Language

const folder = mkdtempSync(join(tmpdir(), 'goodword-language-'))
let browser: Browser
let site: Site
let world: World
let anna: { id: string; code: string; contactId: string }
let server: TestServer

beforeAll(async () => {
  const script = fileURLToPath(new URL('build.mjs', import.meta.url))
  await promisify(execFile)(process.execPath, [script, folder], {
    env: { ...process.env, GOODWORD_CATALOGS: inject('catalogs') },
  })
  server = await startTestServer({}, loadStaticFiles(folder))
  world = await createWorld(server.services)
  const campaign = await world.campaign({ holdDays: 14, milestones: [{ at: 3, amount: 5_000 }] })
  anna = await world.advocate(campaign.id, stranger('Anna Kowalski'))
  await updateContact(world.ctx, anna.contactId, { language })
  const { id } = await world.referral(anna.id, stranger('Priya Shah'))
  await convertReferral(world.ctx, id, { jobValue: 100_000, notify: true })
  ;[browser, site] = await Promise.all([launchBrowser(), startSite()])
  await addSite(world.ctx, { origin: site.url })
})
afterAll(async () => {
  await browser.close()
  site.stop()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The viewport of the narrowest common phone. */
const openPhone = () => browser.newPage({ viewport: { width: 390, height: 844 } })

/** The page has text, all of it is in the language, and nothing overflows sideways. */
async function saysAll(page: Page) {
  const texts = await textsOf(page)
  expect(texts.some((text) => /[áéíóúñšţ]/.test(text))).toBe(true)
  expect(untranslated(texts)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
}

/** Checks that the page reads from right to left, with `last` at the left end of its row. */
async function startsAtTheRight(page: Page, last: string) {
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
  expect(
    await page
      .locator('h1')
      .first()
      .evaluate((heading) => getComputedStyle(heading).direction),
  ).toBe('rtl')
  const box = await page.locator(last).first().boundingBox()
  expect(box && box.x + box.width / 2).toBeLessThan(195)
}

describe('a language added as one folder is used', () => {
  it("by the form on a business's page, with an error and its correction", async () => {
    site.put(
      '/',
      `<goodword-form lang="${language}"></goodword-form>${tag({ url: server.url, key: world.publishableKey })}`,
    )
    const page = await openPhone()
    await page.goto(`${site.url}/?ref=${anna.code}`)
    const button = page.locator('goodword-form').getByRole('button')
    await button.waitFor()
    await saysAll(page)
    await button.click()
    await page.locator('goodword-form [aria-invalid="true"]').first().waitFor()
    await saysAll(page)
  })

  it('by the share panel, the banner and the launcher', async () => {
    const parts = ['share', 'banner', 'launcher'].map(
      (name) => `<goodword-${name} lang="${language}" code="${anna.code}"></goodword-${name}>`,
    )
    site.put('/parts', parts.join('') + tag({ url: server.url, key: world.publishableKey }))
    const page = await openPhone()
    await page.goto(`${site.url}/parts?ref=${anna.code}`)
    for (const name of ['share', 'banner', 'launcher'])
      await page.locator(`goodword-${name}`).getByRole('button').first().waitFor()
    await saysAll(page)
  })

  it('by the page of a link, with an error and its correction', async () => {
    const page = await openPhone()
    await page.goto(`${server.url}/r/${anna.code}?lang=${language}`)
    expect(await page.locator('html').getAttribute('lang')).toBe(language)
    await startsAtTheRight(page, 'header a[href^="tel:"]')
    await saysAll(page)
    await page.locator('form button[type="submit"]').click()
    await page.locator('[aria-invalid="true"]').first().waitFor()
    await saysAll(page)
  })

  it('by every email and text', async () => {
    const words = wordsIn(language)
    for (const template of templateNames) {
      const examples = { ...examplesIn(words)[template], reason: '', answer: '' }
      for (const channel of ['email', 'sms'] as const) {
        const { subject, body } = renderMessage(template, examples as never, { channel, withLink: true, words })
        const texts = [subject, ...body.split('\n')].filter((line) => line !== '{{link}}')
        expect([template, untranslated(texts.map((line) => line.replaceAll('{{link}}', '')))]).toEqual([template, []])
        const stopLink = 'https://refer.harbor.example/u/1'
        const html = htmlOf({ subject, body, language, reads: language, stopLink })
        expect(html.split(` lang="${language}" dir="rtl"`)).toHaveLength(3)
      }
    }
    const written = await server.services.database.read
      .select()
      .from(messages)
      .where(eq(messages.contactId, anna.contactId))
    expect(written.map(({ template, language: spoken }) => [template, spoken])).toContainEqual([
      'reward_earned',
      language,
    ])
  })

  it('by the portal: sign-in, home and account', async () => {
    const page = await openPhone()
    await page.goto(`${server.url}/portal`)
    await page.evaluate((spoken) => localStorage.setItem('goodword.portal.language', spoken), language)
    await page.reload()
    await page.locator(`html[lang="${language}"] form button`).waitFor()
    await saysAll(page)
    const reach = await addressFor(world.ctx, anna.contactId)
    const link = { contactId: anna.contactId, addressId: reach?.addressId ?? '', scope: 'full' } as const
    const token = await transaction(world.ctx, (tx) => createPortalLink(tx, link))
    await page.goto('about:blank')
    await page.goto(`${server.url}/portal#sign-in=${token}`)
    await page.locator('main button').click()
    await page.locator('ul.friends').waitFor()
    await startsAtTheRight(page, 'button.me')
    await saysAll(page)
    await page.locator('button.me').click()
    await page.locator('#own-language').waitFor()
    await saysAll(page)
    await page.locator('button.erase').click()
    await page.locator('dialog[open]').waitFor()
    await saysAll(page)
  })
})
