import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { browser, createHostedWorld, type HostedWorld, textOf } from '../../../../test/hosted.ts'
import { updateCampaign } from '../console/campaigns.ts'
import { flushVisits } from '../embed/visits.ts'

let page: HostedWorld

beforeEach(async () => {
  page = await createHostedWorld()
})
afterEach(() => page.close())

describe('a friend opens the link', () => {
  it('sees the offer and the advocate, and can reply without a script', async () => {
    const { status, html } = await page.open()
    expect(status).toBe(200)
    expect(html).toContain(
      '<title>Anna gave you $20 credit after your first plumbing visit · Harbor &amp; Sons</title>',
    )
    expect(html).toContain('property="og:title" content="Anna gave you $20 credit after your first plumbing visit"')
    expect(html).toContain('<h1><span class="unseen">$20 </span>credit after your first plumbing visit</h1>')
    expect(html).toContain('Claim my $20')
    expect(html).toContain('href="tel:4155550100"')
    expect(html).toContain('One offer for each household.')
    expect(html).not.toContain('<script')
    for (const name of ['name', 'phone', 'email', 'message']) expect(html).toContain(`<label for="${name}">`)
  })

  it('finds the offer whatever the case of the code', async () => {
    expect((await page.open(page.anna.code.toLowerCase())).status).toBe(200)
  })

  it('gets a policy that allows one style and no scripts, with a new nonce each time', async () => {
    const nonces = []
    for (const { html, headers } of [await page.open(), await page.open()]) {
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

  it('gets the same headers as every other page', async () => {
    const offer = await page.open()
    const notFound = await page.open('ZZZZZZZ')
    const comparable = ({ headers }: { headers: Headers }) => {
      const known = Object.fromEntries(headers)
      expect(known['x-request-id']).toMatch(/^[\w-]{10,}$/)
      const nonce = /'nonce-([^']+)'/.exec(known['content-security-policy'] ?? '')?.[1] ?? 'none'
      const policy = known['content-security-policy']?.replace(nonce, '')
      return { ...known, 'x-request-id': '', 'content-security-policy': policy }
    }
    expect([offer.status, notFound.status]).toEqual([200, 404])
    expect(comparable(offer)).toEqual(comparable(notFound))
  })

  it('gets a stylesheet that is cached for a year', async () => {
    const url = /<link rel="stylesheet" href="([^"]+)">/.exec((await page.open()).html)?.[1] ?? ''
    const response = await page.app.request(url)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('text/css')
    expect(response.headers.get('cache-control')).toContain('immutable')
    expect(await response.text()).toContain('--gw-brand')
  })

  it('reads that the code is unknown', async () => {
    const { status, html } = await page.open('ZZZZZZZ')
    expect(status).toBe(404)
    expect(html).toContain('We don’t know that code. Check it, or ask your friend to send the link again.')
    expect(html).not.toContain('<form')
  })

  it.each([
    '/',
    '//',
    '.',
    ',',
    ')',
    ').',
    '%20.',
    '%E2%80%8B',
    '%22',
    '%3E',
    '&fbclid=x',
    '%3Ffbclid=x',
    '/x',
    '%',
    '%E2',
  ])('finds the page of a link with %s at its end', async (end) => {
    const { code } = page.anna
    for (const typed of [`/r/${code}${end}?lang=de&fbclid=x`, `/r/${code.toLowerCase()}${end}?lang=de&fbclid=x`]) {
      const response = await page.app.request(typed, { headers: browser })
      expect([typed, response.status]).toEqual([typed, 302])
      expect(response.headers.get('location')).toBe(`/r/${code}?lang=de&fbclid=x`)
    }
    expect(await flushVisits(page.services)).toBe(0)
  })

  it.each(['%E2%80%8BCODE', '%22CODE%22', '(CODE)', '/CODE', 'CODE%20thanks'])(
    'finds the page of a link that ends in %s',
    async (spelling) => {
      const response = await page.app.request(`/r/${spelling.replace('CODE', page.anna.code)}`, { headers: browser })
      expect([response.status, response.headers.get('location')]).toEqual([302, `/r/${page.anna.code}`])
    },
  )

  it.each(['', '/', '/nope/', '/nope.', '/%20', '/%', '/ZZZZZZZ/thanks/x'])(
    'reads that there is no such link at /r%s, on a page that is never empty',
    async (path) => {
      const response = await page.app.request(`/r${path}`, { headers: { ...browser, accept: 'text/html' } })
      expect(response.status).toBe(404)
      expect(await response.text()).toContain('We don’t know that code.')
    },
  )

  it.each(['CODE%20', '%20CODE', 'code', 'CODE%C2%A0', '%EF%BB%BFCODE'])(
    'is on the page itself at %s',
    async (spelling) => {
      const { code } = page.anna
      const typed = spelling.replace('CODE', code).replace('code', code.toLowerCase())
      expect((await page.open(typed)).html).toContain('Anna gave you')
    },
  )

  it('finds the page of a link in capital letters, as QR codes have it', async () => {
    const response = await page.app.request(`/R/${page.anna.code}`, { headers: browser })
    expect(response.headers.get('location')).toBe(`/r/${page.anna.code}`)
  })

  it('reads that the offer has ended, and whom to call', async () => {
    await updateCampaign(page.world.ctx, page.campaign.id, { endsAt: '2026-05-02T06:00:00.000Z', termsVersion: 1 })
    const { status, html } = await page.open()
    expect(status).toBe(200)
    expect(html).toContain('This offer ended on May 1. You can still book a visit.')
    expect(textOf(html)).toContain('Call (415) 555-0100')
    expect(html).not.toContain('<form')
  })

  it('reads a custom offer in its own words, and a page without an offer as a recommendation', async () => {
    const custom = await page.world.campaign({ friend: { kind: 'custom', text: 'A free drain check' } })
    const none = await page.world.campaign({ friend: { kind: 'none' } })
    const [first, second] = [await page.world.advocate(custom.id), await page.world.advocate(none.id)]
    expect((await page.open(first.code)).html).toContain('<h1>A free drain check</h1>')
    const { html } = await page.open(second.code)
    expect(html).toContain('<title>Anna recommends Harbor &amp; Sons · Harbor &amp; Sons</title>')
    expect(html).toContain('Send my details')
  })
})

