import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createOrganization } from '../../api/src/modules/surfaces/setup/createOrganization.ts'
import { verify } from '../../api/src/verify.ts'
import { launchBrowser } from '../../api/test/browser.ts'
import { linkIn, startMailSink } from '../../api/test/mail.ts'
import { startTestServer, type TestServer } from '../../api/test/server.ts'
import { patience } from '../../api/test/settled.ts'
import { recordProblems } from './page.ts'

const phone = { viewport: { width: 390, height: 844 } }
const demo = { viewport: { width: 1440, height: 900 } }
const websiteFolder = fileURLToPath(new URL('../../examples/plain-html/', import.meta.url))

/** The business's website, on another site than Goodword, started the way its README says. */
async function startWebsite(key: string, server: string) {
  const website = spawn(process.execPath, ['server.mjs', key, server], {
    cwd: websiteFolder,
    env: { ...process.env, PORT: '0' },
  })
  const url = await new Promise<string>((resolve, reject) => {
    website.stdout.on('data', (said: Buffer) => {
      const [address] = /http:\/\/\S+/.exec(said.toString()) ?? []
      if (address) resolve(address)
    })
    website.once('exit', (code) => reject(new Error(`The website ended with ${code}.`)))
  })
  return { url, stop: () => website.kill() }
}

