import { type Campaign, type CampaignForm, defaultForm } from '@goodword/contracts'
import { beforeAll, describe, expect, it } from 'vitest'
import { updateCampaign } from '../../api/src/modules/surfaces/console/campaigns.ts'
import { listReferrals } from '../../api/src/modules/surfaces/console/referrals.queries.ts'
import { flushVisits } from '../../api/src/modules/surfaces/embed/visits.ts'
import { settled } from '../../api/test/settled.ts'
import { setupWidgetTest } from './setup.ts'
import { form, tag } from './site.ts'
import { fill, type Visit } from './visit.ts'

const setup = setupWidgetTest()
beforeAll(() => {
  setup.site.put('/', `${tag(setup.goodword)}<h1>Good plumbing, on time.</h1>${form}`)
  setup.site.put('/contact', `<h1>Contact</h1>${form}${tag(setup.goodword)}`)
})

async function open(path = '/'): Promise<Visit> {
  const opened = await setup.open(path)
  await opened.page.locator('goodword-form h2').waitFor()
  return opened
}
const referrals = async () =>
  (await listReferrals(setup.goodword.world.ctx, { limit: 100, sort: 'oldest' })).items.map(
    ({ friend, source, advocate }) => ({
      ...friend,
      source,
      advocate: advocate?.name,
    }),
  )
const focused = ({ page }: Visit) =>
  page.evaluate(() => document.querySelector('goodword-form')?.shadowRoot?.activeElement?.id)

