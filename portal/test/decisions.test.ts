import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rejectRewards } from '../../api/src/modules/money/rewards/approvals.ts'
import { adjustCredit } from '../../api/src/modules/money/rewards/credit.ts'
import { addMember } from '../../api/src/modules/platform/members/admission.ts'
import { eraseContact } from '../../api/src/modules/surfaces/console/contacts.ts'
import { convertReferral, declineReferral } from '../../api/src/modules/surfaces/console/referrals.ts'
import { listRewards } from '../../api/src/modules/surfaces/console/rewards.queries.ts'
import { transaction } from '../../api/src/shared/context.ts'
import { verify } from '../../api/src/verify.ts'
import { createWorld, stranger, type World } from '../../api/test/harness.ts'
import { startTestServer, type TestServer } from '../../api/test/server.ts'
import { settled } from '../../api/test/settled.ts'
import { memberLink, phone, signInWith, startWatchedBrowser, wide } from './demoConsole.ts'
import { expectAccessible } from './page.ts'

/** Decisions that staff make from time to time. */
describe('decisions in the console', () => {
  let browser: Awaited<ReturnType<typeof startWatchedBrowser>>
  let server: TestServer
  let world: World
  let page: Page

  beforeAll(async () => {
    ;[browser, server] = await Promise.all([startWatchedBrowser({ viewport: wide }), startTestServer()])
    world = await createWorld(server.services)
    page = await browser.open()
    await signInWith(page, await memberLink(server, world.owner.personId))
  })
  afterAll(async () => {
    await browser?.close()
    expect(await verify(server.services.database.read)).toEqual([])
    await server?.stop()
  })

  const go = async (path: string, at = page) => {
    await at.goto(`${server.url}/console/${path}`)
    await at.getByRole('heading', { level: 1 }).waitFor()
    await settled(at)
  }
  const dialog = () => page.getByRole('dialog')

  it('a custom reward is marked as delivered once, no matter how often the button is pressed', async () => {
    const terms = { advocate: { kind: 'custom', text: 'A bottle of wine' }, friend: { kind: 'none' } } as const
    const campaign = await world.campaign(terms, { name: 'Wine' })
    const advocate = await world.advocate(campaign.id, stranger('Anna Kowalski'))
    const referral = await world.referral(advocate.id)
    await convertReferral(world.ctx, referral.id, { notify: false })
    await go('rewards?tab=issued')
    const row = page.getByRole('row', { name: /A bottle of wine/ })
    await expectAccessible(page)
    await row.getByRole('button', { name: /^Delivered/ }).dblclick()
    await page.getByText('Marked as delivered.').waitFor()
    await row.waitFor({ state: 'detached' })
    await page.getByRole('tab', { name: /^Redeemed/ }).click()
    await row.getByText('Marked by Maya Ortiz').waitFor()
  })

  it('a rejected reward is reinstated with a reason, on hold until the same day as before', async () => {
    const campaign = await world.campaign({ holdDays: 14, friend: { kind: 'none' } }, { name: 'Held' })
    const advocate = await world.advocate(campaign.id, stranger('Bo Lindqvist'))
    const referral = await world.referral(advocate.id)
    await convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: false })
    const [reward] = (await listRewards(world.ctx, { tab: 'waiting', limit: 20 })).items
    await rejectRewards(world.ctx, { ids: [reward?.id ?? ''], reason: 'Paid in cash', notify: false })
    await go('rewards?tab=voided')
    await page.getByRole('button', { name: /^Reinstate/ }).focus()
    await page.keyboard.press('Enter')
    await dialog()
      .getByText(/It is on hold until \w{3} \d+(, \d{4})?, as it was\./)
      .waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await dialog().locator('[aria-invalid=true]').waitFor()
    await dialog().getByLabel('Why').fill('The cash was for another job')
    await dialog().getByRole('button', { name: 'Reinstate' }).dblclick()
    // 5% of $1,000.00
    await page.getByText('$50.00 for Bo Lindqvist is on its way again.').waitFor()
    await page.getByText('Nothing voided').waitFor()
    await page.getByRole('tab', { name: /^On hold/ }).click()
    await page.getByRole('row', { name: /Bo Lindqvist/ }).waitFor()
    await go('messages')
    await page.getByText(/is yours after all/).waitFor()
  })

  it('a reward is not reinstated if the budget was used up meanwhile, and the dialog says so', async () => {
    const campaign = await world.campaign({ budget: 5_000, friend: { kind: 'none' }, holdDays: 3 }, { name: 'Small' })
    const advocate = await world.advocate(campaign.id, stranger('Cleo Marsh'))
    const earn = async () => {
      const referral = await world.referral(advocate.id)
      await convertReferral(world.ctx, referral.id, { jobValue: 100_000, notify: false })
    }
    await earn()
    const waiting = (await listRewards(world.ctx, { tab: 'waiting', limit: 20, campaignId: campaign.id })).items
    await rejectRewards(world.ctx, { ids: waiting.map(({ id }) => id), reason: 'Too early', notify: false })
    await earn()
    await go('rewards?tab=voided')
    await page.getByRole('button', { name: /^Reinstate/ }).click()
    await dialog().getByLabel('Why').fill('Not too early')
    await dialog().getByRole('button', { name: 'Reinstate' }).click()
    await dialog()
      .getByText(/Capped by the campaign budget of \$50\.00; nothing is left\./)
      .waitFor()
    expect(await dialog().getByLabel('Why').inputValue()).toBe('Not too early')
    await page.keyboard.press('Escape')
  })

  it('credit in two currencies is adjusted and redeemed in the chosen one', async () => {
    const campaign = await world.campaign({}, { name: 'Two currencies' })
    const { contactId } = await world.advocate(campaign.id, stranger('Dina Roth'))
    await adjustCredit(world.ctx, contactId, { amount: 6_250, currency: 'USD', note: 'Start' })
    await adjustCredit(world.ctx, contactId, { amount: 1_800, currency: 'EUR', note: 'Start' })
    await go(`contacts/${contactId}`)
    await page.getByRole('button', { name: 'Record redemption' }).click()
    await page.getByRole('button', { name: 'Record all $62.50' }).waitFor()
    await dialog().getByLabel('Currency').selectOption({ label: 'EUR, €18.00 available' })
    await expectAccessible(page)
    await dialog().getByLabel('What it was used for').fill('Invoice 7')
    await page.getByRole('button', { name: 'Record all €18.00' }).click()
    await page.getByText('€0.00 available now.').waitFor()
    await page.getByRole('button', { name: 'Adjust' }).click()
    await dialog().getByLabel('Currency').selectOption('EUR')
    await dialog().getByLabel('Amount').fill('2.50')
    await dialog().getByLabel('Why').fill('For the long wait')
    await page.getByRole('button', { name: 'Add €2.50' }).click()
    await page.getByText('€2.50 available now.').waitFor()
  })

  it('a referral cannot be attributed to an advocate who referred this friend before, and the dialog says so', async () => {
    const campaign = await world.campaign({}, { name: 'Attributing' })
    const [ezra, faye] = [
      await world.advocate(campaign.id, stranger('Ezra Quill')),
      await world.advocate(campaign.id, stranger('Faye Dunn')),
    ]
    const friend = stranger('Gina Holt')
    const before = await world.referral(ezra.id, friend)
    const { id } = await world.referral(faye.id, friend)
    await go(`referrals/${id}`)
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Change the advocate…' }).click()
    await dialog().getByText('Now: Faye Dunn').waitFor()
    await dialog().getByText('Their reward uses today’s terms.').waitFor()
    await page.locator('input[role=combobox]').fill('Ezra')
    await page.getByRole('option', { name: 'Ezra Quill' }).first().click()
    await dialog().getByRole('button', { name: 'Attribute' }).click()
    await dialog().getByText('This advocate has referred this friend already.').waitFor()
    await expectAccessible(page)
    await dialog().getByText('Now: Faye Dunn').waitFor()
    await expect.poll(() => dialog().getByRole('button', { name: 'Attribute' }).isEnabled()).toBe(true)
    await dialog().getByRole('link', { name: 'Open it' }).click()
    await page.waitForURL(`**/referrals/${before.id}`)
    await page.getByRole('heading', { name: 'Also referred by' }).waitFor()
    await dialog().waitFor({ state: 'detached' })
  })

  it("a referral is reopened, unless the friend's data was erased", async () => {
    const campaign = await world.campaign({}, { name: 'Reopening' })
    const advocate = await world.advocate(campaign.id, stranger('Hal Quill'))
    const { id, friend } = await world.referral(advocate.id, stranger('Ivy Moss'))
    await declineReferral(world.ctx, id, 'No reply')
    await go(`referrals/${id}`)
    await page.getByRole('button', { name: 'Reopen' }).click()
    await dialog().getByLabel('Why').fill('They called after all')
    await dialog().getByRole('button', { name: 'Reopen' }).click()
    await page.getByRole('button', { name: 'Accept' }).waitFor()
    await eraseContact(world.ctx, friend.contactId ?? '', 'Ivy Moss')
    await go(`referrals/${id}`)
    await page.getByText('This friend’s details were deleted.').waitFor()
    expect(await page.getByRole('button', { name: 'Reopen' }).count()).toBe(0)
    await expectAccessible(page)
  })

  it('staff see no pages or buttons meant for owners and admins, and read whom to ask', async () => {
    const joe = await transaction(world.ctx, (tx) =>
      addMember(tx, { name: 'Joe Hartley', email: 'joe@harborsons.example', role: 'staff' }),
    )
    const staff = await browser.open({ viewport: phone })
    await signInWith(staff, await memberLink(server, joe.personId))
    await go('settings/members', staff)
    const parts = staff.getByRole('navigation', { name: 'Settings' })
    expect(await parts.getByRole('link').allTextContents()).toEqual([
      'Organization',
      'Members',
      'Features',
      'Keys',
      'Webhooks',
    ])
    for (const path of ['settings/move', 'settings/audit']) {
      await go(path, staff)
      await staff.getByRole('heading', { name: 'For owners and admins' }).waitFor()
      expect(await staff.getByRole('main').getByRole('button').count()).toBe(0)
      expect(await staff.getByRole('link', { name: 'Export CSV' }).count()).toBe(0)
      await expectAccessible(staff)
    }
    await go('campaigns/new', staff)
    await staff.getByText('Only owners and admins can create campaigns').waitFor()
    await go('settings/organization', staff)
    await staff.getByText('Only owners and admins can change these.').waitFor()
    expect(await staff.getByRole('button', { name: 'Save changes' }).count()).toBe(0)
    for (const [path, button] of [
      ['settings/members', 'Invite member'],
      ['settings/keys', 'Secret key'],
      ['settings/webhooks', 'Add webhook'],
      ['campaigns', 'New campaign'],
    ] as const) {
      await go(path, staff)
      expect(
        await staff
          .getByRole('button', { name: button })
          .or(staff.getByRole('link', { name: button }))
          .count(),
      ).toBe(0)
    }
  })
})
