import { describe, expect, it } from 'vitest'
import { annasHome, clientOver, ok, placeInMemory, refusal, storageInMemory } from '../edge.testing.ts'
import { createHomeModel } from './home.model.ts'
import { keepHomeIn } from './keptHome.ts'

function homeOver(answer: Parameters<typeof clientOver>[0], storage = storageInMemory(), online = true) {
  const { client } = clientOver(answer)
  const place = placeInMemory()
  return { place, ...createHomeModel({ client, kept: keepHomeIn(() => storage), online: () => online, place }) }
}

describe('when the network is gone', () => {
  it('the last credit seen in this tab is shown, with why it is not of now', async () => {
    const storage = storageInMemory()
    await homeOver(() => ok(annasHome()), storage).load()

    const reloaded = homeOver(() => 'no answer', storage, false)
    expect(await reloaded.load()).toBe('stale')
    expect(reloaded.home.value?.available).toBe(8_500)
    expect(reloaded.home.value?.asOf).toBe('2026-06-04T16:12:00.000Z')
    expect(reloaded.trouble.value).toBe('You are offline.')
  })

  it('an advocate who was never shown anything learns that nothing loaded', async () => {
    const home = homeOver(() => 'no answer')
    expect(await home.load()).toBe('unreachable')
    expect(home.home.value).toBeNull()
  })

  it('what was kept in another shape is not shown', async () => {
    const storage = storageInMemory()
    storage.setItem('goodword.portal.home.1', JSON.stringify({ ...annasHome(), available: '85 dollars' }))
    expect(await homeOver(() => 'no answer', storage).load()).toBe('unreachable')
  })

  it('a browser that keeps nothing still shows the page', async () => {
    const { client } = clientOver(() => ok(annasHome()))
    const blocked = keepHomeIn(() => {
      throw new DOMException('Storage is blocked.', 'SecurityError')
    })
    const home = createHomeModel({ client, kept: blocked, online: () => true, place: placeInMemory() })
    expect(await home.load()).toBe('fresh')
    expect(home.home.value?.firstName).toBe('Anna')
  })

  it('the trouble is gone once an answer comes', async () => {
    let down = false
    const home = homeOver(() => (down ? refusal('internal') : ok(annasHome({ available: down ? 0 : 9_000 }))))
    await home.load()
    down = true
    expect(await home.load()).toBe('stale')
    expect(home.trouble.value).toBe('Something broke on our side.')
    expect(home.home.value?.available).toBe(9_000)
    down = false
    expect(await home.load()).toBe('fresh')
    expect(home.trouble.value).toBeNull()
  })
})

describe('an advocate of several campaigns', () => {
  it('sees the one that is open first', async () => {
    const home = homeOver(() => ok(annasHome()))
    await home.load()
    expect(home.program.value?.campaignName).toBe('Neighbors')
  })

  it('keeps the one they chose when the page is renewed', async () => {
    const home = homeOver(() => ok(annasHome()))
    await home.load()
    home.place.choose('ANNA2SP')
    await home.load()
    expect(home.program.value?.campaignName).toBe('Spring')
  })
})
