import { createReadStream } from 'node:fs'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unpackOrganization } from '../../api/src/archive/importArchive.ts'
import { verify } from '../../api/src/verify.ts'
import { createTestServices } from '../../api/test/harness.ts'
import { type DemoConsole, startDemoConsole } from './demoConsole.ts'
import { expectAccessible } from './page.ts'

/** A business that moves from another tool, and may leave with all of its data. */
describe('import and export in the console', () => {
  let demo: DemoConsole
  let page: Page

  beforeAll(async () => {
    demo = await startDemoConsole()
    page = demo.page
  })
  afterAll(() => demo?.stop())

  const heading = (name: string, level = 1) => page.getByRole('heading', { name, level }).waitFor()
  const go = (path: string) => page.goto(`${demo.server.url}/console/${path}`)
  const button = (name: string | RegExp) => page.getByRole('button', { name })
  const advocatesFound = async (q: string) => {
    await go(`advocates?q=${q}`)
    await page.locator('td a.name, .state h2, .state h3').first().waitFor()
    return page.locator('td a.name').allTextContents()
  }

  it('maps columns, previews every row, and saves nothing before the button is pressed', async () => {
    await go('settings/organization')
    await page.getByRole('link', { name: 'Import and export' }).click()
    await heading('Import and export')
    await page.getByText('punch-cards.csv').first().waitFor()
    await page.getByLabel('Into the campaign').selectOption({ label: 'Neighbor Thank-You' })
    await button('Preview import').click()
    await page.getByText('Choose a file, or paste its rows.').waitFor()
    await page.getByLabel('Spreadsheet file').setInputFiles({
      name: 'old tool.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        'Who,Reach,Points\nIda Novak,ida@move.example,3\nJon Marsh,jon@move.example,4\nKit Blank,,5\n',
      ),
    })
    await page.getByText('old tool.csv').waitFor()
    await button('Preview import').click()
    // No column is mapped to an address, so no row can be imported.
    await heading('3 with errors', 2)
    await expect.poll(() => button(/^Import 0 advocates/).isDisabled()).toBe(true)
    await page.getByLabel('Who means').selectOption('Name')
    await page.getByLabel('Reach means').selectOption('Name')
    await expect.poll(() => page.getByText('Two columns are "Name". Leave one out.').count()).toBe(2)
    await page.getByLabel('Reach means').selectOption('Email')
    await heading('2 will be created, 1 with errors', 2)
    await page.getByText('There is no email address and no phone number.').waitFor()
    await expectAccessible(page)
    await page.getByText('With errors 1').click()
    await expect.poll(() => page.locator('.import-rows tbody .name').allTextContents()).toEqual(['Kit Blank'])
    page.once('dialog', (question) => question.accept())
    expect(await advocatesFound('move.example')).toEqual([])
  })

  it('imports the valid rows once, and undoes the import', async () => {
    await go('settings/move')
    // The demo has two imports already.
    await expect.poll(() => page.locator('.rows > li').count()).toBe(2)
    await page.getByLabel('Into the campaign').selectOption({ label: 'Neighbor Thank-You' })
    await page.getByLabel('Rows').fill('Name,Email\nIda Novak,ida@move.example\nJon Marsh,jon@move.example\nKit,')
    await button('Preview import').click()
    await button('Import 2 advocates').dblclick()
    await page.getByText('2 advocates imported. 1 row was left out.').waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('2 advocates imported.')
    await page.getByText('2 of 3 rows came in, 1 left out').waitFor()
    await expect.poll(() => page.locator('.rows > li').count()).toBe(3)
    await expectAccessible(page)
    expect((await advocatesFound('move.example')).sort()).toEqual(['Ida Novak', 'Jon Marsh'])

    await page.getByRole('link', { name: 'Ida Novak' }).click()
    await heading('Ida Novak')
    const sent = await page.evaluate(async (advocateId) => {
      const body = JSON.stringify({ advocateId, friend: { name: 'Lou Park', email: 'lou@move.example' } })
      return (await fetch('/v1/referrals', { method: 'POST', headers: { 'content-type': 'application/json' }, body }))
        .status
    }, page.url().split('/').at(-1))
    expect(sent).toBe(201)

    await go('settings/move')
    await button('Undo Pasted lines').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Anyone who has referrals by now stays an advocate.').waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await button('Undo Pasted lines').click()
    await dialog.getByRole('button', { name: 'Undo' }).dblclick()
    await page.getByText('Pasted lines: 1 advocate undone, 1 kept:').waitFor()
    await page.getByText('This advocate has referrals.').waitFor()
    await page.getByText('Undone', { exact: true }).waitFor()
    expect(await advocatesFound('move.example')).toEqual(['Ida Novak'])
  })

  it('imports finished jobs by keyboard: pasted, cured, imported once, and then in the feed', async () => {
    const press = async (name: string | RegExp) => {
      await button(name).focus()
      await page.keyboard.press('Enter')
    }
    // Past in every time zone.
    const day = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10)
    const rows = (second: string) =>
      `Customer,Email,Job number,Work,Finished,Value\nIda Novak,ida@jobs.example,HS-1,Drain cleaning,${day},385\nJon Marsh,jon@jobs.example,HS-2,Faucet,${second},120\n`
    await go('jobs/import')
    await heading('Import finished jobs', 2)
    await page.getByLabel('Rows').focus()
    await page.keyboard.insertText(rows('soon'))
    await press('Preview import')
    await heading('1 will be created, 1 with errors', 2)
    await page.getByText('“soon” is no day we can read. Write it like 2026-11-28.').waitFor()
    await expectAccessible(page)
    await press('Back to the file')
    await page.getByLabel('Rows').focus()
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.insertText(rows(day))
    await press('Preview import')
    await heading('2 will be created', 2)
    await page.getByText('2 jobs wait for a score before anybody is asked.').waitFor()
    const sent: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/v1/imports')) sent.push(request.url())
    })
    await button(/^Import 2 jobs/).dblclick()
    await page.getByText(/^2 jobs imported/).waitFor()
    await heading('Jobs')
    await page.getByText('Jon Marsh').first().waitFor()
    await page.getByText('Ida Novak').first().waitFor()
    expect(sent).toHaveLength(1)
  })

  it('exports everything as a file that another installation accepts', async () => {
    await go('settings/move')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download everything' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('goodword-organization-archive.goodword')
    const there = await createTestServices()
    const path = await download.path()
    const arrival = { owner: 'maya@harborsons.example', members: false }
    const unpacked = await unpackOrganization(there.services, () => createReadStream(path), arrival)
    expect(unpacked.name).toBe('Harbor & Sons')
    expect(await verify(there.services.database.read)).toEqual([])
    await there.close()
  })

  it('fits on a phone', async () => {
    await page.setViewportSize({ width: 320, height: 700 })
    await go('settings/move')
    await page.getByLabel('Rows').fill('Name,Email\nMax Long-Name von und zu Hohenstein-Lichtenberg,\nNo,')
    await button('Preview import').click()
    await heading('2 with errors', 2)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    await button('Back to the file').focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Import')
    expect(await page.getByLabel('Rows').inputValue()).toContain('Hohenstein')
  })
})
