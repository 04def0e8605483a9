import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestServices, createWorld, type TestServices, type World } from '../../../test/harness.ts'
import { createApp } from '../../app.ts'
import { updateCampaign } from '../campaigns/campaigns.ts'
import { newFormToken } from './formToken.ts'
import { flushVisits } from './visits.ts'

type Page = { status: number; html: string; headers: Headers; token: string }
type Fields = Record<string, string>

let test: TestServices
let world: World
let app: ReturnType<typeof createApp>
let campaign: Awaited<ReturnType<World['campaign']>>
let anna: Awaited<ReturnType<World['advocate']>>

beforeEach(async () => {
  test = await createTestServices()
  world = await createWorld(test.services)
  campaign = await world.campaign({}, { termsText: 'One offer for each household.' })
  anna = await world.advocate(campaign.id, { name: 'Anna Kowalski', email: 'anna@mail.example' })
  app = createApp(test.services)
})
afterEach(() => test.close())

const browser = { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)' }
const read = async (response: Response): Promise<Page> => {
  const html = await response.text()
  const token = /name="formToken" value="([^"]+)"/.exec(html)?.[1] ?? ''
  return { status: response.status, html, headers: response.headers, token }
}
const open = async (code = anna.code, headers: Fields = browser) => read(await app.request(`/r/${code}`, { headers }))
const post = (fields: Fields, code = anna.code) =>
  app.request(`/r/${code}`, { method: 'POST', body: new URLSearchParams(fields), headers: browser })
/** Opens the page, takes five seconds to type, and sends it. */
const fill = async (fields: Fields) => {
  const { token } = await open()
  test.clock.advance(5_000)
  return post({ ...priya, formToken: token, ...fields })
}
const priya = {
  name: 'Priya Shah',
  phone: '(415) 555-0142',
  email: '',
  message: 'The kitchen drain is slow.',
  website: '',
}
const referralsNow = () =>
  test.services.database.read.all<[string, string]>('SELECT source, status FROM referrals ORDER BY created_at')
const fieldOf = (html: string, name: string) => new RegExp(`<(?:input|textarea)[^>]*id="${name}"[^>]*>`).exec(html)?.[0]
const sentenceOf = (html: string, name: string) =>
  new RegExp(`id="${name}-below"[^>]*>(.*?)</span></span>`, 's')
    .exec(html)?.[1]
    ?.replace(/<[^>]+>/g, '')
    .trim()
const noticeOf = (html: string) => /role="alert"[^>]*>.*?<span>(.*?)<\/span>/s.exec(html)?.[1]

