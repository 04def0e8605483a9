import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { settled } from '../../api/test/settled.ts'
import { builtWidget } from './build.ts'
import { partName, serveParts } from './parts.ts'
import { canSend, setupWidgetTest } from './setup.ts'
import { form, tag } from './site.ts'
import type { Visit } from './visit.ts'

const setup = setupWidgetTest()
const placed = '<div data-goodword="form">Call us at (415) 555-0100.</div>'
const returns = ({ page }: Visit) => page.evaluate(() => dispatchEvent(new Event('online')))
const drawn = ({ page }: Visit) => page.getByText('Anna gave you').count()

describe('a part that failed to load', () => {
  it('is tried again after a while: the form, one in an element of the page, and what watches forms of the page', async () => {
    const own = '<form data-goodword data-goodword-code="referral"></form>'
    setup.site.put('/parts', `${tag(setup.goodword)}${form}${placed}${own}`)
    const friend = await setup.blank()
    const down = new Set(['ui', 'attach'])
    await friend.page.route(/\/widget\/v1\/\w+\/\w+\.js/, (route) =>
      down.has(partName(route.request().url())) ? route.abort() : route.continue(),
    )
    await friend.page.goto(setup.through('/parts'))
    await settled(friend.page)
    expect(await friend.page.getByText('Call us at (415) 555-0100.').first().isVisible()).toBe(true)
    down.delete('attach')
    const { code } = setup.goodword
    await expect.poll(() => friend.page.locator('input[name=referral]').getAttribute('value')).toBe(code)
    down.delete('ui')
    await expect.poll(() => drawn(friend)).toBe(2)
  })

  it('is tried again at once when the network returns, and nothing runs twice, whatever failed', async () => {
    const failed: string[] = []
    const { tag } = await serveParts(setup, {
      fails(name) {
        // The file that the others need fails more than once.
        const fails = failed.filter((one) => one === name).length < (name === 'ui' ? 2 : 1)
        if (fails) failed.push(name)
        return fails
      },
    })
    const { code } = setup.goodword
    const share = `<goodword-share code="${code}"></goodword-share>`
    setup.site.put('/own', `${tag}${form}${placed}${share}<goodword-launcher></goodword-launcher>`)
    // Waiting for a while is another way, which would hide that this one doesn't work.
    const friend = await setup.blank({
      before: () => {
        const { setTimeout } = window
        Object.assign(window, {
          setTimeout: (later: TimerHandler, wait = 0) => (wait < 3_000 ? setTimeout(later, wait) : 0),
        })
      },
    })
    await friend.page.goto(setup.through('/own'))
    await expect
      .poll(async () => {
        await returns(friend)
        const { page } = friend
        const others = [
          page.getByRole('heading', { name: 'Give $20' }),
          page.getByRole('button', { name: 'See your offer' }),
        ]
        return [await drawn(friend), ...(await Promise.all(others.map((one) => one.count())))]
      })
      .toEqual([2, 1, 1])
    await friend.page.locator('[data-goodword]').evaluate((host) => host.remove())
    await friend.page.locator('goodword-form [name=name]').fill('Priya')
    await expect.poll(() => failed).toContain('send')
    await canSend(friend)
    expect([...new Set(failed)].sort()).toEqual(['attach', 'capture', 'overlay', 'send', 'share', 'ui'])
    const ran = await friend.page.evaluate(() => Reflect.get(window, 'ran') as string[])
    expect(ran.sort()).toEqual(['attach', 'capture', 'overlay', 'send', 'share', 'ui'])
  })

  it('is never asked for where an import map does not know it, so that its integrity is always checked', async () => {
    const { folder, tag } = await serveParts(setup, {
      change: (script, name) => (name === 'ui' ? `${script};window.changed = 1` : script),
    })
    const file = (await builtWidget()).widget.get(`${folder.split('/').at(-1)}/ui.js`)?.body ?? ''
    const integrity = { [`${folder}/ui.js`]: `sha384-${createHash('sha384').update(file).digest('base64')}` }
    setup.site.put('/mapped', `<script type="importmap">${JSON.stringify({ integrity })}</script>${tag}${form}`)
    const friend = await setup.blank()
    await friend.page.goto(setup.through('/mapped'))
    for (const _attempt of [1, 2]) {
      await settled(friend.page)
      await returns(friend)
    }
    await settled(friend.page)
    expect(await friend.page.evaluate(() => [Reflect.get(window, 'changed'), Reflect.get(window, 'ran')])).toEqual([
      undefined,
      ['capture'],
    ])
    expect(await friend.page.getByText('Call us at (415) 555-0100.').isVisible()).toBe(true)
    const refused = /integrity|hash|digest/i
    expect((await friend.takeProblems()).filter((problem) => !refused.test(problem))).toEqual([])
  })
})
