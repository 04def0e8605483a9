import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { addMember } from '../../api/src/modules/platform/members/admission.ts'
import { inviteMember } from '../../api/src/modules/platform/members/members.ts'
import { createMemberSignInToken } from '../../api/src/modules/platform/members/session.ts'
import { updateOrganization } from '../../api/src/modules/platform/organizations/settings.ts'
import { acceptReferral } from '../../api/src/modules/surfaces/console/referrals.ts'
import { transaction } from '../../api/src/shared/context.ts'
import { launchBrowser } from '../../api/test/browser.ts'
import { createWorld, type World } from '../../api/test/harness.ts'
import { linkIn, startMailSink } from '../../api/test/mail.ts'
import { startTestServer, type TestServer } from '../../api/test/server.ts'
import { settled } from '../../api/test/settled.ts'
import { expectAccessible, recordProblems } from './page.ts'
import { png } from './png.ts'

const demo = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }

describe('settings', () => {
  let browser: Browser
  let server: TestServer
  let mail: Awaited<ReturnType<typeof startMailSink>>
  let owner: Page
  let personId: string
  let world: World
  const contexts: BrowserContext[] = []
  const watched: string[][] = []

  async function open(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const context = await browser.newContext({ bypassCSP: true, viewport: demo, reducedMotion: 'reduce', ...options })
    contexts.push(context)
    const page = await context.newPage()
    watched.push(recordProblems(page))
    return page
  }
  const doorOf = async (whose = personId) =>
    `${server.url}/console/sign-in#token=${await createMemberSignInToken(server.services, whose)}`
  async function signIn(page: Page, link: string): Promise<void> {
    await page.goto(link)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'Referrals', level: 1 }).waitFor()
  }
  async function goTo(page: Page, part: string, heading: string): Promise<void> {
    await page.goto(`${server.url}/console/settings/${part}`)
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
    await settled(page)
  }

  beforeAll(async () => {
    mail = await startMailSink()
    ;[browser, server] = await Promise.all([launchBrowser(), startTestServer({ SMTP_URL: mail.url })])
    world = await createWorld(server.services)
    personId = world.owner.personId
    owner = await open()
    await signIn(owner, await doorOf())
  })
  afterEach(async () => {
    // The owner's context stays open.
    for (const context of contexts.splice(1)) await context.close()
    expect(watched.flat()).toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await mail?.stop()
  })

  it('a business sets its logo and color, and any color is readable in light and dark mode', async () => {
    await goTo(owner, 'organization', 'Organization')
    await owner.getByLabel('Logo file').setInputFiles({
      name: 'logo.png',
      mimeType: 'image/png',
      buffer: png(120, 40),
    })
    const inShell = owner.locator('aside img[src^="/logos/"]')
    await inShell.waitFor()
    await expect.poll(() => inShell.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(120)
    await owner.getByLabel('Logo file').setInputFiles({
      name: 'logo.svg',
      mimeType: 'image/svg+xml',
      buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    })
    await owner.getByText('This file is no PNG, JPEG or WebP picture').waitFor()
    for (const color of ['#ffd400', '#16507c', '#7fffd4', '#111111', '#ffffff', '#d0021b']) {
      await owner.getByLabel('Color', { exact: true }).fill(color)
      await owner.evaluate(() => {
        // A preview's contrast is checked even though it is hidden from assistive technology.
        for (const paper of document.querySelectorAll('.brand-preview .paper')) paper.removeAttribute('aria-hidden')
      })
      await expectAccessible(owner, ['color-contrast'])
    }
    await owner.getByLabel('Website').fill('harborsons.example')
    await owner.getByRole('button', { name: 'Save changes' }).click()
    await owner.getByText('Saved.').waitFor()
    await expect.poll(() => owner.getByLabel('Website').inputValue()).toBe('https://harborsons.example')
    await expect.poll(() => owner.getByRole('button', { name: 'Save changes' }).isDisabled()).toBe(true)
  })

  it('a member joins by email, gets another role, and loses access once removed', async () => {
    await goTo(owner, 'members', 'Members')
    await owner.getByRole('button', { name: 'Invite member' }).click()
    const dialog = owner.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Sam Lee')
    await dialog.getByLabel('Email').fill('sam@harborsons.example')
    await dialog.getByRole('button', { name: 'Send invitation' }).click()
    const row = owner.getByRole('listitem').filter({ hasText: 'sam@harborsons.example' })
    await row.getByText('Invited', { exact: true }).waitFor()
    const sam = await open()
    await sam.goto(linkIn(await mail.waitFor('sam@harborsons.example'), '/console/sign-in'))
    await sam.getByRole('button', { name: 'Sign in' }).click()
    await sam.getByRole('heading', { name: 'Join Harbor & Sons?' }).waitFor()
    await expectAccessible(sam)
    await sam.reload()
    await sam.getByRole('button', { name: 'Join Harbor & Sons' }).click()
    await sam.getByRole('heading', { name: 'Referrals', level: 1 }).waitFor()
    await row.getByRole('button').click()
    await owner.getByRole('menuitemradio', { name: 'Admin' }).click()
    await owner.getByText('Sam Lee is an admin now.').waitFor()
    await row.getByText('seen just now').waitFor()
    await sam.goto(`${server.url}/console/settings/members`)
    await sam.getByRole('button', { name: 'Role and more for Sam Lee' }).waitFor()
    expect(await sam.getByRole('button', { name: 'Role and more for Maya Ortiz' }).count()).toBe(0)
    const dental = await createWorld(server.services, 'Dental')
    await inviteMember(dental.ctx, { name: 'Dr. Lee', email: 'sam@harborsons.example', role: 'staff' })
    await sam.reload()
    await sam.getByRole('button', { name: 'Harbor & Sons' }).click()
    await sam.getByRole('menuitem', { name: 'Join Dental' }).click()
    await sam.getByRole('dialog', { name: 'Join Dental?' }).getByText('People there will see you as Dr. Lee.').waitFor()
    await sam.getByRole('button', { name: 'Join Dental' }).click()
    await sam.getByRole('button', { name: /^Dental.*switch organization/ }).click()
    await sam.getByRole('menuitemradio', { name: 'Harbor & Sons' }).click()
    await sam.getByRole('button', { name: /^Harbor.*switch organization/ }).waitFor()
    await row.getByRole('button').click()
    await owner.getByRole('menuitem', { name: 'Remove' }).click()
    await owner.getByRole('dialog').getByRole('button', { name: 'Remove member' }).click()
    await row.waitFor({ state: 'detached' })
    await sam.reload()
    await sam.getByRole('heading', { name: 'Sign in to the console' }).waitFor()
  })

  it('the only owner cannot be demoted, and reads why', async () => {
    await goTo(owner, 'members', 'Members')
    await owner.getByRole('button', { name: 'Role and more for Maya Ortiz' }).click()
    await owner.getByRole('menuitemradio', { name: 'Staff' }).click()
    await owner.getByText('This is the only owner. Make someone else an owner first.').waitFor()
  })

  it('a key is created with chosen scopes, and rotated while the old one still works', async () => {
    await goTo(owner, 'keys', 'Keys')
    await owner.getByRole('button', { name: 'Secret key' }).click()
    const dialog = owner.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Job system')
    await dialog.getByLabel('Read rewards').check()
    await dialog.getByRole('button', { name: 'Create key' }).click()
    const secret = owner.getByRole('dialog', { name: 'Your secret key' }).locator('.mono')
    const first = await secret.textContent()
    await owner.getByRole('button', { name: 'I have kept it' }).click()
    await owner.getByText('4 scopes').waitFor()
    await owner.getByRole('button', { name: 'More actions for Job system' }).click()
    await owner.getByRole('menuitem', { name: 'Rotate' }).click()
    await owner.getByText('In 7 days').click()
    await owner.getByRole('button', { name: 'Create new key' }).click()
    const second = await secret.textContent()
    await owner.getByRole('button', { name: 'I have kept it' }).click()
    await owner.getByText('Replaced. Works until').waitFor()
    for (const key of [first, second]) {
      const answer = await fetch(`${server.url}/v1/me`, { headers: { authorization: `Bearer ${key}` } })
      expect(answer.status).toBe(200)
    }
  })

  it('an identity key is shown once with the id that goes into tokens, and listed with it', async () => {
    await owner.getByRole('button', { name: 'Identity key' }).click()
    const dialog = owner.getByRole('dialog', { name: 'Create an identity key' })
    await dialog.getByLabel('Name').fill('Customer area')
    expect(await dialog.getByText('Permissions').count()).toBe(0)
    await dialog.getByRole('button', { name: 'Create key' }).click()
    const shown = owner.getByRole('dialog', { name: 'Your identity key' })
    const [key, id] = [shown.locator('.mono').first(), shown.locator('.mono').last()]
    expect([await key.textContent(), await id.textContent()]).toEqual([
      expect.stringMatching(/^ik_/),
      expect.stringMatching(/^key_/),
    ])
    const made = String(await id.textContent())
    await owner.getByRole('button', { name: 'I have kept it' }).click()
    await owner.getByRole('region', { name: 'Identity keys' }).getByText(made).waitFor()
    expect(await owner.getByText(/^ik_[\w-]{40}/).count()).toBe(0)
  })

  it('the audit trail is filtered by URL and exported as CSV', async () => {
    await goTo(owner, 'audit', 'Audit trail')
    await owner.getByRole('row').filter({ hasText: 'Key rotated' }).getByText('Job system').waitFor()
    await owner.getByLabel('What', { exact: true }).selectOption('Members')
    await owner.waitForURL(/group=member/)
    await owner.getByRole('row').filter({ hasText: 'Key rotated' }).waitFor({ state: 'detached' })
    const removed = owner.getByRole('row').filter({ hasText: 'Member removed' })
    await removed.getByText('Maya Ortiz').waitFor()
    await removed.getByText('Sam Lee').waitFor()
    const file = owner.waitForEvent('download')
    await owner.getByRole('link', { name: 'Export CSV' }).click()
    expect((await file).suggestedFilename()).toBe('goodword-audit.csv')
    await owner.getByLabel('About', { exact: true }).fill('nonsense')
    await owner.keyboard.press('Enter')
    await owner.getByRole('button', { name: 'Show all' }).click()
    await owner.getByRole('row').filter({ hasText: 'Key rotated' }).waitFor()
  })

  it('staff who may not convert see the rewards and who can convert', async () => {
    const advocate = await world.advocate((await world.campaign()).id)
    await acceptReferral(world.ctx, (await world.referral(advocate.id)).id)
    await updateOrganization(world.ctx, { staffMayConvert: false })
    const joe = await transaction(world.ctx, (tx) =>
      addMember(tx, { name: 'Joe Hartley', email: 'joe@harborsons.example', role: 'staff' }),
    )
    const page = await open()
    await signIn(page, await doorOf(joe.personId))
    await page.getByRole('button', { name: /^Mark as converted/ }).click()
    const dialog = page.getByRole('dialog', { name: /as converted/ })
    await dialog.getByText('Owners and admins convert at Harbor & Sons.').waitFor()
    expect(await dialog.getByRole('button', { name: /^Convert/ }).count()).toBe(0)
  })

  it('another organization is created from the shell, starts with a campaign, and is left again', async () => {
    const switcher = (name: string) => owner.getByRole('button', { name: new RegExp(`^${name}.*switch organization`) })
    await switcher('Harbor & Sons').click()
    await owner.getByRole('menuitem', { name: 'New organization' }).click()
    const dialog = owner.getByRole('dialog', { name: 'New organization' })
    await dialog.waitFor()
    await expectAccessible(owner)
    await dialog.getByRole('button', { name: 'Create organization' }).click()
    await dialog.getByText('Enter a name.').waitFor()
    await dialog.getByLabel('Name').fill('Bayside Roofing')
    await dialog.getByLabel('Country').selectOption('Portugal')
    expect(await dialog.getByLabel('Currency').inputValue()).toBe('EUR')
    expect(await dialog.getByLabel('Time zone').inputValue()).toBe('Europe/Lisbon')
    await dialog.getByRole('button', { name: 'Create organization' }).click()
    await owner.getByRole('heading', { name: 'No campaigns yet' }).waitFor()
    await switcher('Bayside Roofing').click()
    await owner.getByRole('menuitemradio', { name: 'Harbor & Sons' }).click()
    await switcher('Harbor & Sons').waitFor()
    await owner.getByRole('heading', { name: 'Referrals', level: 1 }).waitFor()
  })

  it('a session that ends in the middle of a form continues after sign-in, with everything typed', async () => {
    const page = await open()
    await signIn(page, await doorOf())
    await goTo(page, 'organization', 'Organization')
    await page.getByLabel('Tagline').fill('Plumbing and heating')
    await goTo(owner, 'members', 'Members')
    await owner.getByRole('button', { name: 'Sign out everywhere else' }).click()
    await owner.getByRole('button', { name: 'Sign out everywhere else' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Save changes' }).click()
    const again = page.getByRole('dialog', { name: 'Sign in again' })
    await again.waitFor()
    await expectAccessible(page)
    await again.getByRole('button', { name: 'Send me a link' }).click()
    await again.getByText('A link is on its way to maya@harborsons.example').waitFor()
    const link = linkIn(await mail.waitFor('maya@harborsons.example', /sign-in/), '/console/sign-in')
    const tab = await page.context().newPage()
    await signIn(tab, link)
    await again.waitFor({ state: 'detached' })
    expect(await page.getByLabel('Tagline').inputValue()).toBe('Plumbing and heating')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Saved.').waitFor()
  })

  it.each([
    ['a desk', demo, 'light'],
    ['a phone', phone, 'dark'],
  ] as const)('is accessible and fits on %s', async (_, viewport, colorScheme) => {
    const storageState = await owner.context().storageState()
    const page = await open({ viewport, colorScheme, storageState })
    for (const [part, heading] of [
      ['organization', 'Organization'],
      ['members', 'Members'],
      ['keys', 'Keys'],
      ['audit', 'Audit trail'],
    ] as const) {
      await goTo(page, part, heading)
      await expectAccessible(page)
      const tooWide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(tooWide, `${part} needs no sideways scrolling`).toBeLessThanOrEqual(0)
    }
  })

  it('every page is within reach on a phone', async () => {
    const page = await open({ viewport: phone, storageState: await owner.context().storageState() })
    await goTo(page, 'keys', 'Keys')
    await page.getByRole('button', { name: /^More.*you are at Settings/ }).click()
    await page.getByRole('navigation', { name: 'More' }).getByRole('link', { name: 'Install' }).click()
    await page.getByRole('heading', { name: 'Install', level: 1 }).waitFor()
    await page.getByRole('navigation', { name: 'More' }).waitFor({ state: 'hidden' })
  })
})
