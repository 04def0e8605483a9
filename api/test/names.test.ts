import { visibleLine, visibleText } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { createTestApp } from './app.ts'
import { bareOf, inputFields } from './fields.ts'
import { anotherWorld } from './harness.ts'

const fields = inputFields()
const isText = ({ schema }: (typeof fields)[number]) => (bareOf(schema).def as { type: string }).type === 'string'
const names = fields.filter((field) => isText(field) && /^(?:name|.*[a-z]Name|advocateNamed)$/.test(field.name))
const landingPages = fields.filter(({ name }) => name === 'landingUrl')
const websites = fields.filter(({ at }) => /landingUrl$|^organization.*website$/.test(at))

describe('a name', () => {
  it('is a field in many places', () => {
    expect(names.map(({ at }) => at)).toEqual(
      expect.arrayContaining([
        'referrals.create body.friend.name',
        'referrals.create body.advocateNamed',
        'organization.update body.name',
        'campaigns.create body.name',
        'embed.submit body.name',
      ]),
    )
  })

  it.each(names)('contains no invisible characters: $at', ({ schema }) => {
    const typed = '\u2066Al\u202e\r\nGr\u200bay\u0007\ufeff\u200d\u2069'
    const read = schema.safeParse(typed)
    if (read.success) expect(read.data).toBe('Al Gray')
    for (const nothing of ['\u202e', '\u200b \u200d', '\n']) expect(schema.safeParse(nothing).success).toBe(false)
  })

  it.each([
    ['Persian, with a joiner that keeps letters apart', 'علی\u200cرضا محمدی'],
    ['Hindi, with a joiner that shapes letters', 'क्\u200dष\u200cत्रिय'],
    ['emoji that are one by joiners', 'Ana 👩🏽\u200d🔧'],
    ['a flag of tags', 'Rhys 🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}'],
    ['accents and apostrophes', 'Zoë O’Brien-Núñez'],
    ['Hebrew', 'שרה לוי'],
    ['Chinese', '王小明'],
  ])('stays as it was typed: %s', (_, name) => {
    expect(visibleLine(name)).toBe(name)
  })

  it('on several lines becomes one line, and a note keeps its lines', () => {
    expect(visibleLine('  Priya\u2028Shah\t(work) ')).toBe('Priya Shah (work)')
    expect(visibleText('Call\nat \u202enoon\u0000')).toBe('Call\nat noon')
  })
})

describe('a URL that friends are sent to', () => {
  it.each(landingPages)('uses https, except on this computer: $at', ({ schema }) => {
    for (const good of ['https://harborsons.example/refer', 'http://127.0.0.1:3000/', 'http://localhost:5173/x'])
      expect([good, schema.safeParse(good).success]).toEqual([good, true])
    for (const bad of [
      'http://harborsons.example/',
      'https://*.',
      'https://*.example.com/',
      'https://a..b/',
      'javascript:x',
    ])
      expect([bad, schema.safeParse(bad).success]).toEqual([bad, false])
  })

  it.each(websites)('contains no password: $at', ({ schema }) => {
    for (const bad of ['https://maya:secret@harborsons.example/', 'https://maya@harborsons.example/'])
      expect([bad, schema.safeParse(bad).success]).toEqual([bad, false])
  })
})

it('an allowed website has a host name', async () => {
  const test = await createTestApp()
  const { ctx } = await anotherWorld(test.services)
  const as = await test.secretKey(ctx, ['settings:write'])
  const add = async (origin: string) => (await test.request('POST', '/v1/sites', { as, body: { origin } })).status
  for (const bad of ['https://*.', 'https://*.harborsons.example', 'https://.', 'https://a..b', 'https://-x.example'])
    expect([bad, await add(bad)]).toEqual([bad, 400])
  for (const good of ['https://harborsons.example', 'https://bücher.example', 'https://[2001:db8::1]:8443'])
    expect([good, await add(good)]).toEqual([good, 201])
  await test.close()
})
