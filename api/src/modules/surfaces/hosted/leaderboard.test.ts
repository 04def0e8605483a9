import { ConvertReferral, type EmbedElements, UpdateLeaderboardSettings } from '@goodword/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../../test/app.ts'
import { anotherWorld, stranger, type World } from '../../../../test/harness.ts'
import { codeOf, portalOver, read } from '../../../../test/portal.ts'
import { convertReferral } from '../../program/conversions/conversions.ts'
import { updateLeaderboardSettings } from '../../program/leaderboard/settings.ts'

let test: TestApp
let world: World
let other: World
let campaignId: string
const people = new Map<string, { id: string; contactId: string }>()
const { ask, signIn, homeOf } = portalOver(() => test.app)
let friends = 0
async function close(advocateId: string) {
  friends += 1
  const { id } = await world.referral(advocateId, stranger(`Friend Number${friends}`))
  await convertReferral(world.ctx, id, ConvertReferral.parse({ jobValue: 10_000, notify: false }))
}
const settings = (given: object) =>
  updateLeaderboardSettings(world.ctx, UpdateLeaderboardSettings.parse({ slug: 'neighbors', ...given }))
const here = () => ({ organizationId: world.organization.id })
const cookieOfPerson = (name: string, scope: 'view' | 'full' = 'full') =>
  signIn(world, people.get(name)?.contactId ?? '', scope)
const show = async (name: string, onLeaderboard = true) =>
  ask('PATCH', '/account', await cookieOfPerson(name), { ...here(), onLeaderboard })
const page = (path = '/l/neighbors', headers = {}) => test.request('GET', path, { headers })
const embedded = async (query: string, { publishableKey } = world) =>
  (await read<EmbedElements>(test.request('GET', `/embed/elements?key=${publishableKey}&leaderboard=${query}`)))
    .leaderboard

beforeAll(async () => {
  test = await createTestApp()
  test.clock.set(Date.parse('2026-11-30T17:00:00Z'))
  world = await anotherWorld(test.services)
  other = await anotherWorld(test.services, 'Bayside')
  campaignId = (await world.campaign()).id
  for (const [name, closed] of [
    ['Dana Whitfield', 5],
    ['Luis Ferreira', 4],
    ['Marcus Tate', 4],
    ['Joanna Reyes', 3],
    ['Bao Yilmaz', 3],
    ['Oscar Jackson', 1],
  ] as const) {
    const one = await world.advocate(campaignId, stranger(name))
    people.set(name, one)
    for (let n = 0; n < closed; n += 1) await close(one.id)
  }
})
afterAll(() => test.close())

describe('before it is switched on', () => {
  it('nobody sees a leaderboard: no page, no element, nothing in the portal', async () => {
    const answer = await page('/l/neighbors', { 'accept-language': 'de' })
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('Hier gibt es keine Bestenliste')
    expect(await embedded('')).toBeNull()
    expect((await homeOf(await cookieOfPerson('Dana Whitfield'))).leaderboard).toBeNull()
  })
})

describe('once it is', () => {
  beforeAll(async () => {
    await settings({ isPublic: true })
    for (const name of ['Dana Whitfield', 'Luis Ferreira', 'Marcus Tate', 'Joanna Reyes', 'Bao Yilmaz'])
      expect((await show(name)).status).toBe(200)
  })

  it('its page shows first names, initials and counts of those who asked for it, and nothing else of anybody', async () => {
    const text = await (await page()).text()
    const rows = text
      .split('<ol class="ranks">')[1]
      ?.split('</ol>')[0]
      ?.replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
    const [first, ...tied] = rows?.trim().split(/(?<=friends) /) ?? []
    expect(first).toBe('1 DW Dana W. 5 friends')
    expect(tied.slice(0, 2).sort()).toEqual(['2 shared LF Luis F. 4 friends', '2 shared MT Marcus T. 4 friends'])
    expect(tied.slice(2).sort()).toEqual(['4 shared BY Bao Y. 3 friends', '4 shared JR Joanna R. 3 friends'])
    expect(text).toMatch(/<h2>October.–.December 2026</)
    expect(text).toContain('Updated Nov 30, 2026')
    expect(text).not.toMatch(/Oscar|Whitfield|mail\.example|\+1415|\$|con_|adv_|org_|<script/)
  })

  it('shows a period by its address, in the language of whoever asks, and is cached for a minute', async () => {
    const answer = await page('/l/Neighbors?period=all&lang=fr')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=60')
    const text = await answer.text()
    expect(text).toContain('Depuis le début')
    expect(text).toContain('5 amis')
    expect(text).toContain('href="?period=month&amp;lang=fr"')
    expect(await (await page('/l/neighbors?period=month')).text()).toContain('<h2>November 2026</h2>')
  })

  it('the element gets the same rows in the answer for all elements of a page', async () => {
    const board = await embedded('year&lang=es')
    expect(board?.rows[0]).toEqual({ name: 'Dana W.', place: 1, shared: false, closed: 5, countText: '5 amigos' })
    expect(board).toMatchObject({
      title: 'Clasificación',
      sharedText: 'compartido',
      emptyText: null,
      spanText: 'enero–diciembre de 2026',
    })
    expect(JSON.stringify(board)).not.toMatch(/con_|adv_|@|\+1415/)
    expect(await embedded('', other)).toBeNull()
  })

  it('counts at most once a minute, and whoever leaves is gone at once', async () => {
    const first = async () => (await embedded('month'))?.rows[0]?.closed
    expect(await first()).toBe(5)
    await close(people.get('Dana Whitfield')?.id ?? '')
    test.clock.advance(60_000)
    expect(await first()).toBe(6)
    await show('Dana Whitfield', false)
    expect(await first()).toBe(4)
    await show('Dana Whitfield')
  })

  it('the portal says the own place, what the next friend changes, and shows the name others see', async () => {
    const joanna = (await homeOf(await cookieOfPerson('Joanna Reyes'))).leaderboard
    expect(joanna).toMatchObject({
      spanText: expect.stringMatching(/^October.–.December 2026$/),
      placeText: 'You’re tied for 4th place.',
      nextText: 'One more friend who books ties you for 2nd place.',
      listed: true,
      name: 'Joanna R.',
    })
    expect(joanna?.rows.filter(({ you }) => you).map(({ name, place }) => [name, place])).toEqual([['Joanna R.', 4]])
    const oscar = (await homeOf(await cookieOfPerson('Oscar Jackson'))).leaderboard
    expect(oscar).toMatchObject({
      placeText: 'You’d be in 6th place if you were listed.',
      listed: false,
      name: 'Oscar J.',
    })
    expect(oscar?.rows.some(({ you }) => you)).toBe(false)
  })

  it('a link that only shows the portal does not put a name in public', async () => {
    const cookie = await cookieOfPerson('Oscar Jackson', 'view')
    const refused = await ask('PATCH', '/account', cookie, { ...here(), onLeaderboard: true })
    expect(refused.status).toBe(403)
    const moved = await ask('PATCH', '/account', await cookieOfPerson('Oscar Jackson'), {
      organizationId: other.organization.id,
      onLeaderboard: true,
    })
    expect(await codeOf(moved)).toBe('portal_moved')
  })
})
