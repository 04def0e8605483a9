import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type DemoConsole, startDemoConsole } from './demoConsole.ts'
import { expectAccessible } from './page.ts'

/** Contacts and advocates, as staff manage them. */
describe('people in the console', () => {
  let demo: DemoConsole
  let page: Page

  beforeAll(async () => {
    demo = await startDemoConsole()
    page = demo.page
  })
  afterAll(() => demo?.stop())

  const heading = (name: string) => page.getByRole('heading', { name, level: 1 }).waitFor()
  const go = (path: string) => page.goto(`${demo.server.url}/console/${path}`)
  const dialog = () => page.getByRole('dialog')
  /** The names in the table, once there are `count`. */
  const names = async (count: number) => {
    await expect.poll(() => page.locator('td a.name').count()).toBe(count)
    return page.locator('td a.name').allTextContents()
  }

  it('previews a pasted list, and sends nothing before "Send"', async () => {
    await go('advocates')
    await page.getByRole('link', { name: 'Invite a list' }).click()
    await heading('Invite a list')
    await page.getByLabel('Campaign').selectOption({ label: 'Neighbor Thank-You' })
    await page
      .getByLabel('People to invite')
      .fill(
        'Phone;E-mail;Full name\n;ada@list.example;Ada Lovelace\n(415) 555-0777;;Bea Quill\n;ada@list.example;Ada L.\n;broken;Cy',
      )
    await page.getByRole('button', { name: 'Preview list' }).click()
    await page.getByRole('heading', { name: '2 to invite, 1 repeated, 1 that cannot be read' }).waitFor()
    await page.getByText('The same person as line 2.').waitFor()
    await page.getByText('The email address cannot be read.').waitFor()
    await expectAccessible(page)
    await page.getByLabel('Invite Bea Quill').uncheck()
    await page.getByRole('button', { name: 'Send 1 invitation' }).waitFor()
    await page.getByLabel('Invite Bea Quill').check()
    await page.getByRole('button', { name: 'Send 2 invitations' }).dblclick()
    await page.getByText('2 advocates added.').waitFor()
    await go('advocates?q=list.example')
    expect(await names(1)).toEqual(['Ada Lovelace'])
    await go('messages')
    await expect.poll(() => page.getByText('ada@list.example').count()).toBe(1)
  })

  it('reads a list from a file, reads it again once it is fixed, and reads a dropped one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'goodword-list-'))
    const path = join(folder, 'neighbors.csv')
    const choose = async (content: string | Buffer) => {
      writeFileSync(path, content)
      await page.getByLabel('Spreadsheet file').setInputFiles(path)
    }
    const lines = () => page.getByLabel('People to invite')
    const holds = (text: string) => expect.poll(() => lines().inputValue(), { timeout: 10_000 }).toBe(text)
    await go('advocates/invite')
    // Excel in Western languages writes CSV files where ë is one byte.
    await choose(Buffer.from('Zoë Marsh,zoe@list.example', 'latin1'))
    await holds('Zoë Marsh,zoe@list.example')
    await page.getByRole('status').getByText('neighbors.csv').waitFor()
    await choose('Zoë Marsh,zoe@mended.example')
    await holds('Zoë Marsh,zoe@mended.example')
    await choose(Buffer.from([0x50, 0x4b, 3, 4, 0, 0]))
    await page.getByText('That file is not text. Save it as CSV in your spreadsheet and choose that.').waitFor()
    await expect.poll(() => lines().evaluate((field) => field === document.activeElement)).toBe(true)
    await expectAccessible(page)
    await holds('Zoë Marsh,zoe@mended.example')
    const dropped = await page.evaluateHandle(() => {
      const carried = new DataTransfer()
      carried.items.add(new File(['Dee Ford,dee@list.example'], 'dropped.csv', { type: 'text/csv' }))
      return carried
    })
    await lines().dispatchEvent('dragover', { dataTransfer: dropped })
    await page.getByText('Drop the file to read it.').waitFor()
    await lines().dispatchEvent('drop', { dataTransfer: dropped })
    await holds('Dee Ford,dee@list.example')
    rmSync(folder, { recursive: true })
  })

  it('invites nobody before the campaigns have loaded, no matter how fast someone types', async () => {
    let arrive = () => {}
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve
    })
    const campaigns = (url: URL) => url.pathname === '/v1/campaigns'
    onTestFinished(() => page.unroute(campaigns))
    await page.route(campaigns, async (route) => {
      await arrived
      await route.continue()
    })
    await go('advocates?invite=1')
    await dialog().getByRole('textbox', { name: 'Name' }).fill('Quick Quinn')
    await dialog().getByRole('textbox', { name: 'Email' }).fill('quinn@list.example')
    await page.keyboard.press('Enter')
    expect(await dialog().getByRole('button', { name: 'Invite', exact: true }).isDisabled()).toBe(true)
    expect(await dialog().locator('[aria-invalid="true"]').count()).toBe(0)
    arrive()
    await dialog().getByRole('button', { name: 'Invite', exact: true }).click()
    await dialog().waitFor({ state: 'detached' })
  })

  it('shows the existing advocate when someone is invited again', async () => {
    await go('advocates?invite=1')
    await dialog().getByLabel('Name').fill('Ada')
    await dialog().getByLabel('Email', { exact: true }).fill('ada@list.example')
    await dialog().getByLabel('Campaign').selectOption({ label: 'Neighbor Thank-You' })
    await dialog().getByRole('button', { name: 'Invite', exact: true }).click()
    await dialog().getByText('Ada Lovelace is already an advocate of this campaign.').waitFor()
    await dialog().getByRole('link', { name: 'Show them' }).click()
    await heading('Ada Lovelace')
  })

  it('gives an advocate a custom code and custom terms', async () => {
    await page.getByRole('button', { name: 'Change the code' }).click()
    const before = await dialog().getByLabel('Code', { exact: true }).inputValue()
    await dialog().getByLabel('Code', { exact: true }).fill('a!')
    await dialog().getByRole('button', { name: 'Save' }).click()
    await dialog().getByText('Use 3 to 20 letters and digits.').first().waitFor()
    await dialog().getByLabel('Code', { exact: true }).fill('ada lovelace')
    await dialog().getByRole('button', { name: 'Save' }).click()
    await page.getByText(`Also works: ${before}`).waitFor()
    await page.locator('output', { hasText: 'ADALOVELACE' }).waitFor()
    await page.getByRole('button', { name: 'Show QR code' }).click()
    await page.getByRole('img', { name: /QR code of .*ADALOVELACE/ }).waitFor()

    await page.getByRole('button', { name: 'Add custom terms' }).click()
    await dialog().getByLabel('Ada gets').selectOption('fixed')
    await dialog().getByRole('button', { name: 'Save' }).click()
    await dialog().getByText('Enter an amount above zero.').waitFor()
    await dialog().getByLabel('Amount').fill('75')
    await dialog().getByRole('button', { name: 'Save' }).click()
    await page.getByText(/You get \$75/).waitFor()
    await page.getByText('Custom', { exact: true }).waitFor()
    await expectAccessible(page)
  })

  it('deactivates and reactivates a link', async () => {
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Deactivate link' }).click()
    await page.getByText('The link no longer works').waitFor()
    const friend = await page.context().newPage()
    await friend.goto(`${demo.server.url}/r/ADALOVELACE`)
    expect(await friend.locator('form').count()).toBe(0)
    await friend.close()
    await page.getByRole('button', { name: 'Activate link' }).click()
    await page.getByRole('button', { name: 'Send portal link' }).waitFor()
  })

  it('adds an address, and offers to merge if another contact has it; credit moves along', async () => {
    const { items } = await (await page.request.get(`${demo.server.url}/v1/contacts?q=Quill`)).json()
    const given = await page.request.post(`${demo.server.url}/v1/contacts/${items[0].id}/adjust`, {
      headers: { origin: demo.server.url, 'idempotency-key': 'a thank-you for Bea' },
      data: { amount: 1_000, currency: 'USD', note: 'A thank-you' },
    })
    expect(given.status()).toBe(200)
    // On a slow network the page of the advocate, which can add an address too, stays until that of the contact is there.
    let arrive = () => {}
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve
    })
    await page.route(/contact\.page-/, async (route) => {
      await arrived
      await route.continue()
    })
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Open the contact' }).click()
    await page.waitForURL('**/console/contacts/**')
    await page.locator('.screen[inert]').waitFor()
    const opened = page.getByRole('button', { name: 'Add', exact: true }).click()
    arrive()
    await opened
    await page.getByText('No credit yet').waitFor()
    await page.getByLabel('Email or phone').fill('(415) 555-0777')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByText('Bea Quill has this number.').waitFor()
    await page.getByRole('button', { name: 'Merge', exact: true }).click()
    await dialog().getByText('keeps working and counts for the kept link').waitFor()
    await expectAccessible(page)
    await dialog().getByRole('button', { name: 'Merge', exact: true }).click()
    await page.getByText('The contacts were merged: Ada Lovelace.').waitFor()
    await page.getByRole('link', { name: '(415) 555-0777' }).first().waitFor()
    await page.getByText('Merged with another contact').waitFor()
    await expect.poll(() => page.locator('.balance .now').textContent()).toBe('$10.00')
    await go('contacts?q=Quill')
    await page.getByText('Nothing matches “Quill”').waitFor()
  })

  it('finds contacts by name, kind and order, all in the URL', async () => {
    await go('contacts')
    await names(20)
    await page.keyboard.press('/')
    await page.keyboard.type('lovelace')
    expect(await names(1)).toEqual(['Ada Lovelace'])
    expect(page.url()).toContain('q=lovelace')
    await page.getByRole('button', { name: 'Show: All' }).click()
    await page.getByRole('menuitemradio', { name: 'Existing customers' }).click()
    await page.getByText('Nothing matches “lovelace”').waitFor()
    await page.goBack()
    expect(await names(1)).toEqual(['Ada Lovelace'])
    await go('contacts?sort=name')
    const first = await names(20)
    expect(first).toEqual([...first].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)))
    await page.getByRole('button', { name: 'Next' }).click()
    await expect.poll(() => page.locator('td a.name').first().textContent()).not.toBe(first[0])
    await expectAccessible(page)
  })

  it('turns pages to both ends with the keyboard, and the back button and a second tab show the same', async () => {
    const top = () => page.locator('td a.name').first().textContent()
    const press = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).focus()
      await page.keyboard.press('Enter')
    }
    await go('contacts?sort=name')
    const [first] = await names(20)
    await press('Next')
    await expect.poll(top).not.toBe(first)
    const second = await top()
    await press('Last')
    await page.waitForURL(/cursor=last/)
    await page.locator('[aria-disabled="true"]', { hasText: 'Last' }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Last')
    const last = await top()
    await press('Previous')
    await expect.poll(top).not.toBe(last)
    await press('Next')
    await expect.poll(top).toBe(last)
    for (let times = 0; times < 3; times += 1) await page.goBack()
    await expect.poll(top).toBe(second)
    const other = await page.context().newPage()
    await other.goto(page.url())
    expect(await other.locator('td a.name').first().textContent()).toBe(second)
    await other.close()
    await press('First')
    await expect.poll(top).toBe(first)
    expect(page.url()).not.toContain('cursor')
  })

  it('notes on a contact’s page who sent them, which is a referral', async () => {
    await go('contacts?q=lovelace')
    await page.locator('td a.name').first().click()
    await page.getByRole('button', { name: 'Add referral' }).click()
    expect(await dialog().getByLabel('Phone').inputValue()).toBe('(415) 555-0777')
    await page.keyboard.type('Luis F')
    await page.getByRole('option', { name: 'Luis Ferreira' }).first().waitFor()
    await page.keyboard.press('Enter')
    await dialog().getByRole('button', { name: 'Add referral' }).dblclick()
    await page.getByText('The referral was added.').waitFor()
    const referredBy = page.getByRole('region', { name: 'Referred by' })
    await referredBy.getByRole('link', { name: 'Luis Ferreira' }).waitFor()
    expect(await referredBy.getByRole('listitem').count()).toBe(1)
  })

  it("changes a contact's details, and erases the contact only after their name was typed", async () => {
    await go('contacts?q=lovelace')
    await page.locator('td a.name').first().click()
    await page.getByRole('button', { name: 'Edit' }).click()
    await dialog().getByLabel('Name', { exact: true }).fill('Ada King')
    await dialog().getByLabel('Language').selectOption('fr')
    await dialog().getByRole('button', { name: 'Save' }).click()
    await heading('Ada King')
    await page.getByText('French').waitFor()
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Erase their data…' }).click()
    await dialog().getByRole('button', { name: 'Erase permanently' }).click()
    await dialog().getByText('Type Ada King.').waitFor()
    await dialog().getByLabel('Type “Ada King” to confirm').fill('ada king')
    await expectAccessible(page)
    await dialog().getByRole('button', { name: 'Erase permanently' }).click()
    await heading('Erased person')
    await page.getByText('This person’s data was erased.').waitFor()
  })

  it.each([
    { width: 320, colorScheme: 'dark' },
    { width: 1440, colorScheme: 'light' },
  ] as const)('fits $width pixels, $colorScheme', async ({ width, colorScheme }) => {
    await page.setViewportSize({ width, height: 800 })
    await page.emulateMedia({ colorScheme })
    await go('advocates?q=Anna')
    const advocate = await page.locator('td a.name').first().getAttribute('href')
    for (const screen of ['contacts', 'advocates/invite', (advocate ?? '').replace('/console/', '')]) {
      await go(screen)
      await page.getByRole('heading', { level: 2 }).or(page.locator('td a.name, textarea')).first().waitFor()
      await expectAccessible(page)
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(over, `${screen} needs no sideways scrolling`).toBeLessThanOrEqual(0)
    }
  })
})
