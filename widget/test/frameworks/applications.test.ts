import { beforeAll, describe, expect, it } from 'vitest'
import { updateLeaderboardSettings } from '../../../api/src/modules/program/leaderboard/settings.ts'
import { setupWidgetTest } from '../setup.ts'
import { tag } from '../site.ts'
import type { Visit } from '../visit.ts'
import { homeMarkup } from './apps/contract.ts'
import { buildApplication, type Framework } from './build.ts'

const setup = setupWidgetTest()

const frameworks: Framework[] = ['React 18', 'React 19', 'Vue 3', 'Svelte 5', 'Preact']
const hydrating = frameworks.filter((framework) => framework !== 'Svelte 5')
const scriptOf = (framework: Framework) => `/${framework.replace(' ', '').toLowerCase()}.js`

beforeAll(async () => {
  await updateLeaderboardSettings(setup.goodword.world.ctx, { isPublic: true })
  for (const framework of frameworks) setup.site.putScript(scriptOf(framework), await buildApplication(framework))
})

/** Cards and banners that a visitor sees, in the order of the page; those in a shadow root count too. */
const shown = ({ page }: Visit) =>
  page.evaluate(() => {
    const deep = (root: Document | ShadowRoot): Element[] =>
      [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? deep(one.shadowRoot) : [])])
    return deep(document)
      .filter((one) => one.matches('.card, .banner') && one.getClientRects().length > 0)
      .map((one) => one.classList[0])
  })
/** Two forms and the leaderboard. */
const cards = ['card', 'card', 'card']
const everything = ['banner', ...cards]

async function arriveAt(friend: Visit, route: string) {
  await friend.page.locator(`#${route}`).click()
  await friend.page.locator('h1', { hasText: route }).waitFor()
}

/** What a visitor does in a single-page application, with the widget on its home route. */
async function useApplication(friend: Visit) {
  const { page } = friend
  await expect.poll(() => shown(friend)).toEqual(everything)
  const name = page.locator('goodword-form').getByLabel('Your name')
  await name.fill('Priya')
  await page.locator('#again').click()
  await page.locator('#count', { hasText: '1' }).waitFor()
  expect(await name.inputValue(), 'a re-render keeps what was typed').toBe('Priya')
  await page.locator('goodword-banner').getByRole('button').click()
  await expect.poll(() => shown(friend)).toEqual(cards)
  await arriveAt(friend, 'about')
  expect(await shown(friend)).toEqual([])
  await arriveAt(friend, 'home')
  await expect.poll(() => shown(friend), { message: 'the dismissed banner stays away' }).toEqual(cards)
  await page.locator('#end').click()
  await expect.poll(() => page.locator('#root').innerHTML()).toMatch(/^(<!---->)*$/)
}

describe.each(frameworks)('an application made with %s', (framework) => {
  it('changes routes, re-renders and ends with the widget on its page', async () => {
    setup.site.put(
      '/app',
      `${tag(setup.goodword)}<div id="root"></div><script src="${scriptOf(framework)}"></script>
       <script>application.mount(document.getElementById('root'))</script>`,
    )
    await useApplication(await setup.open('/app'))
  })
})

describe.each(hydrating)('an application that takes over the markup of its server with %s', (framework) => {
  it('finds its own nodes where they were, though the widget was there first', async () => {
    setup.site.put(
      '/rendered',
      `${tag(setup.goodword)}<div id="root">${homeMarkup}</div><script src="${scriptOf(framework)}"></script>`,
    )
    const friend = await setup.open('/rendered')
    await expect.poll(() => shown(friend)).toEqual(everything)
    await friend.page.evaluate(() => {
      const root = document.getElementById('root')
      if (root) window.application.hydrate?.(root)
    })
    await useApplication(friend)
  })
})
