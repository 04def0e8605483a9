import { wordsIn } from '@goodword/words/server'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stranger } from '../../../../test/harness.ts'
import {
  browser,
  createHostedWorld,
  fieldErrorOf,
  fieldOf,
  type HostedWorld,
  noticeOf,
  pageOf,
  priya,
} from '../../../../test/hosted.ts'
import { createApp } from '../../../app.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { messages } from '../../platform/messages/messages.table.ts'
import { unsubscribeUrl } from '../../platform/messages/unsubscribe.ts'
import { createFriendLink } from '../../program/referrals/friendLinks.ts'

let test: HostedWorld
beforeAll(async () => {
  test = await createHostedWorld()
})
afterAll(() => test.close())

const speaking = (language: string) => ({ ...browser, 'accept-language': language })
const plain = (text: string | undefined) => text?.replace(/[\u00a0\u202f]/g, ' ')
const look = async (path: string, language = '') =>
  pageOf(await test.app.request(path, { headers: speaking(language) }))
const send = (path: string, fields: Record<string, string>, language = '') =>
  test.app.request(path, { method: 'POST', body: new URLSearchParams(fields), headers: speaking(language) })
const langOf = (html: string) => /<html lang="(\w+)" dir="ltr">/.exec(html)?.[1]

describe('the hosted page is shown', () => {
  it.each([
    ['de-AT,de;q=0.9,en;q=0.8', 'de', 'Anna schenkt Ihnen 20 $ Guthaben nach dem Auftrag: your first plumbing visit'],
    ['es-MX', 'es', 'Anna le regala 20 US$ de saldo tras el trabajo: your first plumbing visit'],
    ['en;q=0.3, fr-CA;q=0.9', 'fr', 'Anna vous offre 20 $US d’avoir après les travaux : your first plumbing visit'],
    ['ja, pt;q=0.5, *;q=0.1', 'pt', 'Anna deu a você US$ 20 em crédito depois do serviço: your first plumbing visit'],
    ['ja, ko;q=0.9', 'en', 'Anna gave you $20 credit after your first plumbing visit'],
    ['de;q=0, *', 'en', 'Anna gave you $20 credit after your first plumbing visit'],
    ['', 'en', 'Anna gave you $20 credit after your first plumbing visit'],
  ])('to a browser that prefers "%s" in %s', async (accepted, language, title) => {
    const { html, headers } = await look(`/r/${test.anna.code}`, accepted)
    expect(langOf(html)).toBe(language)
    expect(plain(html)).toContain(`<title>${title} · Harbor &amp; Sons</title>`)
    expect(plain(html)).toContain(`property="og:title" content="${title}"`)
    expect(html).toMatch(new RegExp(`property="og:locale" content="${language}_[A-Z]{2}"`))
    expect([headers.get('vary'), headers.get('content-language')]).toEqual(['Accept-Language', language])
    expect(headers.get('cache-control')).toBe('no-store')
    expect(html).toContain('One offer for each household.')
  })

  it('in the language of its URL, whatever the browser prefers', async () => {
    expect(langOf((await look(`/r/${test.anna.code}?lang=fr-CA`, 'de')).html)).toBe('fr')
    expect(langOf((await look(`/r/${test.anna.code}?lang=klingon`, 'de')).html)).toBe('de')
  })

  it('to simultaneous visitors in their own languages', async () => {
    const tags = ['de', 'en', 'fr', 'de', 'es', 'pt', 'en']
    const pages = await Promise.all(tags.map((tag) => look(`/r/${test.anna.code}`, tag)))
    expect(pages.map(({ html }) => langOf(html))).toEqual(tags)
  })

  it('with a preview image in the same language', async () => {
    const addresses = await Promise.all(
      ['en', 'de', 'es', 'fr', 'pt'].map(async (tag) => {
        const { html } = await look(`/r/${test.anna.code}`, tag)
        return /property="og:image" content="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''
      }),
    )
    expect(new Set(addresses).size).toBe(5)
    for (const address of addresses) {
      const { pathname, search } = new URL(address)
      const picture = await test.app.request(pathname + search, { headers: speaking('pt') })
      expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png'])
      expect(picture.headers.get('cache-control')).toContain('immutable')
      expect(picture.headers.get('vary')).toBeNull()
    }
  })
})

