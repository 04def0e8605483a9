import { readFileSync } from 'node:fs'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { redeemCredit } from '../../api/src/modules/money/rewards/credit.ts'
import { createMemberSignInToken } from '../../api/src/modules/platform/members/session.ts'
import { acceptReferral, createReferral, declineReferral } from '../../api/src/modules/surfaces/console/referrals.ts'
import { launchBrowser } from '../../api/test/browser.ts'
import { createWorld, stranger, type World } from '../../api/test/harness.ts'
import { startTestServer, type TestServer } from '../../api/test/server.ts'
import { settled } from '../../api/test/settled.ts'
import { expectAccessible, recordProblems } from './page.ts'

const demo = { viewport: { width: 1440, height: 900 } }
const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' } as const

type Session = Awaited<ReturnType<BrowserContext['storageState']>>

describe('working through referrals', () => {
  let browser: Browser
  let server: TestServer
  let world: World
  let session: Session
  let campaignId: string
  let annaId: string
  const contexts: BrowserContext[] = []
  const watched: string[][] = []

  const open = async (path: string, options: object = demo): Promise<Page> => {
    const context = await browser.newContext({ bypassCSP: true, storageState: session, ...options })
    contexts.push(context)
    const page = await context.newPage()
    watched.push(recordProblems(page))
    await page.goto(`${server.url}${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    return page
  }
  const referralOf = (name: string) => world.referral(annaId, stranger(name))
  const choose = async (page: Page, name: string) => {
    await page.locator('input[role=combobox]').fill(name)
    await page.getByRole('option', { name }).first().click()
  }

  beforeAll(async () => {
    ;[browser, server] = await Promise.all([launchBrowser(), startTestServer()])
    world = await createWorld(server.services)
    campaignId = (await world.campaign()).id
    annaId = (await world.advocate(campaignId)).id
    await world.advocate(campaignId, stranger('Marcus Tate'))
    const context = await browser.newContext()
    const page = await context.newPage()
    const token = await createMemberSignInToken(server.services, world.owner.personId)
    await page.goto(`${server.url}/console/sign-in#token=${token}`)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'Referrals', level: 1 }).waitFor()
    session = await context.storageState()
    await context.close()
  })
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close()
    expect(watched.splice(0).flat()).toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  it('filters the list by URL, goes back with the Back button, and exports the filtered rows', async () => {
    await referralOf('Tomas Berg')
    await createReferral(world.ctx, { campaignId, advocateNamed: 'Anna from church', metadata: {} })
    const page = await open('/console/referrals')
    await page.getByRole('row', { name: /Tomas Berg/ }).waitFor()
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByLabel('Without an advocate').check()
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await page.waitForURL(/nameless=yes/)
    await page.getByRole('row', { name: /“Anna from church”/ }).waitFor()
    await page.getByRole('row', { name: /Tomas Berg/ }).waitFor({ state: 'detached' })
    await page.getByRole('tab', { name: /^All/ }).getByText('1', { exact: true }).waitFor()
    await expectAccessible(page)

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('goodword-referrals.csv')
    const csv = readFileSync((await download.path()) ?? '', 'utf8')
    expect(csv).toContain('“Anna from church”')
    expect(csv).not.toContain('Tomas Berg')

    await page.goBack()
    await page.getByRole('row', { name: /Tomas Berg/ }).waitFor()
    await page.getByRole('button', { name: 'Filter' }).click()
    await choose(page, 'Marcus Tate')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await page.getByText('No referrals here').waitFor()
    await page.getByRole('button', { name: /By Marcus Tate/ }).click()
    await page.getByRole('row', { name: /Tomas Berg/ }).waitFor()
  })

  it('works with the keyboard shortcuts it lists, and declines many at once', async () => {
    await referralOf('Olga Meier')
    await referralOf('Ravi Rao')
    const page = await open('/console/referrals?sort=newest')
    await page.getByRole('row', { name: /Ravi Rao/ }).waitFor()
    await page.keyboard.press('?')
    await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByRole('region', { name: 'Selected referrals' }).getByText('2 selected').waitFor()
    await page.getByRole('button', { name: 'Decline…' }).click()
    await page.getByLabel('Why').fill('Spam from one sender')
    await page.getByLabel('Mark as invalid (spam or wrong lead)').check()
    await page.getByLabel('What was wrong with it').selectOption('spam')
    await page.getByRole('button', { name: 'Decline 2' }).click()
    await page.getByText('2 referrals declined.').waitFor()
    await page
      .getByRole('row', { name: /Ravi Rao/ })
      .getByText('Declined')
      .waitFor()
  })

  it('steps through the list that a referral was opened from, also after a change, a reload and Back', async () => {
    for (const name of ['Nora One', 'Nora Two', 'Nora Three']) await referralOf(name)
    const page = await open('/console/referrals?status=pending&q=Nora&sort=oldest')
    const heading = (name: string) => page.getByRole('heading', { name, level: 1 }).waitFor()
    const step = (name: 'Previous referral' | 'Next referral') => page.getByRole('link', { name })
    const end = (name: 'Previous referral' | 'Next referral') => page.getByRole('button', { name, disabled: true })
    await page.getByRole('link', { name: 'Nora One', exact: true }).click()
    await heading('Nora One')
    await end('Previous referral').waitFor()
    await step('Next referral').click()
    await heading('Nora Two')
    await expectAccessible(page)

    await page.getByRole('button', { name: 'Accept' }).click()
    await page.getByText('Accepted', { exact: true }).first().waitFor()
    await page.reload()
    await heading('Nora Two')
    await step('Previous referral').waitFor()
    await page.keyboard.press('j')
    await heading('Nora Three')
    await end('Next referral').waitFor()
    await page.goBack()
    await heading('Nora Two')
    await step('Previous referral').waitFor()
    await page.keyboard.press('k')
    await heading('Nora One')

    await page.getByRole('main').getByRole('link', { name: 'Referrals', exact: true }).click()
    await page.waitForURL(/status=pending.*q=Nora.*sort=oldest/)
    await page.getByRole('link', { name: 'Nora Three', exact: true }).waitFor()
    expect(await page.getByRole('link', { name: 'Nora Two', exact: true }).count()).toBe(0)
  })

  it('steps on once the neighbors have loaded, as often as J was pressed, and after a lost connection', async () => {
    for (const name of ['Otto One', 'Otto Two', 'Otto Three', 'Otto Four']) await referralOf(name)
    const page = await open('/console/referrals?q=Otto&sort=oldest')
    const heading = (name: string) => page.getByRole('heading', { name, level: 1 }).waitFor()
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route('**/neighbors?*', (route) => held.then(() => route.continue()))
    await page.getByRole('link', { name: 'Otto One', exact: true }).click()
    await heading('Otto One')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    release()
    await heading('Otto Three')
    await page.getByRole('link', { name: 'Previous referral' }).waitFor()

    await page.context().setOffline(true)
    await page.keyboard.press('j')
    await page.getByText('The referral did not load').waitFor()
    await page.getByRole('button', { name: 'Previous referral' }).click()
    await page.getByText('The neighbors of this referral did not load. Try again.').waitFor()
    await page.context().setOffline(false)
    await page.getByRole('button', { name: 'Previous referral' }).click()
    await heading('Otto Three')
  })

  it('“they said Anna sent them”: adds a referral with only that, completes it in place, then converts it', async () => {
    const page = await open('/console/referrals')
    await page.getByRole('button', { name: 'Add referral' }).click()
    await page.getByLabel('Advocate unknown').check()
    await page.getByLabel('What name did they mention?').fill('Anna')
    await page.getByRole('button', { name: 'Add referral' }).last().click()
    await page.getByRole('heading', { name: 'Unnamed friend', level: 1 }).waitFor()
    await page.getByText('The advocate is unknown.').waitFor()

    await page.getByRole('button', { name: 'Add the friend’s details' }).click()
    await page.getByLabel('Friend’s name').fill('Lena Fischer')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Enter an email address or a phone number.').waitFor()
    await page.getByLabel('Email').fill('lena@mail.example')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Lena Fischer', level: 1 }).waitFor()

    await page.getByRole('button', { name: 'Choose the advocate' }).first().click()
    await choose(page, 'Anna Kowalski')
    await page.getByRole('button', { name: 'Attribute' }).click()
    await page.getByText('Attributed to Anna Kowalski').waitFor()
    await page.getByRole('button', { name: 'Mark as converted' }).click()
    await page.getByLabel('Job value').fill('1000')
    // 5% of $1,000.00 = $50.00
    await page.getByRole('button', { name: 'Convert and credit $50.00' }).click()
    await page.getByRole('button', { name: 'Undo conversion' }).waitFor()
  })

  it('has notes, an assignee and the full history; is declined, reopened, blocked and deleted', async () => {
    const { id } = await referralOf('Nadia Haddad')
    const page = await open(`/console/referrals/${id}`)
    await page.getByLabel('New note').fill('Wants a call after five')
    await page.getByRole('button', { name: 'Add note' }).click()
    await page.getByText('Wants a call after five').last().waitFor()
    await page.getByRole('button', { name: /Assigned to/ }).click()
    await page.getByRole('menuitemradio', { name: 'Maya Ortiz' }).click()
    await page.getByRole('button', { name: 'Assigned to: Maya Ortiz' }).waitFor()

    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Decline…' }).click()
    await page.getByLabel('Why').fill('Chose someone else')
    await page.getByRole('dialog').getByRole('button', { name: 'Decline' }).click()
    await page.getByRole('button', { name: 'Reopen' }).click()
    await page.getByLabel('Why').fill('They called after all')
    await page.getByRole('dialog').getByRole('button', { name: 'Reopen' }).click()
    await page.getByText('Reopened').first().waitFor()
    await page.getByText('They called after all').first().waitFor()
    await expectAccessible(page)

    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Remove referral…' }).click()
    await page.getByLabel('Why').fill('Entered twice')
    await page.getByRole('button', { name: 'Remove referral' }).click()
    await page.getByRole('heading', { name: 'Referrals', level: 1 }).waitFor()
    await settled(page)
    expect(await page.getByRole('row', { name: /Nadia Haddad/ }).count()).toBe(0)
  })

  it('reverses after the credit was used only if an admin confirms the debt', async () => {
    const { id } = await referralOf('Ines Costa')
    const page = await open(`/console/referrals/${id}`)
    await page.getByRole('button', { name: 'Mark as converted' }).click()
    await page.getByLabel('Job value').fill('400')
    await page.getByRole('button', { name: 'Convert and credit $20.00' }).click()
    await page.getByRole('button', { name: 'Undo conversion' }).waitFor()
    const ines = await page.getByRole('link', { name: 'Open contact' }).getAttribute('href')
    // She uses $15.00 of the friend's $20.00.
    await redeemCredit(world.ctx, ines?.split('/').at(-1) ?? '', { amount: 1_500, note: 'Invoice 1042' })
    await page.getByRole('button', { name: 'Undo conversion' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Undo conversion' }).click()
    await page.getByText('used $15.00 of it. Reverse anyway and let it be owed back?').waitFor()
    await page.getByRole('button', { name: 'Reverse anyway' }).click()
    await page.getByText('Reversed').first().waitFor()
  })

  it('keeps the action of every row in view on laptops of any width', async () => {
    const { id } = await referralOf('Maximiliana Featherstonehaugh')
    await acceptReferral(world.ctx, id)
    const long = await world.advocate(campaignId, stranger('Dr. Wolfeschlegel-Montgomery of the Northern Oakmont Area'))
    const declined = await world.referral(long.id, stranger('Ada Featherstonehaugh'))
    await declineReferral(world.ctx, declined.id, 'Chose a plumber who lives next door and has time on Sundays')
    const page = await open('/console/referrals?q=Featherstonehaugh')
    await page.getByRole('button', { name: /^Mark as converted/ }).waitFor()
    const hidden: number[] = []
    for (let width = 900; width <= 1_440; width += 20) {
      await page.setViewportSize({ width, height: 900 })
      const over = await page.locator('.table-wrap').evaluate((box) => box.scrollWidth - box.clientWidth)
      if (over > 0) hidden.push(width)
    }
    expect(hidden).toEqual([])
  })

  it('fits on a phone in dark mode: list, page and dialogs', async () => {
    const nameless = await createReferral(world.ctx, { campaignId, advocateNamed: 'Somebody', metadata: {} })
    const page = await open('/console/referrals', phone)
    await page.getByRole('row').nth(1).waitFor()
    const fits = async () => {
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(over).toBeLessThanOrEqual(0)
      await expectAccessible(page)
    }
    await fits()
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('dialog').waitFor()
    await fits()
    await page.goto(`${server.url}/console/referrals/${nameless.id}`)
    await page.getByRole('heading', { name: 'Audit trail' }).waitFor()
    await fits()
    await page.getByRole('button', { name: 'Choose the advocate' }).first().click()
    await page.getByRole('dialog').waitFor()
    await fits()
  })
})