describe('one referral, from the snippet to the credit', () => {
  let browser: Browser
  let server: TestServer
  let mail: Awaited<ReturnType<typeof startMailSink>>
  let website: Awaited<ReturnType<typeof startWebsite>>
  let staff: Page
  let key: string
  let annasLink: string
  const contexts: BrowserContext[] = []
  const watched: string[][] = []

  const open = async (options: typeof demo): Promise<Page> => {
    const context = await browser.newContext(options)
    contexts.push(context)
    const page = await context.newPage()
    watched.push(recordProblems(page))
    return page
  }

  const goTo = async (name: string) => {
    await staff.getByRole('navigation').getByRole('link', { name }).first().click()
    await staff.getByRole('heading', { name, level: 1 }).waitFor()
  }

  beforeAll(async () => {
    mail = await startMailSink()
    ;[browser, server] = await Promise.all([launchBrowser(), startTestServer({ SMTP_URL: mail.url })])
    const founded = await createOrganization(server.services, {
      name: 'Harbor & Sons',
      tagline: 'Plumbing',
      currency: 'USD',
      timeZone: 'America/Los_Angeles',
      country: 'US',
      brandColor: '#16507c',
      phone: '(415) 555-0100',
      owner: { name: 'Maya Ortiz', email: 'maya@harborsons.example' },
    })
    key = founded.publishableKey
    website = await startWebsite(key, server.url)
  })
  afterAll(async () => {
    for (const context of contexts) await context.close()
    await browser?.close()
    website?.stop()
    await server?.stop()
    await mail?.stop()
  })

  it('staff sign in with a link from their email, which works once', async () => {
    staff = await open(demo)
    await staff.goto(`${server.url}/console`)
    await staff.getByLabel('Your email address').fill('maya@harborsons.example')
    await staff.keyboard.press('Enter')
    const link = linkIn(await mail.waitFor('maya@harborsons.example', /sign-in/), '/console/sign-in')
    await staff.goto(link)
    await staff.getByRole('button', { name: 'Sign in' }).click()
    await staff.getByRole('heading', { name: 'Referrals', level: 1 }).waitFor()
    expect(staff.url()).not.toContain('token')

    const second = await open(demo)
    await second.goto(link)
    await second.getByRole('button', { name: 'Sign in' }).click()
    await second
      .getByText(/no longer works/i)
      .first()
      .waitFor()
  })

  it('staff create a campaign: 5% for the advocate, $20 off for the friend', async () => {
    await goTo('Campaigns')
    await staff
      .getByRole('link', { name: /campaign/i })
      .filter({ hasText: /new|create/i })
      .first()
      .click()
    await staff.getByRole('tab', { name: 'Name and wording' }).click()
    await staff.getByLabel('Campaign name').fill('Neighbor Thank-You')
    await staff.getByLabel('Applies to').fill('your first plumbing visit')
    await staff
      .getByRole('radio', { name: /own page/i })
      .locator('..')
      .click()
    await staff.getByLabel('Address of the page').fill(`${website.url}/`)
    await staff.getByRole('tab', { name: 'Rewards' }).click()
    await staff.getByRole('group', { name: 'Friend reward type' }).getByText('Credit').click()
    await staff.getByRole('textbox', { name: 'Amount' }).fill('20')
    await staff.getByRole('radiogroup', { name: 'Advocate worth' }).getByText('Percent').click()
    await staff.getByRole('textbox', { name: 'Percent' }).fill('5')
    await staff.getByLabel('Hold rewards for').fill('0')
    await staff.getByRole('button', { name: 'Create campaign' }).click()
    await staff.getByRole('heading', { name: 'Neighbor Thank-You' }).waitFor()
  })

  it('staff invite Anna by name and email, and see what she was sent', async () => {
    await goTo('Advocates')
    await staff
      .getByRole('button', { name: /invite/i })
      .first()
      .click()
    const dialog = staff.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Anna Kowalski')
    await dialog.getByRole('textbox', { name: 'Email' }).fill('anna@mail.example')
    await dialog
      .getByRole('button', { name: /invit|enroll/i })
      .last()
      .click()
    await dialog.waitFor({ state: 'detached' })
    const invitation = await mail.waitFor('anna@mail.example')
    annasLink = linkIn(invitation, `${website.url}/?ref=`)

    await goTo('Messages')
    await staff.getByRole('row', { name: /anna@mail.example/ }).click()
    await staff.getByText('[link hidden]').waitFor()
    expect(await staff.locator('body').innerText()).not.toContain('#token=')
    await staff.keyboard.press('Escape')
  })

  it('staff copy the snippet and allow their website', async () => {
    await goTo('Install')
    await staff.getByText(key).first().waitFor()
    await expect.poll(() => staff.locator('main').innerText()).toContain('/widget/v1/loader.js')
    await staff.getByLabel('Add a website').fill(website.url)
    await staff.getByRole('button', { name: 'Add', exact: true }).click()
    await staff.getByRole('main').getByText(website.url).waitFor()
  })

  it("a friend follows Anna's link, sees who referred them, and submits their details", async () => {
    const friend = await open(phone)
    await friend.goto(annasLink)
    await friend.getByText('Anna gave you $20 credit after').waitFor()
    await friend.getByLabel('Your name').fill('Priya Shah')
    await friend.getByLabel('Email').fill('priya@mail.example')
    await friend.getByLabel('What do you need?').fill('The kitchen tap drips.')
    await friend.getByRole('button', { name: 'Claim my $20' }).click()
    await friend.getByRole('heading', { name: 'Thanks, Priya. Your $20 credit is saved.' }).waitFor()
    expect((await mail.waitFor('anna@mail.example', /interest|friend|link/i)).text).not.toContain('Priya')
  })

  it('a friend who submits again or uses their own link reads why it is rejected, and keeps everything typed; an unknown code asks who referred them', async () => {
    const refused = async (link: string, email: string, sentence: RegExp) => {
      const page = await open(demo)
      await page.goto(link)
      await page.getByLabel('Your name').fill('Priya Shah')
      await page.getByLabel('Email').fill(email)
      await page.getByRole('button', { name: /claim|send/i }).click()
      await page.getByText(sentence).waitFor()
      expect(await page.getByLabel('Email').inputValue()).toBe(email)
    }
    await refused(annasLink, 'priya@mail.example', /already have your details from this link/)
    await refused(annasLink, 'anna@mail.example', /your own link/)
    const unknown = await open(demo)
    await unknown.goto(`${website.url}/?ref=NOBODY9`)
    await unknown.getByLabel('Who sent you?').waitFor()
  })

  it('staff accept the referral, undo it, accept it again and mark it as converted, seeing both rewards first', async () => {
    await goTo('Referrals')
    const row = staff.getByRole('row', { name: /Priya Shah/ })
    await row.getByText('Pending').waitFor()
    await row.getByRole('button', { name: 'Accept' }).click()
    await row.getByText('Accepted').waitFor()
    await staff.getByRole('button', { name: 'Undo' }).click()
    await row.getByText('Pending').waitFor()
    await row.getByRole('button', { name: 'Accept' }).click()
    await row.getByText('Accepted').waitFor()
    await row.getByRole('button', { name: 'Mark as converted' }).click()
    const dialog = staff.getByRole('dialog', { name: 'Mark Priya Shah as converted' })
    await dialog.getByLabel('Job value').fill('1250')
    // 5% of $1,250.00 = $62.50; with the friend's $20.00 the job costs $82.50.
    await dialog.getByText('$62.50').first().waitFor()
    expect(await dialog.innerText()).toContain('$82.50')
    await dialog.getByRole('button', { name: 'Convert and credit $62.50' }).click()
    await dialog.waitFor({ state: 'detached' })
    await staff
      .getByRole('row', { name: /Priya Shah/ })
      .getByText('Converted')
      .waitFor()
  })

  it('Anna opens her portal from the email on a phone: her credit, her link, and only Priya S.', async () => {
    const portal = await open(phone)
    const earned = await mail.waitFor('anna@mail.example', /62\.50|earned|thank/i)
    await portal.goto(linkIn(earned, '/portal#token='))
    await portal.getByRole('heading', { name: /Anna/ }).waitFor()
    const text = await portal.locator('body').innerText()
    expect(text).toContain('$62.50')
    expect(text).toContain('Priya S.')
    expect(await portal.content()).not.toMatch(/Shah|priya@mail/)
    expect(portal.url()).not.toContain('token')
  })

  it('Priya finds her own link and her $20 in her portal', async () => {
    const portal = await open(phone)
    const withPortal = () =>
      mail.mails.findLast(({ to, text }) => to === 'priya@mail.example' && text.includes('/portal#token='))
    await portal.goto(linkIn(await vi.waitUntil(withPortal, { timeout: patience }), '/portal#token='))
    await portal.getByRole('heading', { name: /Priya/ }).waitFor()
    const text = await portal.locator('body').innerText()
    expect(text).toContain('$20.00')
    const [, code] =
      /ref=([A-Z0-9]{7})$/.exec(await portal.getByRole('textbox', { name: 'Your link' }).inputValue()) ?? []
    expect(code).toMatch(/^[A-Z0-9]{7}$/)
    expect(annasLink).not.toContain(code)
  })

  it('every invariant of the ledger holds, and no page had an error', async () => {
    expect(await verify(server.services.database.read)).toEqual([])
    expect(watched.flat()).toEqual([])
  })
})
