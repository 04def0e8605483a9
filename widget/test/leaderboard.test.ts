import { ConvertReferral } from '@goodword/contracts'
import { beforeAll, describe, expect, it } from 'vitest'
import { changeLeaderboardChoice } from '../../api/src/modules/people/contacts/selfService.ts'
import { convertReferral } from '../../api/src/modules/program/conversions/conversions.ts'
import { updateLeaderboardSettings } from '../../api/src/modules/program/leaderboard/settings.ts'
import { transaction } from '../../api/src/shared/context.ts'
import { stranger } from '../../api/test/harness.ts'
import { settled } from '../../api/test/settled.ts'
import { setupWidgetTest } from './setup.ts'
import { tag } from './site.ts'
import type { Visit } from './visit.ts'

const setup = setupWidgetTest()
const show = (isPublic: boolean) => updateLeaderboardSettings(setup.goodword.world.ctx, { isPublic })

beforeAll(async () => {
  const { world, campaignId } = setup.goodword
  const dana = await world.advocate(campaignId, stranger('Dana Whitfield'))
  await transaction(world.ctx, (tx) => changeLeaderboardChoice(tx, dana.contactId, true))
  const { id } = await world.referral(dana.id, stranger('Priya Shah'))
  await convertReferral(world.ctx, id, ConvertReferral.parse({ jobValue: 10_000, notify: false }))
})

async function open(html: string): Promise<{ friend: Visit; asked: URL[] }> {
  setup.site.put('/neighbors', `${tag(setup.goodword)}<h1>Neighbors</h1>${html}`)
  const friend = await setup.blank()
  const asked: URL[] = []
  friend.page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.pathname.startsWith('/embed/')) asked.push(url)
  })
  await friend.page.goto(`${setup.site.url}/neighbors`)
  return { friend, asked }
}
const board = '<goodword-leaderboard>Ask us.</goodword-leaderboard>'

describe('<goodword-leaderboard>', () => {
  it('leaves its children where they are until the business shows its leaderboard to everyone', async () => {
    const { friend, asked } = await open(`${board}<goodword-form></goodword-form>`)
    await friend.page.getByLabel('Your name').waitFor()
    await settled(friend.page)
    expect(await friend.page.getByText('Ask us.').isVisible()).toBe(true)
    expect(asked.length).toBe(1)
  })

  it('asks together with the other elements, and once more for each period, in the language of the page', async () => {
    await show(true)
    const { friend, asked } = await open(`<div lang="es">${board}<goodword-form></goodword-form></div>`)
    await friend.page.getByText('Dana W.').waitFor()
    await friend.page.getByLabel('Su nombre').waitFor()
    expect(asked.map(({ pathname, searchParams }) => [pathname, searchParams.get('leaderboard')])).toEqual([
      ['/embed/elements', ''],
    ])
    const ever = friend.page.getByRole('button', { name: 'Desde siempre' })
    const usual = friend.page.locator('goodword-leaderboard [aria-pressed=true]')
    const first = await usual.textContent()
    await ever.focus()
    await friend.page.keyboard.press('Enter')
    await expect.poll(() => ever.getAttribute('aria-pressed')).toBe('true')
    expect(asked.map(({ searchParams }) => searchParams.get('leaderboard'))).toEqual(['', 'all'])
    expect(await usual.textContent()).not.toBe(first)
  })

  it('opens with the period of its attribute, beside one with another', async () => {
    const { friend } = await open(
      '<goodword-leaderboard period="month"></goodword-leaderboard><div data-goodword="leaderboard" data-goodword-period="all"></div>',
    )
    const pressed = friend.page.locator('[aria-pressed=true]')
    await expect.poll(() => pressed.allTextContents()).toEqual(['This month', 'All time'])
  })

  it('keeps its styles when an application moves it to the document of a frame', async () => {
    const { friend } = await open(board)
    await friend.page.getByText('Dana W.').waitFor()
    const lists = () =>
      friend.page.evaluate(() => {
        const inside = document.querySelector('iframe')?.contentDocument
        const host = (inside ?? document).querySelector('goodword-leaderboard')
        const list = host?.shadowRoot?.querySelector('.ranks')
        return list && getComputedStyle(list).display
      })
    expect(await lists()).toBe('grid')
    await friend.page.evaluate(() => {
      const frame = document.body.appendChild(document.createElement('iframe'))
      frame.contentDocument?.body.append(document.querySelector('goodword-leaderboard') ?? '')
    })
    await expect.poll(lists).toBe('grid')
    await friend.page.evaluate(() => {
      const moved = document.querySelector('iframe')?.contentDocument?.querySelector('goodword-leaderboard')
      document.body.append(moved ?? '')
      document.querySelector('iframe')?.remove()
    })
    await expect.poll(lists).toBe('grid')
  })
})
