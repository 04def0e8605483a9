import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { balanceIn } from '../../api/src/modules/money/ledger/ledger.ts'
import { redeemCredit } from '../../api/src/modules/money/rewards/credit.ts'
import { loadCampaign } from '../../api/src/modules/surfaces/console/campaigns.queries.ts'
import { loadReferral } from '../../api/src/modules/surfaces/console/referrals.detail.queries.ts'
import { verify } from '../../api/src/verify.ts'
import { createWorld, stranger, type World } from '../../api/test/harness.ts'
import { type Connected, connect, processEvents, signedHeaders } from '../../api/test/inbound.ts'
import { startTestServer, type TestServer } from '../../api/test/server.ts'
import { settled } from '../../api/test/settled.ts'
import { memberLink, phone, signInWith, startWatchedBrowser, wide } from './demoConsole.ts'
import { expectAccessible } from './page.ts'

/** What jobs leave to decide, decided in the console. */
describe('jobs of friends in the console', () => {
  let browser: Awaited<ReturnType<typeof startWatchedBrowser>>
  let server: TestServer
  let world: World
  let mine: Connected
  let page: Page
  const longName = `Wilhelmina ${'Featherstonehaugh '.repeat(4)}`.trim().slice(0, 80)

  beforeAll(async () => {
    ;[browser, server] = await Promise.all([startWatchedBrowser({ viewport: wide }), startTestServer()])
    world = await createWorld(server.services)
    mine = await connect(world.ctx, 'standard_webhooks')
    page = await browser.open()
    await signInWith(page, await memberLink(server, world.owner.personId))
  })
  afterAll(async () => {
    await browser?.close()
    expect(await verify(server.services.database.read)).toEqual([])
    await server?.stop()
  })

  const say = async (type: string, data: object) => {
    const now = Date.now()
    const body = JSON.stringify({ type, timestamp: new Date(now).toISOString(), data })
    const headers = await signedHeaders('standard_webhooks', body, { secret: mine.secret, now })
    const url = `${server.url}${new URL(mine.connection.url).pathname}`
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    })
    expect(response.status).toBe(200)
    await processEvents(server.services)
  }
  const go = async (path: string, at = page) => {
    await at.goto(`${server.url}/console/${path}`)
    await at.getByRole('heading', { level: 1 }).waitFor()
    await settled(at)
  }
  const dialog = () => page.getByRole('dialog')
  const jobs = { convertAt: 'invoiced', refunds: 'propose' } as const
  const percent = { kind: 'credit', value: { type: 'percent', basisPoints: 500 } } as const

  it('a job is given to the advocate who sent its customer, and its refund is decided with the preview in sight', async () => {
    const campaign = await world.campaign({ jobs, advocate: percent, friend: { kind: 'none' } })
    const anna = await world.advocate(campaign.id, stranger('Anna Kowalski'))
    const other = await world.advocate(campaign.id, stranger(longName))
    const priya = stranger('Priya Shah')
    const byAnna = await world.referral(anna.id, priya)
    await world.referral(other.id, priya)
    const customer = { name: priya.name, email: priya.email }
    await say('job.invoiced', { job: '4452', customer, amount: 84_000 })

    await go('jobs?tab=needs_you')
    await page.getByText('Who sent Priya?').waitFor()
    expect(await page.getByText('Can’t be asked yet').count()).toBe(0)
    await page.getByRole('button', { name: /^Review…/ }).focus()
    await page.keyboard.press('Enter')
    await dialog().getByRole('heading', { name: 'Who sent Priya Shah?' }).waitFor()
    await dialog().getByRole('radio').nth(1).waitFor()
    await expectAccessible(page)
    await dialog()
      .getByRole('radio', { name: /Anna Kowalski/ })
      .check()
    await dialog().getByRole('button', { name: 'Convert', exact: true }).click()
    await page.getByText('The referral is converted.').waitFor()
    await page.getByRole('button', { name: /^Review…/ }).waitFor({ state: 'detached' })
    expect((await loadReferral(world.ctx, byAnna.id)).status).toBe('converted')

    await redeemCredit(world.ctx, anna.contactId, { amount: 3_000, note: 'Invoice 1042' })
    await say('job.refunded', { job: '4452', refund: 'r1', amount: 42_000 })
    await go(`referrals/${byAnna.id}`)
    await page.getByText('A refund waits for your decision.').waitFor()
    await page.getByRole('button', { name: /^Review…/ }).click()
    await dialog().getByText('$42.00 becomes $21.00.').waitFor()
    await dialog().getByText('$9.00 of it was used already and is owed back.').waitFor()
    await expectAccessible(page)
    await dialog()
      .getByRole('textbox', { name: /New amount for Anna/ })
      .fill('30.00')
    await dialog().getByRole('checkbox').check()
    await dialog().getByRole('button', { name: 'Change the rewards' }).click()
    await page.getByText('The rewards are as decided.').waitFor()
    expect(await balanceIn(world.ctx, anna.contactId, 'USD')).toMatchObject({ available: 0, owed: 0 })
    await page.getByText('Converted this referral: $30.00 in rewards.').waitFor()
  })

  it('removing a wrong attribution says first what it takes away', async () => {
    const tiers = [{ from: 2, value: { type: 'fixed' as const, amount: 5_000 } }]
    const fixed = { kind: 'credit', value: { type: 'fixed', amount: 2_500 } } as const
    const campaign = await world.campaign({ advocate: fixed, tiers, jobs }, { name: 'Tiers' })
    const marcus = await world.advocate(campaign.id, stranger('Marcus Tate'))
    const leo = stranger('Leo Moreau')
    const referral = await world.referral(marcus.id, leo)
    await say('job.invoiced', { job: '77', customer: { name: leo.name, email: leo.email }, amount: 10_000 })
    await expect.poll(async () => (await loadReferral(world.ctx, referral.id)).status).toBe('converted')
    await redeemCredit(world.ctx, marcus.contactId, { amount: 1_000, note: 'Invoice 7' })
    await go(`referrals/${referral.id}`)
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Remove referral…' }).click()
    const said = dialog().getByRole('list', { name: 'What it does' })
    await said.waitFor()
    expect(await said.getByRole('listitem').allTextContents()).toEqual([
      'Marcus Tate loses $25.00. $10.00 of it was used already and is owed back.',
      'Leo Moreau loses $20.00.',
      'Marcus Tate has 0 converted friends instead of 1.',
      'Their next friend earns $25.00 instead of $50.00.',
      'Leo’s own link stops working. Nobody has used it.',
    ])
    await expectAccessible(page)
    await dialog().getByRole('textbox', { name: 'Why' }).fill('Attributed to the wrong advocate')
    await dialog().getByRole('button', { name: 'Remove referral' }).click()
    await dialog().getByRole('button', { name: 'Remove anyway' }).click()
    await page.getByText('The referral of Leo Moreau is removed.').waitFor()
    expect(await balanceIn(world.ctx, marcus.contactId, 'USD')).toMatchObject({ available: 0, owed: 1_000 })
  })

  it('what further jobs earn stands in the campaign, when jobs convert in one place, and neither change drops the other', async () => {
    const campaign = await world.campaign({}, { name: 'Rules' })
    await go(`campaigns/${campaign.id}?tab=rules`)
    await page.getByText('Your team marks referrals as converted.').waitFor()
    await page.getByLabel('Further jobs of a referred friend earn the advocate').selectOption('months')
    await page.getByLabel('For how long').fill('12')
    await page.getByLabel('Amount', { exact: true }).fill('10.00')
    await expectAccessible(page)
    await page.getByRole('button', { name: /^Publish/ }).click()
    await page.getByText('Changes published.').waitFor()
    await page.getByRole('link', { name: 'Change under When to ask' }).click()
    await page.getByRole('radiogroup', { name: 'Their job is' }).getByText('Invoiced').click()
    await page.getByRole('button', { name: 'Save changes' }).click()
    await expect
      .poll(async () => (await loadCampaign(world.ctx, campaign.id)).terms.jobs)
      .toMatchObject({
        convertAt: 'invoiced',
        refunds: 'propose',
        repeat: {
          limit: { type: 'months', months: 12 },
          advocate: { kind: 'credit', value: { type: 'fixed', amount: 1_000 } },
          friend: { kind: 'none' },
        },
      })
  })

  it('what jobs and rewards leave to decide is on the home with the numbers of the side bar, and is decided there', async () => {
    const campaign = await world.campaign({ jobs, advocate: percent, friend: { kind: 'none' } }, { name: 'Home' })
    const rosa = await world.advocate(campaign.id, stranger(longName))
    const sam = stranger('Sam Keller')
    await world.referral(rosa.id, sam)
    const customer = { name: sam.name, email: sam.email }
    await say('job.invoiced', { job: '88', customer, amount: 80_000 })
    await say('job.refunded', { job: '88', refund: 'r1', amount: 20_000 })
    await go('referrals')
    const card = page.getByRole('region', { name: 'Needs you' })
    const row = card.getByRole('listitem').filter({ hasText: 'Job 88' })
    await row.getByText('Smaller rewards proposed').waitFor()
    const count = await card.getByRole('listitem').count()
    await page.getByRole('link', { name: `Jobs ${count} to decide` }).waitFor()
    await expectAccessible(page)

    // The same question in another tab, which is confirmed first, twice.
    const other = await page.context().newPage()
    await other.goto(`${server.url}/console/referrals`)
    for (const at of [page, other]) {
      await at
        .getByRole('listitem')
        .filter({ hasText: 'Job 88' })
        .getByRole('button', { name: /^Review…/ })
        .focus()
      await at.keyboard.press('Enter')
      await at.getByRole('dialog').getByText('$40.00 becomes $30.00.').waitFor()
    }
    const confirm = (at: Page) => at.getByRole('dialog').getByRole('button', { name: 'Change the rewards' })
    await page.context().setOffline(true)
    await confirm(other).click()
    await other.getByRole('dialog').getByText('Your server did not answer.').waitFor()
    await page.context().setOffline(false)
    await confirm(other).dblclick()
    await other.getByText('The rewards are as decided.').waitFor()
    await other.close()
    await confirm(page).click()
    await dialog().getByText('Somebody has decided this already').first().waitFor()
    await page.keyboard.press('Escape')
    await row.waitFor({ state: 'detached' })
    expect(await balanceIn(world.ctx, rosa.contactId, 'USD')).toMatchObject({ available: 3_000, owed: 0 })
  })

  it('nothing is cut off or scrolls sideways on a phone', async () => {
    const small = await browser.open({ viewport: phone, storageState: await page.context().storageState() })
    for (const path of ['jobs', 'referrals']) {
      await go(path, small)
      expect(await small.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    }
  })
})