describe("a friend who opens the business's page through Anna's link", () => {
  it('sees who gave what, sends the form, and reads what happens next', async () => {
    const before = (await referrals()).length
    const priya = await open()
    const shown = await priya.page.locator('goodword-form .root').innerText()
    expect(shown).toContain('Anna gave you $20 credit after your first plumbing visit')
    expect(shown).not.toContain('Kowalski')
    expect(await priya.page.getByText('Call us at').isVisible()).toBe(false)

    await fill(priya, { name: 'Priya Shah', phone: '(415) 555-0142', message: 'The kitchen tap drips.' })
    await priya.page.getByRole('button', { name: 'Claim my $20' }).click()
    await priya.page.getByRole('heading', { name: 'Thanks, Priya. Your $20 credit is saved.' }).waitFor()
    await expect.poll(() => focused(priya)).toBe('title')
    expect(await priya.page.locator('goodword-form li').count()).toBeGreaterThan(0)

    const all = await referrals()
    expect(all).toHaveLength(before + 1)
    expect(all.at(-1)).toMatchObject({
      name: 'Priya Shah',
      phone: '(415) 555-0142',
      source: 'widget',
      advocate: 'Anna Kowalski',
    })
  })

  it('counts as one visit, no matter how often the page is reloaded', async () => {
    while ((await flushVisits(setup.goodword.services)) > 0);
    // Visits of the other tests are from the same browser.
    setup.goodword.advance(31 * 60_000)
    const friend = await open()
    await friend.page.reload()
    await friend.page.locator('goodword-form h2').waitFor()
    await settled(friend.page)
    expect(await flushVisits(setup.goodword.services)).toBe(1)
  })

  it('has only the code in first-party storage for the next pages', async () => {
    const friend = await open()
    expect(friend.page.url()).toBe(`${setup.site.url}/?ref=${setup.goodword.code}`)
    await friend.page.goto(`${setup.site.url}/contact`)
    await friend.page.getByText('Anna gave you').waitFor()
    const kept = await friend.page.evaluate(() => ({ ...localStorage }))
    expect(Object.keys(kept)).toEqual(['goodword'])
    const { code, at, ...rest } = JSON.parse(kept.goodword ?? '')
    expect({ code, rest }).toEqual({ code: setup.goodword.code, rest: { days: 90 } })
    expect(Date.now() - at).toBeLessThan(60_000)
    const [cookie, ...others] = await friend.page.context().cookies()
    expect(others).toEqual([])
    expect(cookie).toMatchObject({
      name: 'goodword',
      domain: 'localhost',
      value: encodeURIComponent(kept.goodword ?? ''),
    })
  })

  it('loses the code after 90 days', async () => {
    const friend = await open()
    const ninetyDays = 90 * 24 * 3_600_000
    await friend.page.context().clearCookies()
    await friend.page.evaluate((age) => {
      localStorage.setItem('goodword', JSON.stringify({ code: 'ANNA', at: Date.now() - age - 1 }))
    }, ninetyDays)
    await friend.page.goto(`${setup.site.url}/contact`)
    expect(await friend.page.evaluate(() => window.Goodword?.getReferral())).toBeNull()
  })

  it.each(['via', 'referral', 'code'])('may have the code in ?%s= instead', async (word) => {
    const friend = await open(`/?${word}=${setup.goodword.code}`)
    await friend.page.getByText('Anna gave you').waitFor()
  })

  it('may take a day to send the form', async () => {
    const friend = await open()
    setup.goodword.advance(25 * 3_600_000)
    await fill(friend, { name: 'Tomas Reyes', email: 'tomas@mail.example' })
    await friend.send()
    await friend.page.getByText('Thanks, Tomas').waitFor()
    expect((await referrals()).filter(({ name }) => name === 'Tomas Reyes')).toHaveLength(1)
  })

  it('creates one referral, no matter how often they press the button', async () => {
    const friend = await open()
    await fill(friend, { name: 'Lena Fischer', phone: '(415) 555-0177' })
    await friend.page.locator('goodword-form').evaluate((host) => {
      for (let i = 0; i < 5; i += 1) host.shadowRoot?.querySelector('form')?.requestSubmit()
    })
    await friend.page.getByText('Thanks, Lena').waitFor()
    expect((await referrals()).filter(({ name }) => name === 'Lena Fischer')).toHaveLength(1)
  })

  it('can do everything with the keyboard', async () => {
    const { page } = await open()
    await page.locator('h1').click()
    await page.keyboard.press('Tab')
    await page.keyboard.type('Omar Haddad')
    await page.keyboard.press('Tab')
    await page.keyboard.type('4155550188')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.type('A new water heater')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('Thanks, Omar').waitFor()
  })

  it('is told which fields are required, by their labels and by assistive technology', async () => {
    const { world, code } = setup.goodword
    const created: Campaign[] = []
    const linkFor = async (name: string, form: CampaignForm) => {
      const campaign = await world.campaign({}, { name, form })
      created.push(campaign)
      return (await world.advocate(campaign.id)).code
    }
    const onlyPhone = await linkFor('Only phone', { ...defaultForm, email: 'hidden', message: 'hidden' })
    const question = { label: 'What is it about?', required: true, choices: ['A leak', 'A heater'] }
    const consent = { text: 'You may call me.' }
    const asking = await linkFor('Asking', { ...defaultForm, phone: 'required', question, consent })
    const shown = async (link: string) =>
      (await open(`/?ref=${link}`)).page.locator('goodword-form .field').evaluateAll((fields) =>
        fields.map((field) => {
          const control = field.querySelector('input, select, textarea')
          return [control?.id, control?.ariaRequired, field.querySelector('.aside')?.textContent ?? ''].join(' ')
        }),
      )
    const message = 'message false  optional'
    expect(await shown(code)).toEqual(['name true ', 'phone false ', 'email false ', message])
    expect(await shown(onlyPhone)).toEqual(['name true ', 'phone true '])
    const asked = ['name true ', 'phone true ', 'email false  optional', 'answer true ', message, 'consent true ']
    expect(await shown(asking)).toEqual(asked)
    // With several active campaigns, a friend without a code could not be asked who sent them.
    for (const { id, termsVersion } of created) await updateCampaign(world.ctx, id, { status: 'ended', termsVersion })
  })

  it('stays anonymous in the events of the page', async () => {
    const friend = await open()
    await friend.page.evaluate(() => {
      const received: unknown[] = []
      Object.assign(window, { received })
      document.addEventListener('goodword:submitted', (event) => received.push((event as CustomEvent).detail))
    })
    await fill(friend, { name: 'Grace Park', phone: '(415) 555-0199' })
    await friend.send()
    await friend.page.getByText('Thanks, Grace').waitFor()
    expect(await friend.page.evaluate(() => Reflect.get(window, 'received'))).toEqual([{ code: setup.goodword.code }])
  })
})

