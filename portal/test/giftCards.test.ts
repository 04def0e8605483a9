import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { addressFor } from '../../api/src/modules/people/contacts/contacts.ts'
import { createPortalLink } from '../../api/src/modules/surfaces/portal/portal.ts'
import { contextFor, transaction } from '../../api/src/shared/context.ts'
import { settled } from '../../api/test/settled.ts'
import { TremendousServer } from '../../api/test/tremendousServer.ts'
import { type DemoConsole, phone, startDemoConsole } from './demoConsole.ts'
import { expectAccessible } from './page.ts'

/** The demo organization, beside a server that speaks the protocol of Tremendous. */
describe('gift cards', () => {
  let demo: DemoConsole
  let provider: TremendousServer
  beforeAll(async () => {
    provider = await new TremendousServer('TEST_goodword').start()
    demo = await startDemoConsole({}, { TREMENDOUS_BASE_URL: provider.url })
  })
  afterEach(() => demo.browser.closePages())
  afterAll(async () => {
    await demo?.stop()
    await provider.stop()
  })

  async function campaignPage(): Promise<Page> {
    const page = await demo.at('campaigns')
    await page.getByRole('link', { name: 'Neighbor Thank-You', exact: true }).click()
    await page.getByRole('heading', { name: 'Neighbor Thank-You', level: 1 }).waitFor()
    return page
  }
  const publish = async (page: Page) => {
    await page.getByRole('button', { name: 'Publish changes' }).click()
    await page.getByText(/^Changes published\./).waitFor()
  }

  /** Converts the first pending referral of the campaign by the API. */
  async function convert(page: Page): Promise<{ rewardId: string; contactId: string }> {
    const call = (path: string, body?: object) =>
      page.evaluate(
        async ([url, json]) => {
          const response = await fetch(url ?? '', {
            ...(json ? { method: 'POST', body: json, headers: { 'content-type': 'application/json' } } : {}),
          })
          return response.json()
        },
        [path, body && JSON.stringify(body)],
      )
    const { items } = await call('/v1/campaigns?limit=20')
    const campaign = items.find(({ name }: { name: string }) => name === 'Neighbor Thank-You')
    const pending = await call(`/v1/referrals?status=pending&campaignId=${campaign.id}&limit=5`)
    const referral = pending.items.find(({ advocate }: { advocate: unknown }) => advocate)
    const done = await call(`/v1/referrals/${referral.id}/convert`, { jobValue: 120_000, notify: true })
    const reward = done.rewards.find(({ side }: { side: string }) => side === 'advocate')
    return { rewardId: reward.id, contactId: reward.contactId ?? done.advocate.contactId }
  }

  it('are chosen in a campaign, delivered by hand, and opened in the portal after a fresh sign-in', async () => {
    const page = await campaignPage()
    await page.getByRole('group', { name: 'Advocate reward type' }).getByText('Gift card').click()
    await page.getByText('Was “Credit”').waitFor()
    await page.getByRole('radiogroup', { name: 'Advocate worth' }).getByText('Fixed').click()
    await page.getByRole('textbox', { name: 'Amount' }).last().fill('100')
    expect(await page.getByLabel('Sent by').inputValue()).toBe('hand')
    const hold = page.getByRole('textbox', { name: 'Hold rewards for' })
    await hold.fill('0')
    const budget = page.getByRole('textbox', { name: 'For this campaign' })
    await budget.fill('1000')
    await page.getByText(/The budget is used up\.|of the budget is used/).waitFor()
    await expectAccessible(page)
    await budget.fill('')
    await publish(page)

    const { contactId } = await convert(page)
    await page.goto(`${demo.server.url}/console/rewards?tab=to_deliver`)
    // Another campaign of the demo has a card to deliver, too.
    const row = page.getByRole('row').filter({ hasText: 'gift card' }).filter({ hasText: 'Neighbor Thank-You' })
    await row.getByText('To deliver', { exact: true }).waitFor()
    await expectAccessible(page)
    await row.getByRole('button', { name: /^Deliver…/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Deliver', exact: true }).click()
    await dialog.getByText('Enter the code or the link of the card.').waitFor()
    await dialog.getByLabel('Code of the card').fill('ABCD-1234-EFGH')
    await dialog.getByLabel('Link to the card').fill('https://cards.example/anna')
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await row.waitFor({ state: 'detached' })

    const ctx = contextFor(demo.server.services, await organizationId(), { type: 'system' })
    const reach = await addressFor(ctx, contactId)
    const linkFor = async (scope: 'view' | 'full') => {
      const token = await transaction(ctx, (tx) =>
        createPortalLink(tx, { contactId, addressId: reach?.addressId ?? '', scope }),
      )
      return `${demo.server.url}/portal#${scope === 'full' ? 'sign-in' : 'token'}=${token}`
    }
    const older = await demo.browser.open({ viewport: phone })
    await older.goto(await linkFor('view'))
    await older
      .getByText(/^To open it, sign in with a fresh link/)
      .first()
      .waitFor()
    expect(await older.getByText('ABCD-1234-EFGH').count()).toBe(0)
    const fresh = await demo.browser.open({ viewport: phone })
    await fresh.goto(await linkFor('full'))
    await fresh.getByRole('button', { name: 'Open my portal' }).click()
    await fresh.getByText('ABCD-1234-EFGH').first().waitFor()
    expect(await fresh.getByRole('link', { name: 'Open the card' }).first().getAttribute('href')).toBe(
      'https://cards.example/anna',
    )
    await expectAccessible(fresh)
  })

  it('are bought by Tremendous once it is connected; what needs a person says why, and is tried again', async () => {
    const page = await demo.at('settings/gift-cards')
    await page.getByLabel('API key').fill('TEST_goodword')
    await page.getByLabel('Campaign ID').fill('CAMP')
    await page.getByLabel('Funding source ID').fill('BALANCE')
    await page.getByLabel('Account').selectOption('sandbox')
    await page.getByRole('button', { name: 'Connect' }).click()
    await page.getByText('Tremendous accepts the key.').waitFor()
    expect(await page.getByLabel('API key').inputValue()).toBe('')
    await expectAccessible(page)

    const editor = await campaignPage()
    await editor.getByRole('group', { name: 'Advocate reward type' }).getByText('Gift card').click()
    await editor.getByLabel('Sent by').selectOption('link')
    await publish(editor)
    provider.funds = 10
    await convert(editor)
    await editor.goto(`${demo.server.url}/console/rewards?tab=to_deliver`)
    const row = editor.getByRole('row').filter({ hasText: 'Not enough money at the provider.' })
    await expect
      .poll(
        async () => {
          await editor.reload()
          await settled(editor)
          return row.count()
        },
        { timeout: 20_000 },
      )
      .toBe(1)
    provider.funds = 1_000
    await row.getByRole('button', { name: /^Try again…/ }).click()
    const dialog = editor.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Try again' }).click()
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => provider.executed().length, { timeout: 20_000 }).toBe(1)
  })

  it('and other rewards change by hand, with a reason', async () => {
    const page = await demo.at('rewards?tab=issued')
    const row = page.getByRole('row').filter({ hasText: 'gift card' }).first()
    await row.getByRole('button', { name: /^More for/ }).click()
    await page.getByRole('menuitem', { name: 'Change the status…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Mark it as used' }).click()
    await dialog.getByText('Say why.').waitFor()
    await dialog.getByLabel('Why').fill('They told us')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Mark it as used' }).click()
    await dialog.waitFor({ state: 'detached' })
  })

  const organizationId = async () => {
    const [row] = await demo.server.services.database.read.all<[string]>('SELECT id FROM organizations LIMIT 1')
    return row?.[0] ?? ''
  }
})
