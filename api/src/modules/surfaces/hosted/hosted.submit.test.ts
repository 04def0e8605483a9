import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/harness.ts'
import {
  createHostedWorld,
  fieldErrorOf,
  fieldOf,
  type HostedWorld,
  noticeOf,
  pageOf,
  priya,
  textOf,
} from '../../../../test/hosted.ts'
import { createApp } from '../../../app.ts'
import { updateCampaign } from '../console/campaigns.ts'
import { newFormToken } from '../embed/formToken.ts'

let page: HostedWorld

beforeEach(async () => {
  page = await createHostedWorld()
})
afterEach(() => page.close())

describe('a friend who submits the form', () => {
  it('becomes a referral, and sees the next steps however often the page is reloaded', async () => {
    const response = await page.fill({})
    expect(response.status).toBe(303)
    const place = response.headers.get('location') ?? ''
    expect(place).toMatch(new RegExp(`^/r/${page.anna.code}/thanks\\?t=ref_`))
    expect(place).not.toContain('Priya')
    for (let time = 0; time < 2; time += 1) {
      const { status, html } = await pageOf(await page.app.request(place))
      expect(status).toBe(200)
      expect(html).toContain('<h1>Thanks, Priya. Your $20 credit is saved.</h1>')
      expect(html).toContain('You approve the work before it starts.')
    }
    expect(await page.referrals()).toEqual([['hosted', 'pending']])
  })

  it('becomes one referral, even if it is sent twice', async () => {
    const { token } = await page.open()
    page.clock.advance(5_000)
    const first = await page.post({ ...priya, formToken: token })
    const second = await page.post({ ...priya, formToken: token })
    expect([first.status, second.status]).toEqual([303, 303])
    expect(second.headers.get('location')).toBe(first.headers.get('location'))
    expect(await page.referrals()).toHaveLength(1)
  })

  it.each(['nonsense', 'ref_00000000000000000000000000.AAAA'])(
    'is sent back from an invalid thank-you link: %s',
    async (t) => {
      const response = await page.app.request(`/r/${page.anna.code}/thanks?t=${t}`)
      expect(response.status).toBe(303)
      expect(response.headers.get('location')).toBe(`/r/${page.anna.code}`)
    },
  )

  it("can't use the thank-you link of another offer", async () => {
    const place = (await page.fill({})).headers.get('location') ?? ''
    const dana = await page.world.advocate(page.campaign.id, { name: 'Dana Whitfield', email: 'dana@mail.example' })
    const response = await page.app.request(place.replace(page.anna.code, dana.code))
    expect(response.status).toBe(303)
  })

  it('reads beside each field what is missing, with the rest kept and the first error in focus', async () => {
    const { status, html } = await pageOf(await page.fill({ name: '', phone: '' }))
    expect(status).toBe(400)
    expect(html).toContain('<title>Check your details · Anna gave you')
    expect(fieldErrorOf(html, 'name')).toBe('Enter your name.')
    expect(fieldErrorOf(html, 'phone')).toBe('Enter a phone number or an email address.')
    expect(fieldOf(html, 'name')).toContain('aria-invalid="true" aria-describedby="name-below" autofocus')
    expect(fieldOf(html, 'phone')).not.toContain('autofocus')
    expect(fieldOf(html, 'email')).not.toContain('aria-invalid')
    expect(html).toContain('>The kitchen drain is slow.</textarea>')
    expect(await page.referrals()).toEqual([])
  })

  it("reads that an email or a phone number isn't valid", async () => {
    const { html } = await pageOf(await page.fill({ email: 'priya@', phone: '555-0142' }))
    expect(fieldErrorOf(html, 'email')).toBe('Enter an email address such as name@example.com.')
    const nameless = await pageOf(await page.fill({ name: '', phone: '12345' }))
    expect(fieldErrorOf(nameless.html, 'name')).toBe('Enter your name.')
    expect(fieldErrorOf(nameless.html, 'phone')).toMatch(/^Enter the whole phone number/)
    const abroad = await pageOf(await page.fill({ phone: '12345' }))
    expect(fieldErrorOf(abroad.html, 'phone')).toBe(
      'Enter the whole phone number, with + and the country for one abroad.',
    )
    expect(fieldOf(abroad.html, 'phone')).toContain('value="12345"')
  })

  it('can send the corrected form as it came back', async () => {
    const refused = await pageOf(await page.fill({ name: '' }))
    expect((await page.post({ ...priya, formToken: refused.token })).status).toBe(303)
  })

  it('reads that we already have their details', async () => {
    expect((await page.fill({})).status).toBe(303)
    const { status, html } = await pageOf(await page.fill({}))
    expect(status).toBe(409)
    expect(noticeOf(html)).toBe('We already have your details from this link.')
    expect(fieldOf(html, 'name')).toContain('value="Priya Shah"')
  })

  it('reads that it is their own link', async () => {
    const { status, html } = await pageOf(await page.fill({ name: 'Anna Kowalski', email: 'anna@mail.example' }))
    expect(status).toBe(409)
    expect(noticeOf(html)).toBe('This is your own link. Send it to a friend.')
  })

  it('learns nothing about other people from an error', async () => {
    await page.world.advocate(page.campaign.id, { name: 'Dana Whitfield', email: 'dana@mail.example' })
    const { html } = await pageOf(await page.fill({ email: 'dana@mail.example' }))
    expect(noticeOf(html)).toBe(
      'Thanks. We can&#39;t add this referral; call us at (415) 555-0100 and we&#39;ll sort it out.',
    )
  })

  it('reads that the offer ended while the form was open', async () => {
    const { token } = await page.open()
    await updateCampaign(page.world.ctx, page.campaign.id, { status: 'paused', termsVersion: 1 })
    page.clock.advance(5_000)
    const { status, html } = await pageOf(await page.post({ ...priya, formToken: token }))
    expect(status).toBe(409)
    expect(html).toContain('This offer isn’t open right now. You can still book a visit.')
    expect(textOf(html)).toContain('Call (415) 555-0100')
  })

  it('whose password manager fills the hidden field is asked once more, with that field empty, and then gets through', async () => {
    const asked = await pageOf(await page.fill({ website: 'https://priya.example' }))
    expect(asked.status).toBe(400)
    expect(noticeOf(asked.html)).toBe('Check your details and send it again.')
    expect(asked.html).toMatch(/name="website"[^>]* data-1p-ignore data-lpignore="true" data-bwignore [^>]*value=""/)
    expect(fieldOf(asked.html, 'phone')).toContain('value="(415) 555-0142"')
    expect(await page.referrals()).toEqual([])
    expect((await page.post({ ...priya, formToken: asked.token })).status).toBe(303)
    expect(await page.flags()).toEqual([[]])
  })

  it('whose hidden field is filled again is taken and flagged, never refused for good', async () => {
    const website = 'https://priya.example'
    const asked = await pageOf(await page.fill({ website }))
    expect((await page.post({ ...priya, website, formToken: asked.token })).status).toBe(303)
    expect(await page.flags()).toEqual([['hidden_field']])
  })

  it('as JSON or to an unknown code is rejected', async () => {
    const headers = { 'content-type': 'application/json' }
    const json = await page.app.request(`/r/${page.anna.code}`, { method: 'POST', body: '{}', headers })
    expect(json.status).toBe(415)
    expect((await page.post(priya, 'ZZZZZZZ')).status).toBe(404)
  })

  it('and types HTML gets it back as text', async () => {
    const hostile = '"><script>alert(1)</script>'
    const { html } = await pageOf(await page.fill({ name: hostile, phone: hostile, message: `</textarea>${hostile}` }))
    expect(html).not.toContain('<script>')
    expect(fieldOf(html, 'name')).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"')
  })
})