describe('the language of the URL', () => {
  it('is kept through the form: an error, the correction, the thank-you page and the way back', async () => {
    const first = await look(`/r/${test.anna.code}?lang=de`, 'en')
    expect(first.html).toContain(`action="/r/${test.anna.code}?lang=de"`)
    expect(first.html).toContain(
      `property="og:url" content="${test.services.config.publicUrl}/r/${test.anna.code}?lang=de"`,
    )
    test.clock.advance(5_000)
    const address = `/r/${test.anna.code}?lang=de`
    const wrong = await pageOf(
      await send(address, { ...priya, name: '', email: 'priya@', formToken: first.token }, 'en'),
    )
    expect(fieldErrorOf(wrong.html, 'name')).toBe('Geben Sie Ihren Namen ein.')
    expect(fieldErrorOf(wrong.html, 'email')).toBe('Geben Sie eine Adresse wie name@example.com ein.')
    expect(fieldOf(wrong.html, 'phone')).toContain('value="(415) 555-0142"')
    expect(wrong.html).toContain(`action="/r/${test.anna.code}?lang=de"`)
    const taken = await send(address, { ...priya, formToken: wrong.token }, 'en')
    expect(taken.status).toBe(303)
    const thanks = await look(taken.headers.get('location') ?? '', 'en')
    expect(plain(thanks.html)).toContain('<h1>Danke, Priya. Ihr Guthaben von 20 $ ist vorgemerkt.</h1>')
    expect(thanks.html).toContain('Diese Empfehlung zählt für Anna.')
    expect(thanks.html).toContain(`<a href="/r/${test.anna.code}?lang=de">Zurück zum Angebot</a>`)
    expect((await look(`/r/${test.anna.code}/thanks?t=made-up&lang=de`)).status).toBe(303)
    const [kept] = await test.services.database.read.select().from(contacts).where(eq(contacts.name, 'Priya Shah'))
    expect(kept?.language).toBe('de')
  })
})

describe.each(['es', 'de', 'fr', 'pt'])('a rejected friend reads why, in %s', (language) => {
  const words = wordsIn(language)
  const facts = { phone: '(415) 555-0100', ended: null }
  const escaped = (text: string) => text.replaceAll("'", '&#39;').replaceAll('"', '&quot;')
  async function refusedOf(fields: Record<string, string>, code = test.anna.code) {
    const { token } = await look(`/r/${code}`, language)
    test.clock.advance(5_000)
    return pageOf(await send(`/r/${code}`, { ...priya, formToken: token, ...fields }, language))
  }

  it('their own link, an invalid phone number, a script, an invalid form token', async () => {
    const own = await refusedOf({ email: 'anna@mail.example' })
    expect([own.status, noticeOf(own.html)]).toEqual([409, escaped(words.refusal('self_referral', facts))])
    const number = await refusedOf({ phone: '12345' })
    expect(fieldErrorOf(number.html, 'phone')).toBe(words.field('phoneWrong'))
    const machine = await refusedOf({ website: 'https://spam.example' })
    expect(noticeOf(machine.html)).toBe(escaped(words.refusal('hidden_field_filled', facts)))
    const foreign = await refusedOf({ formToken: 'made.up.token' })
    expect(noticeOf(foreign.html)).toBe(escaped(words.refusal('form_token_invalid', facts)))
  })

  it('an unknown code', async () => {
    const unknown = await look('/r/NOBODY22', language)
    expect([unknown.status, langOf(unknown.html)]).toEqual([404, language])
    expect(unknown.html).toContain(escaped(words.refusal('code_unknown', facts)))
  })
})

it('a rate limited friend reads in their language when to try again', async () => {
  const limited = createApp({ ...test.services, config: { ...test.services.config, rateLimits: true } })
  const ask = (language: string) =>
    limited.request(`/f/${'x'.repeat(43)}`, {
      method: 'POST',
      body: new URLSearchParams({ sure: 'yes' }),
      headers: { ...speaking(language), accept: 'text/html' },
    })
  for (let time = 0; time < 30; time += 1) expect((await ask('de')).status).toBe(404)
  for (const language of ['es', 'de', 'fr', 'pt', 'en']) {
    const { status, html, headers } = await pageOf(await ask(language))
    expect([status, langOf(html)]).toEqual([429, language])
    const wait = { phone: null, ended: null, seconds: Number(headers.get('retry-after')) }
    expect(html).toContain(`<p>${wordsIn(language).refusal('rate_limited', wait)}</p>`)
  }
})