describe('a friend opens the link', () => {
  it('reads who gave what, and can reply without a script', async () => {
    const { status, html } = await open()
    expect(status).toBe(200)
    expect(html).toContain('<title>Anna gave you $20 off your first plumbing visit · Harbor &amp; Sons</title>')
    expect(html).toContain('property="og:title" content="Anna gave you $20 off your first plumbing visit"')
    expect(html).toContain('<h1><span class="unseen">$20 </span>off your first plumbing visit</h1>')
    expect(html).toContain('Claim my $20')
    expect(html).toContain('href="tel:4155550100"')
    expect(html).toContain('One offer for each household.')
    expect(html).not.toContain('<script')
    for (const name of ['name', 'phone', 'email', 'message']) expect(html).toContain(`<label for="${name}">`)
  })

  it('finds the offer by the code in any case', async () => {
    expect((await open(anna.code.toLowerCase())).status).toBe(200)
  })

  it('gets a policy that lets one style through and no script, with another nonce each time', async () => {
    const nonces = []
    for (const { html, headers } of [await open(), await open()]) {
      const nonce = /<style nonce="([^"]+)">/.exec(html)?.[1] ?? ''
      const policy = headers.get('content-security-policy')
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`)
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("form-action 'self'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe')
      nonces.push(nonce)
    }
    expect(nonces[0]).not.toBe(nonces[1])
  })

  it('finds a stylesheet that may be kept for a year', async () => {
    const url = /<link rel="stylesheet" href="([^"]+)">/.exec((await open()).html)?.[1] ?? ''
    const response = await app.request(url)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('text/css')
    expect(response.headers.get('cache-control')).toContain('immutable')
    expect(await response.text()).toContain('--gw-brand')
  })

  it('reads that nobody has such a code', async () => {
    const { status, html } = await open('ZZZZZZZ')
    expect(status).toBe(404)
    expect(html).toContain('We do not know that code. Check it, or ask your friend to send the link again.')
    expect(html).not.toContain('<form')
  })

  it('reads that the offer has ended, and whom to call', async () => {
    await updateCampaign(world.ctx, campaign.id, { endsAt: '2026-05-02T06:00:00.000Z', termsVersion: 1 })
    const { status, html } = await open()
    expect(status).toBe(200)
    expect(html).toContain('This offer ended on May 1. You can still book a visit.')
    expect(html).toContain('Call (415) 555-0100')
    expect(html).not.toContain('<form')
  })

  it('reads a custom offer in its own words, and none as a recommendation', async () => {
    const custom = await world.campaign({ friend: { kind: 'custom', text: 'A free drain check' } })
    const none = await world.campaign({ friend: { kind: 'none' } })
    const [first, second] = [await world.advocate(custom.id), await world.advocate(none.id)]
    expect((await open(first.code)).html).toContain('<h1>A free drain check</h1>')
    const { html } = await open(second.code)
    expect(html).toContain('<title>Anna recommends Harbor &amp; Sons · Harbor &amp; Sons</title>')
    expect(html).toContain('Send my details')
  })
})

describe('a visit', () => {
  it('counts when a person opens the page, and not for previews, HEAD or reading ahead', async () => {
    await open()
    await open(anna.code, { 'user-agent': 'facebookexternalhit/1.1 Facebot Twitterbot/1.0' })
    await open(anna.code, { 'user-agent': 'WhatsApp/2.24 A' })
    await open(anna.code, { ...browser, 'sec-purpose': 'prefetch' })
    await app.request(`/r/${anna.code}`, { method: 'HEAD', headers: browser })
    expect(await flushVisits(test.services)).toBe(1)
  })
})

describe('a friend sends the form', () => {
  it('becomes a referral, and reads what comes next however often the page is loaded', async () => {
    const response = await fill({})
    expect(response.status).toBe(303)
    const place = response.headers.get('location') ?? ''
    expect(place).toMatch(new RegExp(`^/r/${anna.code}/thanks\\?t=ref_`))
    expect(place).not.toContain('Priya')
    for (let time = 0; time < 2; time += 1) {
      const { status, html } = await read(await app.request(place))
      expect(status).toBe(200)
      expect(html).toContain('<h1>Thanks, Priya. Your $20 is saved.</h1>')
      expect(html).toContain('You agree on the work before it starts.')
    }
    expect(await referralsNow()).toEqual([['hosted', 'pending']])
  })

  it('once, even when it is sent twice', async () => {
    const { token } = await open()
    test.clock.advance(5_000)
    const first = await post({ ...priya, formToken: token })
    const second = await post({ ...priya, formToken: token })
    expect([first.status, second.status]).toEqual([303, 303])
    expect(second.headers.get('location')).toBe(first.headers.get('location'))
    expect(await referralsNow()).toHaveLength(1)
  })

  it.each(['nonsense', 'ref_00000000000000000000000000.AAAA'])(
    'a thank-you nobody earned leads back: %s',
    async (t) => {
      const response = await app.request(`/r/${anna.code}/thanks?t=${t}`)
      expect(response.status).toBe(303)
      expect(response.headers.get('location')).toBe(`/r/${anna.code}`)
    },
  )

  it('a thank-you of one link says nothing on another', async () => {
    const place = (await fill({})).headers.get('location') ?? ''
    const dana = await world.advocate(campaign.id, { name: 'Dana Whitfield', email: 'dana@mail.example' })
    const response = await app.request(place.replace(anna.code, dana.code))
    expect(response.status).toBe(303)
  })

  it('reads beside each field what is missing, with the rest still there and the first one in focus', async () => {
    const { status, html } = await read(await fill({ name: '', phone: '' }))
    expect(status).toBe(400)
    expect(html).toContain('<title>Check your details · Anna gave you')
    expect(sentenceOf(html, 'name')).toBe('Enter your name.')
    expect(sentenceOf(html, 'phone')).toBe('Enter a phone number or an email address.')
    expect(fieldOf(html, 'name')).toContain('aria-invalid="true" aria-describedby="name-below" autofocus')
    expect(fieldOf(html, 'phone')).not.toContain('autofocus')
    expect(fieldOf(html, 'email')).not.toContain('aria-invalid')
    expect(html).toContain('>The kitchen drain is slow.</textarea>')
    expect(await referralsNow()).toEqual([])
  })

  it('reads that an email or a phone is not one', async () => {
    const { html } = await read(await fill({ email: 'priya@', phone: '555-0142' }))
    expect(sentenceOf(html, 'email')).toBe('Enter an email address such as name@example.com.')
    const abroad = await read(await fill({ phone: '12345' }))
    expect(sentenceOf(abroad.html, 'phone')).toBe(
      'Enter the whole phone number, with + and the country for one abroad.',
    )
    expect(fieldOf(abroad.html, 'phone')).toContain('value="12345"')
  })

  it('can send the corrected form as it came back', async () => {
    const refused = await read(await fill({ name: '' }))
    expect((await post({ ...priya, formToken: refused.token })).status).toBe(303)
  })

  it('reads that the details are known already', async () => {
    expect((await fill({})).status).toBe(303)
    const { status, html } = await read(await fill({}))
    expect(status).toBe(409)
    expect(noticeOf(html)).toBe('We already have your details from this link.')
    expect(fieldOf(html, 'name')).toContain('value="Priya Shah"')
  })

  it('reads that it is their own link', async () => {
    const { status, html } = await read(await fill({ name: 'Anna Kowalski', email: 'anna@mail.example' }))
    expect(status).toBe(409)
    expect(noticeOf(html)).toBe('This is your own link. Send it to a friend.')
  })

  it('learns nothing about other people from a refusal', async () => {
    await world.advocate(campaign.id, { name: 'Dana Whitfield', email: 'dana@mail.example' })
    const { html } = await read(await fill({ email: 'dana@mail.example' }))
    expect(noticeOf(html)).toBe(
      'Thanks. We can&#39;t add this referral; call us at (415) 555-0100 and we&#39;ll sort it out.',
    )
  })

  it('reads that the offer ended while the form was open', async () => {
    const { token } = await open()
    await updateCampaign(world.ctx, campaign.id, { status: 'paused', termsVersion: 1 })
    test.clock.advance(5_000)
    const { status, html } = await read(await post({ ...priya, formToken: token }))
    expect(status).toBe(409)
    expect(html).toContain('This offer is not open now. You can still book a visit.')
    expect(html).toContain('Call (415) 555-0100')
  })

  it('that fills the field people never see is refused without a referral', async () => {
    const { status, html } = await read(await fill({ website: 'https://spam.example' }))
    expect(status).toBe(400)
    expect(noticeOf(html)).toBe('Call us and say who sent you.')
    expect(await referralsNow()).toEqual([])
  })

  it('as JSON or to an unknown code is refused', async () => {
    const headers = { 'content-type': 'application/json' }
    const json = await app.request(`/r/${anna.code}`, { method: 'POST', body: '{}', headers })
    expect(json.status).toBe(415)
    expect((await post(priya, 'ZZZZZZZ')).status).toBe(404)
  })

  it('with hostile words gets them back as words', async () => {
    const hostile = '"><script>alert(1)</script>'
    const { html } = await read(await fill({ name: hostile, phone: hostile, message: `</textarea>${hostile}` }))
    expect(html).not.toContain('<script>')
    expect(fieldOf(html, 'name')).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"')
  })
})

describe('an advocate, a business or an offer with hostile words', () => {
  it('shows them as words', async () => {
    const hostile = '<img src=x onerror=alert(1)>'
    const words = await world.campaign({}, { friendOffer: hostile, termsText: `${hostile}</style>` })
    const advocate = await world.advocate(words.id, { name: `${hostile} Kowalski`, email: 'h@mail.example' })
    const { html } = await open(advocate.code)
    expect(html).not.toContain('<img')
    expect(html).toContain('off &lt;img src=x onerror=alert(1)&gt;')
  })
})

describe('the token of a form', () => {
  it('sent within two seconds comes back with everything typed, and can be sent once they are over', async () => {
    const { token } = await open()
    test.clock.advance(900)
    const hasty = await read(await post({ ...priya, formToken: token }))
    expect(hasty.status).toBe(400)
    expect(noticeOf(hasty.html)).toBe('Check your details and send it again.')
    expect(fieldOf(hasty.html, 'phone')).toContain('value="(415) 555-0142"')
    test.clock.advance(1_100)
    expect((await post({ ...priya, formToken: hasty.token })).status).toBe(303)
  })

  it('left open for two days comes back with everything typed, and can be sent at once', async () => {
    const { token } = await open()
    test.clock.advance(2 * 86_400_000)
    const late = await read(await post({ ...priya, formToken: token }))
    expect(noticeOf(late.html)).toBe('Send it again. Your details are still here.')
    expect((await post({ ...priya, formToken: late.token })).status).toBe(303)
  })

  it('left open for two days is worth one referral, however often it is renewed', async () => {
    const { token } = await open()
    test.clock.advance(2 * 86_400_000)
    const tokens = []
    for (const name of ['Priya', 'Leo'])
      tokens.push((await read(await post({ ...priya, name, formToken: token }))).token)
    expect((await post({ ...priya, formToken: tokens[0] ?? '' })).status).toBe(303)
    const other = { ...priya, name: 'Leo Moreau', phone: '(415) 555-0143', formToken: tokens[1] ?? '' }
    expect((await post(other)).status).toBe(400)
    expect(await referralsNow()).toHaveLength(1)
  })

  it('used already, for someone else, comes back as one that can be sent', async () => {
    const { token } = await open()
    test.clock.advance(5_000)
    expect((await post({ ...priya, formToken: token })).status).toBe(303)
    const leo = { ...priya, name: 'Leo Moreau', phone: '(415) 555-0143' }
    const again = await read(await post({ ...leo, formToken: token }))
    expect(again.status).toBe(400)
    expect((await post({ ...leo, formToken: again.token })).status).toBe(303)
    expect(await referralsNow()).toHaveLength(2)
  })

  it('that is not ours, or of another organization, starts anew and has to wait', async () => {
    const other = await createWorld(test.services, 'Other Business')
    for (const formToken of [
      '',
      'made.up.token',
      'x'.repeat(2_000),
      newFormToken(test.services, other.organization.id),
    ]) {
      const refused = await read(await post({ ...priya, formToken }))
      expect(refused.status).toBe(400)
      expect(fieldOf(refused.html, 'name')).toContain('value="Priya Shah"')
      const hasty = await post({ ...priya, formToken: refused.token })
      expect(hasty.status).toBe(400)
    }
  })
})

it('too many forms from one place get a page that says when to try again', async () => {
  const limited = createApp({ ...test.services, config: { ...test.services.config, rateLimits: true } })
  const { token } = await open()
  test.clock.advance(5_000)
  let last: Page | null = null
  for (let time = 0; time < 31; time += 1) {
    const body = new URLSearchParams({ ...priya, name: '', formToken: token })
    last = await read(await limited.request(`/r/${anna.code}`, { method: 'POST', body }))
  }
  expect(last?.status).toBe(429)
  expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(noticeOf(last?.html ?? '')).toMatch(/^Too many requests\. Try again in \d+ seconds\.$/)
})

it('what an organization changes shows within five seconds', async () => {
  expect((await open()).html).toContain('off your first plumbing visit')
  await updateCampaign(world.ctx, campaign.id, { friendOffer: 'any repair', termsVersion: 1 })
  test.clock.advance(5_000)
  expect((await open()).html).toContain('off any repair')
})
