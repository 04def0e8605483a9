import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressFor } from '../../api/src/modules/people/contacts/contacts.ts'
import { updateOrganization } from '../../api/src/modules/platform/organizations/settings.ts'
import { createPortalLink } from '../../api/src/modules/surfaces/portal/portal.ts'
import { contextFor, transaction } from '../../api/src/shared/context.ts'
import { createWorld, type World } from '../../api/test/harness.ts'
import { startTestServer, type TestServer } from '../../api/test/server.ts'
import { settled } from '../../api/test/settled.ts'
import { memberLink, signInWith, startWatchedBrowser, type WatchedBrowser, wide } from './demoConsole.ts'
import { expectAccessible } from './page.ts'

type Ask = { state: string; sendAt: string | null }
type Known = { asks: Ask[] }

describe('asking customers after their job', () => {
  let browser: WatchedBrowser
  let server: TestServer
  let world: World
  let page: Page
  beforeAll(async () => {
    ;[browser, server] = await Promise.all([startWatchedBrowser({ viewport: wide }), startTestServer()])
    world = await createWorld(server.services)
    await updateOrganization(world.ctx, { features: ['jobs'] })
    await world.campaign({}, { status: 'active' })
    page = await browser.open()
    await signInWith(page, await memberLink(server, world.owner.personId))
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  const call = <T>(method: string, path: string, body?: object): Promise<T> =>
    page.evaluate(
      async ([verb, url, sent]) => {
        const headers = { 'content-type': 'application/json' }
        const response = await fetch(url, { method: verb, headers, ...(sent ? { body: sent } : {}) })
        return response.json()
      },
      [method, path, body ? JSON.stringify(body) : null] as const,
    )
  const finish = async (name: string, number: string) => {
    const customer = { name, email: `${number}@mail.example`, phone: `+1415555${number}` }
    const { job } = await call<{ job: { contact: { id: string } } }>('POST', '/v1/jobs', {
      ...{ customer, number, title: 'Drain cleaning', state: 'completed', score: 5 },
    })
    return job.contact.id
  }
  const stateOf = async (contactId: string) =>
    (await call<Known>('GET', `/v1/contacts/${contactId}`)).asks[0]?.state ?? 'nothing'
  /** Twelve hours from now on the clock of the business, so that no run of this test is in quiet hours. */
  const quietStart = () => {
    const clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'America/Los_Angeles',
      hour: '2-digit',
      minute: '2-digit',
    })
    return clock.format(Date.now() + 12 * 3_600_000).replace('24:', '00:')
  }

  it('begins with the rules, which show what they would do before they are saved', async () => {
    await page.goto(`${server.url}/console/jobs/ask`)
    await page.getByRole('heading', { name: 'Who is asked' }).waitFor()
    await settled(page)
    const steps = page.getByRole('complementary', { name: 'Preview' }).getByRole('listitem')
    await page.getByText('Asking is off in this campaign.').waitFor()
    await page.getByLabel('Ask after jobs').check()
    await steps.getByText('Text with the link').waitFor()
    expect(await steps.locator('b').allInnerTexts()).toEqual([
      ...['Job completed, score 5', 'Waits for the morning', 'Text with the link', 'Reminder'],
    ])
    await page.getByLabel('With', { exact: true }).selectOption('2')
    await steps.getByText('The score of 2 is under your 4.').waitFor()
    await page.getByLabel('3', { exact: true }).check()
    await steps.getByText('The score of 2 is under your 3.').waitFor()
    await page.getByLabel('Wait, hours').fill('soon')
    await page.getByText('Correct the marked fields to see it.').waitFor()
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Enter hours, such as 2 or 1.5.').waitFor()
    await page.getByLabel('Wait, hours').fill('0')
    const from = quietStart()
    const minute = String((Number(from.slice(3)) + 1) % 60).padStart(2, '0')
    await page.getByLabel('No messages from').fill(from)
    await page.getByLabel('Until', { exact: true }).fill(`${from.slice(0, 3)}${minute}`)
    await page.getByLabel('Wait, hours').press('Enter')
    await page.getByText('Rules saved.').waitFor()
    await page.getByLabel('How your customers agree to texts').fill('Customers agree to texts when they book.')
    await page.getByRole('button', { name: 'I state this' }).click()
    await page.getByText('Customers agree to texts when they book.').waitFor()
    await expectAccessible(page)
    await page.reload()
    await page.getByLabel('Ask after jobs').waitFor()
    expect(await page.getByLabel('3', { exact: true }).isChecked()).toBe(true)
    expect(await page.getByLabel('Wait, hours').inputValue()).toBe('0')
  })

  it('sends the ask, which only a person opens, and asks nobody again within the limits', async () => {
    const contactId = await finish('Rosa Medina', '1117')
    await expect.poll(() => stateOf(contactId), { timeout: 10_000 }).toBe('sent')
    const ctx = contextFor(server.services, world.organization.id, { type: 'system' })
    const reach = await addressFor(ctx, contactId)
    const token = await transaction(ctx, (tx) =>
      createPortalLink(tx, { contactId, addressId: reach?.addressId ?? '', scope: 'view' }),
    )
    for (let times = 0; times < 5; times += 1) expect((await fetch(`${server.url}/portal`)).status).toBe(200)
    const portal = await browser.open()
    await portal.goto(`${server.url}/portal#token=${token}`)
    await portal.getByRole('heading', { level: 1 }).waitFor()
    await settled(portal)
    expect(await stateOf(contactId)).toBe('sent')
    const opened = portal.waitForResponse((response) => response.url().endsWith('/portal/api/opened'))
    await portal.keyboard.press('Tab')
    await opened
    expect(await stateOf(contactId)).toBe('opened')
    await page.goto(`${server.url}/console/contacts/${contactId}`)
    await page.getByText('After Drain cleaning, Neighbor Thank-You').waitFor()
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Neighbor Thank-You' }).click()
    await page.getByRole('button', { name: 'Ask again' }).click()
    await page.getByText('Nobody is asked twice within 180 days').waitFor()
  })

  it('is sent once more to everyone shown who has not opened it, as far as the limits allow', async () => {
    const contactId = await finish('Vera Holm', '1119')
    await expect.poll(() => stateOf(contactId), { timeout: 10_000 }).toBe('sent')
    await page.goto(`${server.url}/console/advocates?show=not-opened`)
    await page.getByRole('link', { name: 'Vera Holm' }).waitFor()
    expect(await page.locator('table.advocates tbody tr').count()).toBe(1)
    await page.getByRole('button', { name: 'Ask again', exact: true }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Ask 1 advocate again?' })
    await dialog.getByText('Vera Holm').waitFor()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Ask again' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('None of them was asked.').waitFor()
    await page.getByText('Nobody is asked twice within 180 days').waitFor()
    await expectAccessible(page)
  })

  it('is held back from the list of what happened', async () => {
    await page.goto(`${server.url}/console/jobs/ask`)
    await page.getByLabel('Wait, hours').fill('5')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Rules saved.').waitFor()
    const contactId = await finish('Owen Price', '1118')
    await page.goto(`${server.url}/console/jobs`)
    await page.getByRole('button', { name: 'Hold back the message to Owen Price' }).click()
    await page.getByText('Held back.').first().waitFor()
    expect(await stateOf(contactId)).toBe('canceled')
  })
})
