import type { CampaignForm } from '@goodword/contracts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/harness.ts'
import { browser, createHostedWorld, fieldErrorOf, type HostedWorld, pageOf, priya } from '../../../../test/hosted.ts'
import { pixelsOf } from '../../../../test/pixels.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { messages } from '../../platform/messages/messages.table.ts'
import { contrast } from './card.colors.ts'
import { createCards } from './card.ts'

let test: HostedWorld
beforeAll(async () => {
  test = await createHostedWorld()
})
afterAll(() => test.close())

describe("the fields of the campaign's form", () => {
  async function asking() {
    const form: CampaignForm = {
      email: 'required',
      phone: 'hidden',
      message: 'optional',
      consent: { text: 'You may write to me about this offer.' },
      question: { label: 'What is it about?', required: true, choices: ['A leak', 'Something new'] },
    }
    const campaign = await test.world.campaign({}, { name: 'Asking', form })
    const carla = await test.world.advocate(campaign.id, {
      name: 'Carla Diaz',
      email: `carla${Date.now()}@mail.example`,
    })
    const page = () => test.open(carla.code)
    const send = async (fields: Record<string, string>) => {
      const { token } = await page()
      test.clock.advance(5_000)
      return test.post({ ...fields, formToken: token }, carla.code)
    }
    return { page, send }
  }

  it('are shown, marked as required where they are, and no others', async () => {
    const { html } = await (await asking()).page()
    expect(html).toMatch(/<input[^>]*id="email"[^>]* aria-required="true"/)
    expect(html).not.toContain('id="phone"')
    expect(html).toContain('<option>A leak</option>')
    // Browsers call an empty field with the attribute "required" invalid from the start.
    expect(html).not.toMatch(/ required[ >]/)
    expect(html).toMatch(/<input type="checkbox"[^>]*id="consent"[^>]* aria-required="true"/)
  })

  it('are all reported at once if missing, and keep what was typed', async () => {
    const { send } = await asking()
    const response = await pageOf(await send({ name: 'Priya Shah', website: '' }))
    expect(response.status).toBe(400)
    expect(fieldErrorOf(response.html, 'email')).toBe('Enter your email address.')
    expect(response.html).not.toContain('Enter a phone number or an email address.')
    expect(fieldErrorOf(response.html, 'answer')).toBe('Answer this question.')
    expect(fieldErrorOf(response.html, 'consent')).toBe('Check the box to continue.')
    expect(response.html).toContain('value="Priya Shah"')
  })

  it('are stored with the answer and the consent text', async () => {
    const { send } = await asking()
    const response = await send({
      name: 'Priya Shah',
      email: 'priya.asked@mail.example',
      answer: 'A leak',
      consent: 'yes',
    })
    expect(response.status).toBe(303)
    const rows = await test.services.database.read.all<[string, string]>(
      "SELECT submitted, metadata FROM referrals WHERE submitted LIKE '%priya.asked%'",
    )
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).toContain('A leak')
    expect(JSON.stringify(rows)).toContain('You may write to me about this offer.')
  })
})

it('an advocate who hides their name is called a friend on the page, in its image and in the email', async () => {
  const quiet = await createWorld(test.services, 'Quiet Pipes')
  const advocate = await quiet.advocate((await quiet.campaign()).id, {
    name: 'Zelda Quist',
    email: 'zelda@mail.example',
  })
  await test.services.database.write((db) =>
    db.update(contacts).set({ sharesName: false }).where(eq(contacts.id, advocate.contactId)),
  )
  const { html, token } = await test.open(advocate.code)
  expect(html).toContain('A friend gave you $20 credit')
  test.clock.advance(5_000)
  const sent = await test.post({ ...priya, email: 'quiet@mail.example', formToken: token }, advocate.code)
  const thanks = await test.app.request(sent.headers.get('location') ?? '', { headers: browser })
  expect(await thanks.text()).toContain('Referred by a friend.')
  const letters = await test.services.database.read.select().from(messages).where(eq(messages.to, 'quiet@mail.example'))
  expect(letters.map(({ body }) => body).join()).toContain(', from a friend.')
  expect(html + letters.map(({ body }) => body).join()).not.toContain('Zelda')
})

describe('the preview image of a link', () => {
  const addressIn = (html: string) =>
    /property="og:image" content="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''

  it('is named in the page, measures 1200 by 630, and is cached while it is current', async () => {
    const { html } = await test.open()
    expect(html).toContain('name="twitter:card" content="summary_large_image"')
    const address = new URL(addressIn(html))
    const response = await test.app.request(address.pathname + address.search)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const png = Buffer.from(await response.arrayBuffer())
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1_200, 630])
    const etag = response.headers.get('etag') ?? ''
    const again = await test.app.request(address.pathname, { headers: { 'if-none-match': etag } })
    expect([again.status, again.headers.get('cache-control')]).toEqual([304, 'public, max-age=300'])
  })

  it("doesn't exist for an unknown code", async () => {
    expect((await test.app.request('/r/NOBODY22/card.png')).status).toBe(404)
  })

  it("is omitted if a letter can't be rendered", () => {
    const card = { lead: '王伟 gave you', figure: '$20', words: 'off', business: 'Harbor', brandColor: '#16507c' }
    expect(createCards()(card)).toBeNull()
  })

  it('is rendered once for everyone, and again when its content changes', async () => {
    const card = { lead: 'Anna gave you', figure: '$20', words: 'off', business: 'Harbor', brandColor: '#16507c' }
    const cardOf = createCards()
    const [first, second] = [cardOf(card), cardOf({ ...card })]
    expect(second).toBe(first)
    expect(await cardOf({ ...card, figure: '$25' })).not.toEqual(await first)
  })

  it.each(['#16507c', '#8a2c5e', '#f2c94c', '#0b0b0b', '#ffffff'])('is readable on %s', async (brandColor) => {
    const card = {
      lead: 'Anna gave you',
      figure: '$20',
      words: 'off your first visit',
      business: 'Harbor',
      brandColor,
    }
    const png = await createCards()(card)
    if (!png) throw new Error('The fonts have every letter of it.')
    const colorAt = pixelsOf(png, 1_200, 630)
    expect(colorAt(10, 10)).toEqual([248, 245, 240])
    const slip = colorAt(1_000, 300)
    expect(slip).toEqual([1, 3, 5].map((at) => Number.parseInt(brandColor.slice(at, at + 2), 16)))
    // The tear-off dashes are 14 px wide, start at x = 112 and have the text color.
    expect(contrast(colorAt(118, 452), slip)).toBeGreaterThan(4.5)
  })
})