describe('a visit', () => {
  it('counts if a person opens the page, and not for previews, HEAD or prefetching', async () => {
    await page.open()
    await page.open(page.anna.code, { 'user-agent': 'facebookexternalhit/1.1 Facebot Twitterbot/1.0' })
    await page.open(page.anna.code, { 'user-agent': 'WhatsApp/2.24 A' })
    await page.open(page.anna.code, { 'user-agent': 'python-httpx/0.27.0' })
    await page.open(page.anna.code, {
      'user-agent': 'Mozilla/5.0 (compatible; Barracuda Sentinel (EE); +https://www.barracuda.com)',
    })
    await page.open(page.anna.code, { 'user-agent': '' })
    await page.open(page.anna.code, { ...browser, 'sec-purpose': 'prefetch' })
    await page.app.request(`/r/${page.anna.code}`, { method: 'HEAD', headers: browser })
    expect(await flushVisits(page.services)).toBe(1)
  })

  it.each([
    'curl/8.5.0',
    'Wget/1.21.4',
    'python-requests/2.32.3',
    'Python/3.12 aiohttp/3.9.5',
    'Go-http-client/2.0',
    'okhttp/4.12.0',
    'Java/21.0.2',
    'Java-http-client/21',
    'Apache-HttpClient/5.3 (Java/21)',
    'axios/1.7.2',
    'node',
    'undici',
    'node-fetch/1.0 (+https://github.com/bitinn/node-fetch)',
    'got (https://github.com/sindresorhus/got)',
    'Dart/3.4 (dart:io)',
    'Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8)',
    'GuzzleHttp/7',
    'Faraday v2.9.0',
    'libwww-perl/6.77',
    'PostmanRuntime/7.39.0',
    'MyApp/1 CFNetwork/1494.0.7 Darwin/23.4.0',
    'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0; Pro)',
    'Mozilla/4.0 (compatible; ms-office; MSOffice 16)',
    'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 BingPreview/1.0b',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0 Safari/537.36',
    'Mozilla/5.0 (linux) AppleWebKit/537.36 (KHTML, like Gecko) jsdom/24.1.0',
    'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
    'TelegramBot (like TwitterBot)',
    'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
    'Mimecast/1.0',
    'Mozilla/5.0 (compatible; proofpoint-urldefense)',
  ])('does not count of a program or scanner: %s', async (agent) => {
    await page.open(page.anna.code, { 'user-agent': agent })
    expect(await flushVisits(page.services)).toBe(0)
  })

  it('counts once when the page is reloaded within half an hour, and for each person', async () => {
    const desktop = { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0' }
    for (let times = 0; times < 3; times += 1) await page.open()
    await page.open(page.anna.code, desktop)
    await page.open(page.anna.code, { ...desktop, 'accept-language': 'de' })
    expect(await flushVisits(page.services)).toBe(3)
    const ben = await page.world.advocate(page.campaign.id)
    await page.open(ben.code)
    expect(await flushVisits(page.services)).toBe(1)
    page.clock.advance(29 * 60_000)
    await page.open()
    expect(await flushVisits(page.services)).toBe(0)
    page.clock.advance(60_000)
    await page.open()
    expect(await flushVisits(page.services)).toBe(1)
  })

  it('of a website counts if a person followed the link there', async () => {
    const follow = (agent: string) =>
      page.app.request(`/embed/visits?key=${page.world.publishableKey}&code=${page.anna.code}`, {
        method: 'POST',
        headers: { 'user-agent': agent },
      })
    const robot = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'
    expect(await (await follow(robot)).json()).toEqual({ known: true })
    expect(await flushVisits(page.services)).toBe(0)
    await follow(browser['user-agent'])
    expect(await flushVisits(page.services)).toBe(1)
  })

  it('counts on a phone whose brand or app is named like a robot', async () => {
    const android = (device: string) =>
      `Mozilla/5.0 (Linux; Android 14; ${device}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36`
    await page.open(page.anna.code, { 'user-agent': android('CUBOT X50') })
    await page.open(page.anna.code, { 'user-agent': `${android('Pixel 8')} [Pinterest/Android]` })
    expect(await flushVisits(page.services)).toBe(2)
  })
})

describe('HTML in the name of an advocate, a business or an offer', () => {
  it('is shown as text', async () => {
    const hostile = '<img src=x onerror=alert(1)>'
    const words = await page.world.campaign({}, { friendOffer: hostile, termsText: `${hostile}</style>` })
    const advocate = await page.world.advocate(words.id, { name: `${hostile} Kowalski`, email: 'h@mail.example' })
    const { html } = await page.open(advocate.code)
    expect(html).not.toContain('<img')
    expect(html).toContain('after &lt;img src=x onerror=alert(1)&gt;')
  })
})

it('a change by the organization appears on the next page', async () => {
  expect((await page.open()).html).toContain('credit after your first plumbing visit')
  await updateCampaign(page.world.ctx, page.campaign.id, { friendOffer: 'any repair', termsVersion: 1 })
  expect((await page.open()).html).toContain('credit after any repair')
})

it('a reward off this job is described as a discount, and credit as for later', async () => {
  const { html } = await page.open()
  expect(html).toContain('<b>$20 credit</b><span>Yours to use once the job is done</span>')
  const off = await page.world.campaign({ friendRewardUse: 'off_this_job' })
  const advocate = await page.world.advocate(off.id, { name: 'Anna Kowalski', email: 'off@mail.example' })
  const other = (await page.open(advocate.code)).html
  expect(other).toContain('<title>Anna gave you $20 off your first plumbing visit · ')
  expect(other).toContain('<b>Your $20</b><span>Taken off when the job is done</span>')
})
