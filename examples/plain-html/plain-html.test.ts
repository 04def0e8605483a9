import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { addSite } from '../../api/src/modules/platform/organizations/sites.ts'
import { listReferrals } from '../../api/src/modules/surfaces/console/referrals.queries.ts'
import { launchBrowser } from '../../api/test/browser.ts'
import { createWorld, type World } from '../../api/test/harness.ts'
import { startTestServer, type TestServer } from '../../api/test/server.ts'
import { patience } from '../../api/test/settled.ts'
import { blocksOf, commandOf, patternOf, type Run, runShell } from '../readme.ts'

const readme = new URL('./README.md', import.meta.url)
const here = new URL('./', import.meta.url)

let browser: Browser
let server: TestServer
let world: World
let code: string
let site: Run
let address: string

beforeAll(async () => {
  ;[browser, server] = await Promise.all([launchBrowser(), startTestServer()])
  world = await createWorld(server.services)
  const campaign = await world.campaign()
  code = (await world.advocate(campaign.id, { name: 'Anna Kowalski', email: 'anna@mail.example' })).code
  const { command } = commandOf(readme, 'node server.mjs', {
    pk_your_key: world.publishableKey,
    'http://localhost:3000': server.url,
    // Any free port, so that parallel runs do not collide.
    'PORT=3002': 'PORT=0',
  })
  site = runShell(command, here)
  await vi.waitFor(() => expect(site.output()).toMatch(/http:\S+/), patience)
  address = /http:\S+/.exec(site.output())?.[0] ?? ''
  await addSite(world.ctx, { origin: address })
})
afterAll(async () => {
  // A shell may run between us and the website, so kill the whole group.
  if (site?.child.pid) process.kill(-site.child.pid)
  await browser?.close()
  await server?.stop()
})

describe('a plain website, served as its README says', () => {
  it('prints its URL', () => {
    const { prints } = commandOf(readme, 'node server.mjs', { 'http://127.0.0.1:3002': address })
    expect(site.output()).toMatch(patternOf(prints))
  })

  it('has the snippet that the README shows', async () => {
    const [, element = ''] =
      blocksOf(readme)
        .find((block) => block.language === 'html')
        ?.text.split('\n\n') ?? []
    const page = await (await fetch(address)).text()
    expect(page).toContain(
      `<script src="${server.url}/widget/v1/loader.js" data-key="${world.publishableKey}" async></script>`,
    )
    expect(page).toContain(/<[\w-]+>/.exec(element)?.[0])
  })

  it("submits a friend's details through an advocate's link", async () => {
    const page = await browser.newPage()
    await page.goto(`${address}/?ref=${code}`)
    await page.getByText('Anna gave you').first().waitFor()
    await page.getByLabel('Your name').fill('Priya Shah')
    await page.getByLabel('Phone').fill('(415) 555-0142')
    await page.getByRole('button', { name: 'Claim my $20' }).click()
    await page.getByRole('heading', { name: 'Thanks, Priya. Your $20 credit is saved.' }).waitFor()
    await page.close()
    const { items } = await listReferrals(world.ctx, { limit: 100, sort: 'oldest' })
    expect(items.map(({ friend, advocate, source, status }) => [friend.name, advocate?.name, source, status])).toEqual([
      ['Priya Shah', 'Anna Kowalski', 'widget', 'pending'],
    ])
  })

  it('keeps its phone number if Goodword is down', async () => {
    const page = await browser.newPage()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await page.route(`${server.url}/**`, (route) => route.abort('connectionrefused'))
    await page.goto(`${address}/?ref=${code}`)
    expect(await page.getByText('Call us, and say who sent you').isVisible()).toBe(true)
    expect(errors).toEqual([])
    await page.close()
  })
})
