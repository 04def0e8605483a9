import type { CreatedConnection } from '@goodword/contracts'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addMember } from '../../api/src/modules/platform/members/admission.ts'
import { transaction } from '../../api/src/shared/context.ts'
import { createWorld, type World } from '../../api/test/harness.ts'
import { signedHeaders } from '../../api/test/inbound.ts'
import { startTestServer, type TestServer } from '../../api/test/server.ts'
import { memberLink, phone, signInWith, startWatchedBrowser, type WatchedBrowser, wide } from './demoConsole.ts'
import { expectAccessible } from './page.ts'

/** One morning of an office, from a console without Jobs: each part goes on where the one before ended. */
describe('jobs', () => {
  let browser: WatchedBrowser
  let server: TestServer
  let world: World
  let page: Page
  let secret = ''
  beforeAll(async () => {
    ;[browser, server] = await Promise.all([startWatchedBrowser({ viewport: wide }), startTestServer()])
    world = await createWorld(server.services)
    page = await browser.open()
    await signInWith(page, await memberLink(server, world.owner.personId))
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  const open = (path: string) => page.goto(`${server.url}/console/${path}`)
  const api = async <T>(method: string, path: string, body?: unknown): Promise<T> =>
    await page.evaluate(
      async ([verb, url, sent]) => {
        const headers = { 'content-type': 'application/json' }
        const response = await fetch(url, { method: verb, ...(sent === '' ? {} : { headers, body: sent }) })
        return await response.json()
      },
      [method, path, body === undefined ? '' : JSON.stringify(body)] as const,
    )
  const connectionOf = async (name: string) => {
    const { items } = await api<{ items: CreatedConnection[] }>('GET', '/v1/connections')
    return items.find((one) => one.name === name)
  }
  /** What a connected system sends. Resolves to the status of the answer. */
  const send = async (name: string, given: { secret: string }, body: unknown): Promise<number> => {
    const connection = await connectionOf(name)
    if (!connection) throw new Error(`${name} is not connected.`)
    const text = JSON.stringify(body)
    const headers = await signedHeaders(connection.kind, text, { secret: given.secret, now: Date.now() })
    const url = `${server.url}/v1/inbound/${connection.id}`
    return (await fetch(url, { method: 'POST', headers, body: text })).status
  }
  const report = (type: string, data: object) =>
    send('Field service', { secret }, { type, timestamp: new Date().toISOString(), data })
  /** What nobody has read yet: the page shows what was known when it was opened. */
  const waiting = async () => {
    const { items } = await api<{ items: { outcome: string }[] }>('GET', '/v1/job-events')
    return items.filter(({ outcome }) => outcome === 'received')
  }
  const row = (whom: string) => page.locator('.job-events > li').filter({ hasText: whom })

  it('are switched on under Features, and come with a place in the menu', async () => {
    await open('jobs')
    await page.getByRole('heading', { name: 'Jobs is switched off' }).waitFor()
    const menu = page.getByRole('navigation', { name: 'Main' })
    expect(await menu.getByRole('link', { name: 'Jobs' }).count()).toBe(0)
    await page.getByRole('link', { name: 'Open features' }).click()
    await page.getByRole('checkbox', { name: /^Jobs/ }).check()
    await page.getByText('Jobs is on.').waitFor()
    await expectAccessible(page)
    await menu.getByRole('link', { name: 'Jobs' }).click()
    await page.getByRole('heading', { name: 'No job has arrived yet' }).waitFor()
    await page.getByText('Not connected').waitFor()
  })

  it('come from a system that is connected with a secret shown once', async () => {
    await page.getByRole('link', { name: 'Connect', exact: true }).click()
    await page.getByRole('button', { name: /^Your own software/ }).click()
    await page.getByLabel('Name').fill('Field service')
    await page.keyboard.press('Enter')
    const shown = page.getByRole('dialog', { name: 'Signing secret' })
    secret = (await shown.locator('.mono').textContent()) ?? ''
    expect(secret).toMatch(/^whsec_/)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByRole('button', { name: 'Replace…' }).waitFor()
    expect(await page.getByText(secret).count()).toBe(0)

    // Somebody entered the wrong one over there.
    expect(await send('Field service', { secret: `whsec_${'A'.repeat(43)}=` }, {})).toBe(401)
    await page.reload()
    await page.getByText(/Refused: the signature does not match\..*Maybe it is the other secret/).waitFor()
    await page.getByRole('button', { name: 'Send a test event' }).click()
    await page.getByText('It arrived and could be read. Nothing was changed.').waitFor()
    await expectAccessible(page)
  })

  it('show what each event did or why it did nothing; search and filters are in the address', async () => {
    const rosa = { name: 'Rosa Medina', phone: '+16285550917' }
    expect(
      await report('job.completed', { job: '4471', title: 'Drain cleaning', amount: 38_500, customer: rosa }),
    ).toBe(200)
    await expect.poll(async () => (await api<{ items: unknown[] }>('GET', '/v1/jobs')).items.length).toBe(1)
    await report('job.completed', { job: '4471', amount: 38_500 })
    await report('job.completed', { job: '4455', customer: { name: 'G. Marsh' } })
    await report('lead.created', {})
    await report('job.invoiced', { job: '4452', amount: '12,50' })
    const lastYear = new Date(Date.now() - 300 * 86_400_000).toISOString()
    const old = { type: 'job.completed', timestamp: lastYear, data: { job: '12', customer: { name: 'Sam Keller' } } }
    await send('Field service', { secret }, old)
    await expect.poll(waiting).toEqual([])
    await open('jobs')
    await page.getByText('1 old job came from Field service. Nobody is asked about old jobs').waitFor()
    await row('Sam Keller').getByText('The job finished 300 days ago, so nobody is asked about it.').waitFor()
    await row('Rosa Medina').getByText('Job completed. Its value is $385.00.').waitFor()
    await row('G. Marsh').getByText('Can’t be asked yet: the job came without a phone or email we can use.').waitFor()
    await page.getByText('Goodword does nothing with “lead.created”.').waitFor()
    await page.getByText('“amount” is “12,50”, which can’t be read as an amount.').waitFor()
    await expectAccessible(page)
    const menu = page.getByRole('navigation', { name: 'Main' })
    await menu.getByRole('link', { name: /Jobs\s*1/ }).waitFor()

    await page.getByRole('tab', { name: /Needs you 1/ }).click()
    await page.waitForURL(/tab=needs_you/)
    await row('Rosa Medina').first().waitFor({ state: 'detached' })
    await page.getByRole('tab', { name: /^All/ }).click()
    await page.keyboard.press('/')
    await page.keyboard.type('4471')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=4471/)
    await row('G. Marsh').waitFor({ state: 'detached' })
    await page.reload()
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('4471')
    await page.getByRole('button', { name: /^Event: All/ }).click()
    await page.getByRole('menuitemradio', { name: 'job.invoiced' }).click()
    await page.getByRole('heading', { name: 'No event matches' }).waitFor()
    await page.getByRole('button', { name: 'Show all' }).click()
    await row('G. Marsh').waitFor()
  })

  it('open with Enter, and are taken off the list of what needs somebody', async () => {
    await row('Rosa Medina')
      .last()
      .getByRole('button', { name: /open the event/ })
      .focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Rosa Medina' })
    await dialog.getByText('"title": "Drain cleaning"').waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await row('G. Marsh')
      .getByRole('button', { name: /open the event/ })
      .click()
    await page.getByRole('button', { name: 'Mark as done' }).click()
    await page.getByRole('dialog', { name: 'G. Marsh' }).getByText('Job completed.').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('tab', { name: /Needs you 0/ }).waitFor()
  })

  it('of another shape are read by a mapping that is made from a sample', async () => {
    const made = await api<CreatedConnection>('POST', '/v1/connections', { name: 'Zapier', kind: 'token' })
    const token = { secret: made.newSecret ?? '' }
    const sample = {
      id: 77,
      status: 'paid',
      client: { first_name: 'Omar', last_name: 'Haddad', email: 'omar@mail.example' },
      total: '1200.50',
    }
    await send('Zapier', token, sample)
    await expect.poll(waiting).toEqual([])
    await open(`jobs/connect?connection=${made.id}`)
    await page.getByRole('link', { name: 'Set up mapping' }).click()
    await page.getByRole('button', { name: 'Use the last event' }).click()
    const understood = page.locator('.understood')
    await understood.getByText('Omar Haddad').waitFor()
    await page.getByText('The event says it').click()
    await page.getByLabel('Where it says so').fill('status')
    await page.getByRole('button', { name: 'Add a value' }).click()
    await page.getByLabel('then it is').selectOption('job.invoiced')
    await understood.getByText('Job invoiced or paid.').waitFor()
    await understood.getByText('$1,200.50').waitFor()
    await page.getByRole('button', { name: 'Add a condition' }).click()
    await page.getByLabel('Where', { exact: true }).fill('status')
    await page.getByLabel('with', { exact: true }).fill('sent')
    await understood.getByText('“status” is “paid”, and you only take “sent”.').waitFor()
    await page.getByLabel('with', { exact: true }).fill('paid')
    await understood.getByText('Job invoiced or paid.').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Save mapping' }).click()
    await page.getByText('Mapping saved as version 1.').waitFor()
    await page.getByRole('button', { name: 'Read earlier events again' }).click()
    await page.getByText('1 event being read again.').waitFor()
    await page.getByRole('link', { name: 'All events of Zapier' }).click()
    await page.getByText('Job invoiced. Its value is $1,200.50.').waitFor()
  })

  it('that no system sends are entered by hand, by keyboard alone', async () => {
    await page.getByRole('button', { name: 'Job finished…' }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.type('rosa med')
    // Too early: the list is still that of nothing typed, and its first line is somebody else.
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: /^Rosa Medina/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.type('4480')
    await page.keyboard.press('Tab')
    await page.keyboard.type('120')
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('5')
    await expectAccessible(page)
    const dialog = page.getByRole('dialog', { name: 'Job finished' })
    expect(await dialog.getByRole('radio', { name: '5' }).isChecked()).toBe(true)
    expect(await dialog.getByRole('radio', { name: 'Invoiced' }).isChecked()).toBe(true)
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await open('jobs')
    await row('Job 4480, $120.00').getByText('Job invoiced. Its value is $120.00.').waitFor()
    await row('Job 4480, score 5 of 5').getByText('Score saved: 5 of 5.').waitFor()

    await page.getByRole('button', { name: 'Job finished…' }).click()
    await page.getByRole('combobox', { name: 'Customer' }).fill('Zed Nobody')
    await page.getByRole('option', { name: /Add “Zed Nobody”/ }).click()
    await page.getByText('Can’t be asked yet: the job came without a phone or email we can use.').waitFor()
    // Only shown so far: nothing is saved before it is.
    expect((await api<{ items: unknown[] }>('GET', '/v1/contacts?q=Zed+Nobody')).items).toEqual([])
    await page.getByLabel('Phone').fill('12')
    await page.getByRole('button', { name: 'Save job' }).click()
    await page.getByText('Enter the whole phone number').waitFor()
    await page.getByLabel('Phone').fill('(628) 555-0941')
    // The answers get lost after the server has acted. Saved again, it is one job.
    const finishing = (url: URL) => url.pathname === '/v1/jobs'
    await page.route(finishing, (route) => route.fetch().then(() => route.abort()))
    await page.getByRole('button', { name: 'Save job' }).click()
    await page.getByText('Your server did not answer.').waitFor()
    await page.unroute(finishing)
    await page.getByRole('button', { name: 'Save job' }).click()
    await page.getByText('Job saved.').waitFor()
    await row('Zed Nobody').waitFor()
    expect((await api<{ items: unknown[] }>('GET', '/v1/jobs?q=Zed')).items).toHaveLength(1)
  })

  it('stand on the page of their customer, where more is said about them', async () => {
    await row('Rosa Medina')
      .first()
      .getByRole('button', { name: /open the event/ })
      .click()
    await page.getByRole('dialog').getByRole('link', { name: 'Rosa Medina' }).click()
    const jobs = page.locator('section.card').filter({ has: page.getByRole('heading', { name: 'Jobs', exact: true }) })
    await jobs.getByText('Job 4471').waitFor()
    await jobs.getByRole('button', { name: 'Update Drain cleaning' }).click()
    await page.getByRole('dialog').getByText('Invoiced').click()
    await page.getByRole('button', { name: 'Save job' }).click()
    await jobs.locator('li').filter({ hasText: 'Job 4471' }).getByText('Invoiced').waitFor()
    await expectAccessible(page)
  })

  it('are shown to staff, without secrets; on a phone and in the dark they fit', async () => {
    const staff = { name: 'Joe Hartley', email: 'joe@harbor.example', role: 'staff' as const }
    const { personId } = await transaction(world.ctx, (tx) => addMember(tx, staff))
    const theirs = await browser.open({ viewport: phone, colorScheme: 'dark' })
    await theirs.goto(await memberLink(server, personId))
    await theirs.getByRole('button', { name: 'Sign in' }).click()
    await theirs.getByRole('link', { name: 'Jobs' }).click()
    await theirs.getByText('Job 4480, $120.00').waitFor()
    expect(await theirs.getByRole('link', { name: 'Connect', exact: true }).count()).toBe(0)
    await expectAccessible(theirs)
    expect(await theirs.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    await theirs.goto(`${server.url}/console/jobs/connect`)
    await theirs.getByRole('heading', { name: 'For owners and admins' }).waitFor()

    const storageState = await page.context().storageState()
    const own = await browser.open({ storageState, viewport: { width: 320, height: 700 }, colorScheme: 'dark' })
    const zapier = await connectionOf('Zapier')
    for (const path of ['jobs/connect', `jobs/connect/mapping?connection=${zapier?.id}`, 'settings/features']) {
      await own.goto(`${server.url}/console/${path}`)
      await own.getByRole('heading', { level: 2 }).first().waitFor()
      await expectAccessible(own)
      expect(await own.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0)
    }
  })
})