describe('a friend whose referral is rejected', () => {
  it('sees next to each field what to fix, and moves to it', async () => {
    const friend = await open()
    await fill(friend, { name: 'Priya Shah', phone: '(415) 555-01' })
    await friend.send()
    await friend.page.getByText('Add the last two digits.').waitFor()
    await expect.poll(() => focused(friend)).toBe('phone')
    expect(await friend.field('Phone').getAttribute('aria-invalid')).toBe('true')
    await friend.field('Phone').fill('(415) 555-0143')
    await friend.page.getByText('Add the last two digits.').waitFor({ state: 'detached' })
  })

  const typed = { name: 'Anna Kowalski', email: 'anna@mail.example', message: 'Just looking.' }
  const formValues = async (friend: Visit) => ({
    name: await friend.field('Your name').inputValue(),
    email: await friend.field('Email').inputValue(),
    message: await friend.field('What do you need?').inputValue(),
  })

  it('reads that the link is their own, and keeps everything they typed', async () => {
    const friend = await open()
    await fill(friend, typed)
    await friend.send()
    await friend.page.getByRole('alert').getByText('This is your own link. Send it to a friend.').waitFor()
    expect(await formValues(friend)).toEqual(typed)
  })

  it('reads that we already have their details', async () => {
    const twice = { name: 'Mei Lin', email: 'mei@mail.example', message: 'Just looking.' }
    for (const sentence of ['Thanks, Mei', 'We already have your details from this link.']) {
      const friend = await open()
      await fill(friend, twice)
      await friend.send()
      await friend.page.getByText(sentence).waitFor()
      if (sentence.startsWith('We')) expect(await formValues(friend)).toEqual(twice)
    }
  })

  it("is asked who referred them if nobody owns the link's code", async () => {
    const friend = await open('/?ref=NOBODY7')
    await friend.page.getByRole('heading', { name: 'Tell Harbor & Sons what you need' }).waitFor()
    expect(await friend.page.evaluate(() => localStorage.length)).toBe(0)
    await friend.field('Who sent you?').fill('My neighbor Anna')
    await fill(friend, { name: 'Rosa Diaz', phone: '(415) 555-0123' })
    await friend.send()
    await friend.page.getByRole('heading', { name: 'Thanks, Rosa.' }).waitFor()
    expect((await referrals()).at(-1)).toMatchObject({ name: 'Rosa Diaz', advocate: undefined })
  })

  it('reads that the code set by the page is unknown', async () => {
    setup.site.put('/wrong', `${tag(setup.goodword)}<goodword-form code="NOBODY7"></goodword-form>`)
    const friend = await open('/wrong?x=1')
    await friend.page.getByText('We don’t know that code.').waitFor()
  })

  it('reads that the offer has ended, even if it ended while they typed', async () => {
    const { ctx, campaign, advocate } = setup.goodword.world
    const summer = await campaign({}, { name: 'Summer' })
    const { code } = await advocate(summer.id)
    const friend = await open(`/?ref=${code}`)
    const lateTyped = { name: 'Ana Silva', email: 'ana@mail.example', message: 'A leak.' }
    await fill(friend, lateTyped)
    await updateCampaign(ctx, summer.id, { status: 'ended', termsVersion: summer.termsVersion })
    await friend.send()
    await friend.page.getByRole('alert').getByText('You can still book a visit.').waitFor()
    expect(await formValues(friend)).toEqual(lateTyped)
    const later = await open(`/?ref=${code}`)
    await later.page.getByRole('heading', { name: 'You can still book a visit.' }).waitFor()
  })

  it('is asked once more if a program or a password manager filled the hidden field, which is empty then', async () => {
    const nina = await open()
    const trap = nina.page.locator('goodword-form [name=website]')
    expect(await nina.page.getByRole('textbox', { name: 'Website' }).count()).toBe(0)
    expect(await trap.getAttribute('tabindex')).toBe('-1')
    for (const mark of ['data-1p-ignore', 'data-lpignore', 'data-bwignore', 'data-form-type'])
      expect(await trap.getAttribute(mark)).not.toBeNull()
    await trap.evaluate((input) => Object.assign(input, { value: 'https://nina.example' }))
    await fill(nina, { name: 'Nina Novak', email: 'nina@mail.example' })
    await nina.send()
    await nina.page.getByRole('alert').getByText('Check your details and send it again.').waitFor()
    expect((await referrals()).some(({ name }) => name === 'Nina Novak')).toBe(false)
    await nina.send()
    await nina.page.getByText('Thanks, Nina').waitFor()
  })

  it('keeps what they typed when the server does not respond, and can send it again', async () => {
    const friend = await open()
    const ivan = { name: 'Ivan Petrov', email: 'ivan@mail.example', message: 'A blocked drain.' }
    await fill(friend, ivan)
    await friend.page.context().setOffline(true)
    await friend.send()
    const sentence =
      'Your details were not sent. They are still in the form. Try again, or call (415) 555-0100 and say “Anna sent me”.'
    await friend.page.getByRole('alert').getByText(sentence).waitFor()
    expect(await formValues(friend)).toEqual(ivan)
    await friend.page.context().setOffline(false)
    await friend.page.getByRole('button', { name: 'Try again' }).click()
    await friend.page.getByText('Thanks, Ivan').waitFor()
  })
})

describe('a visitor without a link', () => {
  it('says who referred them: an exact code counts, and anything else is a name for staff', async () => {
    const friend = await open('/?')
    await fill(friend, { name: 'Noor Aziz', email: 'noor@mail.example' })
    await friend.send()
    await friend.page.getByText('Enter the name or the code of the friend who sent you.').waitFor()
    await expect.poll(() => focused(friend)).toBe('who')
    await friend.field('Who sent you?').fill(setup.goodword.code.toLowerCase())
    await friend.send()
    await friend.page.getByText('Referred by Anna.').waitFor()
    expect((await referrals()).at(-1)).toMatchObject({ name: 'Noor Aziz', advocate: 'Anna Kowalski' })
  })
})
