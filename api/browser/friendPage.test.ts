import type { Browser, BrowserContextOptions, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible, recordProblems } from '../../portal/test/page.ts'
import { createFriendLink } from '../src/modules/program/referrals/friendLinks.ts'
import { getReferral } from '../src/modules/program/referrals/referrals.ts'
import { listReferrals } from '../src/modules/surfaces/console/referrals.queries.ts'
import { convertReferral, declineReferral } from '../src/modules/surfaces/console/referrals.ts'
import { launchBrowser } from '../test/browser.ts'
import { possible } from '../test/engine.ts'
import { createWorld, stranger, type World } from '../test/harness.ts'
import { linkIn, startMailSink } from '../test/mail.ts'
import { startTestServer, type TestServer } from '../test/server.ts'
import { typedLikeAPerson } from '../test/typing.ts'

/** Each theme once, each at another width, because colors don't depend on the width. */
const looks = possible([
  { width: 1440, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const)

let browser: Browser
let server: TestServer
let mail: Awaited<ReturnType<typeof startMailSink>>
let world: World
let form = ''
let code: Awaited<ReturnType<World['advocate']>>

beforeAll(async () => {
  mail = await startMailSink()
  ;[browser, server] = await Promise.all([launchBrowser(), startTestServer({ SMTP_URL: mail.url })])
  world = await createWorld(server.services)
  const campaign = await world.campaign()
  const anna = await world.advocate(campaign.id, stranger('Anna Kowalski'))
  form = `${server.url}/r/${anna.code}`
  const coded = await world.campaign(
    { friend: { kind: 'discount_code', discount: { type: 'percent', basisPoints: 2_000 }, source: 'generated' } },
    { name: 'Codes' },
  )
  code = await world.advocate(coded.id, stranger('Cleo Marchetti'))
})
afterAll(async () => {
  await browser.close()
  await server.stop()
  await mail.stop()
})

async function visit(url: string, options: BrowserContextOptions, work: (page: Page) => Promise<void>) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const troubles = recordProblems(page)
  await page.goto(url)
  await work(page)
  expect(troubles).toEqual([])
  await context.close()
}

/** Submits the form as a friend and returns the link in the confirmation email. */
async function acknowledged(name: string, email: string): Promise<string> {
  await visit(form, {}, async (page) => {
    const drawnAt = Date.now()
    await page.getByLabel('Your name').fill(name)
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('What do you need?').fill('The kitchen drain is slow.')
    await typedLikeAPerson(drawnAt)
    await page.getByRole('button', { name: 'Claim my $20' }).click()
    await page.getByRole('heading', { name: /^Thanks/ }).waitFor()
  })
  const { pathname } = new URL(linkIn(await mail.waitFor(email, /has your details/), '/f/'))
  return server.url + pathname
}
const ownPage = async (referralId: string) => `${server.url}/f/${await createFriendLink(world.ctx, referralId)}`
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
const newest = async (name: string) =>
  (await listReferrals(world.ctx, { limit: 100, sort: 'newest' })).items.find(({ friend }) => friend.name === name)

describe('the link in the confirmation email', () => {
  it('shows the offer and the status without a script', async () => {
    const link = await acknowledged('Priya Shah', 'priya@mail.example')
    await visit(link, { javaScriptEnabled: false }, async (page) => {
      await page.getByText('Anna gave you').waitFor()
      await page.getByRole('heading', { name: '$20 credit after your first plumbing visit' }).waitFor()
      await page.getByRole('heading', { name: 'We have your details and will be in touch soon.' }).waitFor()
      const referral = await newest('Priya Shah')
      await convertReferral(world.ctx, referral?.id ?? '', { jobValue: 10_000, notify: false })
      await page.reload()
      await page.getByRole('heading', { name: 'Done. Thank you for choosing us.' }).waitFor()
    })
  })

  it('deletes the data after one confirmation, and from then on says that nothing is there', async () => {
    const link = await acknowledged('Quentin Zorn', 'quentin@mail.example')
    const { id = '' } = (await newest('Quentin Zorn')) ?? {}
    await visit(link, { javaScriptEnabled: false }, async (page) => {
      await page.getByRole('button', { name: 'Delete my data' }).click()
      await page.getByRole('heading', { name: 'Delete your data?' }).waitFor()
      expect((await getReferral(world.ctx, id)).submitted.name).toBe('Quentin Zorn')
      await page.getByRole('button', { name: 'Keep it' }).click()
      await page.getByRole('heading', { name: '$20 credit after your first plumbing visit' }).waitFor()
      await page.getByRole('button', { name: 'Delete my data' }).click()
      await page.getByText('Nothing that identifies you is kept.').waitFor()
      await page.getByRole('button', { name: 'Delete my data' }).click()
      await page.getByRole('heading', { name: 'Your data is deleted' }).waitFor()
      await page.goto(link)
      await page.getByRole('heading', { name: 'This link doesn’t work anymore' }).waitFor()
      expect(await page.getByRole('button').count()).toBe(0)
    })
    const { status, submitted } = await getReferral(world.ctx, id)
    expect([status, submitted]).toEqual(['declined', { name: 'Erased person' }])
  })

  it('deletes once if the button is pressed twice', async () => {
    const { id } = await world.referral(code.id, stranger('Rosa Diaz'))
    await visit(`${await ownPage(id)}?delete=ask`, {}, async (page) => {
      await page.getByRole('button', { name: 'Delete my data' }).dblclick()
      await page.getByRole('heading', { name: /Your data is deleted|This link doesn’t work anymore/ }).waitFor()
    })
    expect((await getReferral(world.ctx, id)).submitted.name).toBe('Erased person')
  })

  it('shows nothing of another friend, and deleting one leaves the other', async () => {
    const [mei, ivan] = [
      await world.referral(code.id, stranger('Mei Lin')),
      await world.referral(code.id, stranger('Ivan Petrov')),
    ]
    const [hers, his] = [await ownPage(mei.id), await ownPage(ivan.id)]
    await visit(hers, {}, async (page) => {
      const shown = await page.locator('body').innerText()
      expect(shown).toContain('Cleo gave you')
      expect(shown).not.toMatch(/Ivan|Petrov|Mei|Lin\b|Marchetti|@/)
      await page.goto(`${hers}?delete=ask`)
      await page.getByRole('button', { name: 'Delete my data' }).click()
      await page.getByRole('heading', { name: 'Your data is deleted' }).waitFor()
      await page.goto(his)
      await page.getByRole('heading', { name: 'We have your details and will be in touch soon.' }).waitFor()
    })
    expect((await getReferral(world.ctx, ivan.id)).submitted.name).toBe('Ivan Petrov')
  })
})

describe('in the language of the browser or the URL', () => {
  it("asks and deletes in that language, and keeps the URL's language", async () => {
    const { id } = await world.referral(code.id, stranger('Ana Silva'))
    await visit(await ownPage(id), { locale: 'pt-BR' }, async (page) => {
      await page.getByText('Cleo deu a você').waitFor()
      await page.goto(`${page.url()}?lang=fr`)
      await page.getByRole('button', { name: 'Supprimer mes données' }).click()
      await page.getByRole('button', { name: 'Les conserver' }).click()
      await page.getByText('Cleo vous offre').waitFor()
      await page.getByRole('button', { name: 'Supprimer mes données' }).click()
      await page.getByRole('heading', { name: /^Supprimer vos données/ }).waitFor()
      await page.getByRole('button', { name: 'Supprimer mes données' }).click()
      await page.getByRole('heading', { name: 'Vos données sont supprimées' }).waitFor()
    })
  })
})

describe.each(looks)('$width wide, $colorScheme', ({ width, colorScheme }) => {
  it('is accessible in every state of the referral', async () => {
    const [waiting, booked, lost] = [
      await world.referral(code.id),
      await world.referral(code.id),
      await world.referral(code.id),
    ]
    await convertReferral(world.ctx, booked.id, { jobValue: 10_000, notify: false })
    await declineReferral(world.ctx, lost.id, 'No answer.')
    const waits = await ownPage(waiting.id)
    const pages = [
      [waits, 'We have your details'],
      [`${waits}?delete=ask`, 'Delete your data?'],
      [await ownPage(booked.id), 'Your code'],
      [await ownPage(lost.id), 'This one didn’t work out.'],
      [`${server.url}/f/nobody`, 'This link doesn’t work anymore'],
      [`${server.url}/u/nobody`, 'This link doesn’t work anymore'],
    ] as const
    const options = { viewport: { width, height: 844 }, colorScheme, bypassCSP: true }
    for (const [url, words] of pages)
      await visit(url, options, async (page) => {
        await page.getByText(words).first().waitFor()
        await expectAccessible(page)
        expect(await overflow(page)).toBe(0)
      })
  })
})

it('mirrors from right to left, and a code stays as it is', async () => {
  const booked = await world.referral(code.id)
  await convertReferral(world.ctx, booked.id, { jobValue: 10_000, notify: false })
  await visit(await ownPage(booked.id), { viewport: { width: 320, height: 700 } }, async (page) => {
    await page.locator('html').evaluate((html) => html.setAttribute('dir', 'rtl'))
    expect(await overflow(page)).toBe(0)
    const [label, value] = [page.locator('.gift span'), page.locator('.gift b')]
    expect((await label.boundingBox())?.x).toBeGreaterThan((await value.boundingBox())?.x ?? Number.POSITIVE_INFINITY)
    for (const one of [value, page.locator('.button .number')])
      expect(await one.evaluate((text) => getComputedStyle(text).direction)).toBe('ltr')
  })
})