it("the unsubscribe page is in the browser's language", async () => {
  const { token } = await look(`/r/${test.anna.code}`)
  test.clock.advance(5_000)
  await send(`/r/${test.anna.code}`, { ...stranger('Leo Moreau'), formToken: token })
  const [letter] = await test.services.database.read.select().from(messages).where(eq(messages.name, 'Leo Moreau'))
  const { pathname } = new URL(unsubscribeUrl(test.services, letter?.id ?? ''))
  const asked = await look(pathname, 'es')
  expect([asked.status, langOf(asked.html)]).toEqual([200, 'es'])
  expect(asked.html).toContain('¿No quiere más correos de Harbor &amp; Sons?')
  const stopped = await pageOf(await send(pathname, { again: 'no' }, 'pt'))
  expect(stopped.html).toContain('Você não recebe mais e-mails de Harbor &amp; Sons')
  const unknown = await look('/u/nobody', 'fr')
  expect([unknown.status, langOf(unknown.html)]).toEqual([404, 'fr'])
})

describe('the form on a website', () => {
  const submit = async (fields: Record<string, string>, lang: string, app = test.app) => {
    const response = await app.request(`/embed/referrals?key=${test.world.publishableKey}&lang=${lang}`, {
      method: 'POST',
      body: JSON.stringify({ code: test.anna.code, name: 'Priya', formToken: 'made.up.token', ...fields }),
      headers: { 'content-type': 'application/json' },
    })
    return { status: response.status, problem: await response.json() }
  }

  it.each(['es', 'de', 'fr', 'pt'])('gets errors of the schema, the phone number and the token in %s', async (lang) => {
    const { field, refusal } = wordsIn(lang)
    const wrong = await submit({ phone: 'call me', email: 'priya@', message: 'x'.repeat(2_001) }, lang)
    expect(wrong.status).toBe(400)
    expect(wrong.problem.errors).toEqual([
      { path: 'email', message: field('emailWrong') },
      { path: 'phone', message: field('phoneSigns') },
      { path: 'message', message: field('textLong') },
    ])
    const nobody = await submit({ email: '' }, lang)
    expect(nobody.problem.errors).toContainEqual({ path: 'email', message: field('emailWrong') })
    const used = await submit({ email: 'p@mail.example' }, lang)
    expect(used.problem.detail).toBe(refusal('form_token_invalid', { phone: null, ended: null }))
    const { token } = await look(`/r/${test.anna.code}`)
    test.clock.advance(5_000)
    const number = await submit({ phone: '12345', formToken: token }, lang)
    expect(number.problem).toMatchObject({
      code: 'phone_invalid',
      errors: [{ path: 'phone', message: field('phoneWrong') }],
    })
  })

  it('gets the rate limit error in its language', async () => {
    const limited = createApp({ ...test.services, config: { ...test.services.config, rateLimits: true } })
    for (let time = 0; time < 600; time += 1) await submit({ email: 'p@mail.example' }, 'fr', limited)
    const { status, problem } = await submit({ email: 'p@mail.example' }, 'fr', limited)
    expect(status).toBe(429)
    expect(plain(problem.detail)).toMatch(/^Trop de demandes\. Réessayez dans \d+ secondes\.$/)
  })
})

describe("the friend's own page", () => {
  it('is in the language of the browser or of its URL, also where the data is deleted', async () => {
    const referral = await test.world.referral(test.anna.id)
    const path = `/f/${await createFriendLink(test.world.ctx, referral.id)}`
    const german = await look(path, 'de')
    expect(langOf(german.html)).toBe('de')
    expect(plain(german.html)).toContain('Anna schenkt Ihnen 20 $ Guthaben')
    expect(german.html).toContain('Seit 1. Juni 2026.')
    expect(german.headers.get('vary')).toBe('Accept-Language')
    const asked = await look(`${path}?lang=es`, 'de')
    expect(asked.html).toContain('<input type="hidden" name="lang" value="es">')
    const sure = await look(`${path}?delete=ask&lang=es`, 'de')
    expect(sure.html).toContain('¿Borrar sus datos?')
    expect(sure.html).toContain(`action="${path}?lang=es"`)
    const deleted = await pageOf(await send(`${path}?lang=es`, { sure: 'yes' }, 'de'))
    expect(deleted.html).toContain('Sus datos se han borrado')
    const gone = await look(path, 'fr')
    expect([gone.status, langOf(gone.html)]).toEqual([404, 'fr'])
    expect(gone.html).toContain('Ce lien ne fonctionne plus')
  })
})