describe('the token of a form', () => {
  it('sent within two seconds is shown again with everything typed, and can be sent after that', async () => {
    const { token } = await page.open()
    page.clock.advance(900)
    const hasty = await pageOf(await page.post({ ...priya, formToken: token }))
    expect(hasty.status).toBe(400)
    expect(noticeOf(hasty.html)).toBe('Check your details and send it again.')
    expect(fieldOf(hasty.html, 'phone')).toContain('value="(415) 555-0142"')
    page.clock.advance(1_100)
    expect((await page.post({ ...priya, formToken: hasty.token })).status).toBe(303)
  })

  it('left open for two days is shown again with everything typed, and can be sent right away', async () => {
    const { token } = await page.open()
    page.clock.advance(2 * 86_400_000)
    const late = await pageOf(await page.post({ ...priya, formToken: token }))
    expect(noticeOf(late.html)).toBe('Send it again. Your details are still here.')
    expect((await page.post({ ...priya, formToken: late.token })).status).toBe(303)
  })

  it('left open for two days yields one referral, however often it is renewed', async () => {
    const { token } = await page.open()
    page.clock.advance(2 * 86_400_000)
    const tokens = []
    for (const name of ['Priya', 'Leo'])
      tokens.push((await pageOf(await page.post({ ...priya, name, formToken: token }))).token)
    expect((await page.post({ ...priya, formToken: tokens[0] ?? '' })).status).toBe(303)
    const other = { ...priya, name: 'Leo Moreau', phone: '(415) 555-0143', formToken: tokens[1] ?? '' }
    expect((await page.post(other)).status).toBe(400)
    expect(await page.referrals()).toHaveLength(1)
  })

  it('used for someone else is replaced by one that can be sent', async () => {
    const { token } = await page.open()
    page.clock.advance(5_000)
    expect((await page.post({ ...priya, formToken: token })).status).toBe(303)
    const leo = { ...priya, name: 'Leo Moreau', phone: '(415) 555-0143' }
    const again = await pageOf(await page.post({ ...leo, formToken: token }))
    expect(again.status).toBe(400)
    expect((await page.post({ ...leo, formToken: again.token })).status).toBe(303)
    expect(await page.referrals()).toHaveLength(2)
  })

  it('that is forged, or of another organization, starts over and has to wait', async () => {
    const stranger = await createWorld(page.services, 'Other Business')
    for (const formToken of [
      '',
      'made.up.token',
      'x'.repeat(2_000),
      newFormToken(page.services, stranger.organization.id),
    ]) {
      const refused = await pageOf(await page.post({ ...priya, formToken }))
      expect(refused.status).toBe(400)
      expect(fieldOf(refused.html, 'name')).toContain('value="Priya Shah"')
      const hasty = await page.post({ ...priya, formToken: refused.token })
      expect(hasty.status).toBe(400)
    }
  })
})

it('too many forms from one place get a page that says when to try again', async () => {
  const limited = createApp({ ...page.services, config: { ...page.services.config, rateLimits: true } })
  const { token } = await page.open()
  page.clock.advance(5_000)
  let last: Awaited<ReturnType<typeof pageOf>> | null = null
  for (let time = 0; time < 601; time += 1) {
    const body = new URLSearchParams({ ...priya, name: '', formToken: token })
    last = await pageOf(await limited.request(`/r/${page.anna.code}`, { method: 'POST', body }))
  }
  expect(last?.status).toBe(429)
  expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(noticeOf(last?.html ?? '')).toMatch(/^Too many requests\. Try again in \d+ seconds\.$/)
})
