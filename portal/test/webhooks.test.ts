import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMemberSignInToken } from '../../api/src/modules/platform/members/session.ts'
import { launchBrowser } from '../../api/test/browser.ts'
import { createWorld } from '../../api/test/harness.ts'
import { type Receiver, startReceiver } from '../../api/test/receiver.ts'
import { startTestServer, type TestServer } from '../../api/test/server.ts'
import { verify } from '../../packages/webhooks/src/index.ts'
import { expectAccessible, recordProblems } from './page.ts'

describe('webhooks in the console', () => {
  let browser: Browser
  let server: TestServer
  let receiver: Receiver
  let page: Page
  let problems: string[]

  beforeAll(async () => {
    ;[browser, server, receiver] = await Promise.all([launchBrowser(), startTestServer(), startReceiver()])
    const world = await createWorld(server.services)
    const token = await createMemberSignInToken(server.services, world.owner.personId)
    const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1440, height: 900 } })
    page = await context.newPage()
    problems = recordProblems(page)
    await page.goto(`${server.url}/console/sign-in#token=${token}`)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'Referrals', level: 1 }).waitFor()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await receiver?.stop()
    expect(problems).toEqual([])
  })

  let secret = ''

  it('are added and show their secret; a rejected URL stays in its field', async () => {
    await page.goto(`${server.url}/console/settings/webhooks`)
    await page.getByText('No webhooks yet').waitFor()
    await page.getByRole('button', { name: 'Add webhook' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('URL').fill('https://10.0.0.8/hooks')
    await dialog.getByText('Only selected events').click()
    await dialog.getByRole('button', { name: 'Add webhook' }).click()
    await dialog.getByText('Choose at least one event.').waitFor()
    await dialog.getByRole('group', { name: 'Referral' }).getByLabel('Converted').check()
    await dialog.getByRole('button', { name: 'Add webhook' }).click()
    await dialog.getByText(/private network/).waitFor()
    expect(await dialog.getByLabel('URL').inputValue()).toBe('https://10.0.0.8/hooks')
    await expectAccessible(page)
    await dialog.getByLabel('URL').fill(receiver.url)
    await page.keyboard.press('Enter')
    const shown = page.getByRole('dialog', { name: 'Signing secret' })
    secret = (await shown.locator('.mono').textContent()) ?? ''
    expect(await page.locator('dialog').count()).toBe(1)
    expect(secret).toMatch(/^whsec_/)
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('button', { name: 'Send test event' }).waitFor()
  })

  it('send a test event, verified by its receiver, and show request and response', async () => {
    receiver.respondStatus(500, {}, '<h1>Oops</h1>')
    await page.getByRole('button', { name: 'Send test event' }).click()
    await page.getByRole('cell', { name: '500' }).waitFor()
    await page.getByText(/^Failing since/).waitFor()
    receiver.respondStatus(204)
    const [sent] = receiver.received
    const event = await verify({ body: sent?.body ?? '', headers: sent?.headers ?? {}, secrets: secret })
    expect(event.type).toBe('endpoint.test')
    await page.getByRole('button', { name: 'endpoint.test' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'endpoint.test' })
    await dialog.getByText('<h1>Oops</h1>').waitFor()
    expect(await dialog.getByText(sent?.headers['webhook-signature']?.toString() ?? '').count()).toBe(1)
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Send again' }).click()
    await dialog.getByText('Responded 204').waitFor()
    await page.keyboard.press('Escape')
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  })

  it('are disabled by a 410, enabled again with one click, and resend what failed', async () => {
    receiver.respondStatus(410)
    await page.getByRole('button', { name: 'Send test event' }).click()
    await page.getByText(/Switched off .* it answered that it is gone/).waitFor()
    receiver.respondStatus(204)
    await page.getByRole('button', { name: 'Switch on' }).click()
    await page.getByRole('button', { name: 'Send all again' }).click()
    await page.getByText('1 event sent again.').waitFor()
    await page.getByRole('tab', { name: 'Failed' }).click()
    await page.waitForURL(/state=failed/)
    await page.getByText('Nothing is failed').waitFor()
  })

  it('rotate their secret while the old one still signs, and are deleted after a confirmation', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await expectAccessible(page)
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'New secret' }).click()
    await page.getByRole('button', { name: 'Create new secret' }).click()
    await page.getByText(/also signs until/).waitFor()
    expect(await page.locator('dialog .mono').textContent()).not.toBe(secret)
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await page.getByText('No webhooks yet').waitFor()
  })
})
