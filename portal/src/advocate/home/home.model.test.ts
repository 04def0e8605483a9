import { describe, expect, it } from 'vitest'
import { annasHome, clientWith, ok, refusal, storageInMemory, urlInMemory } from '../server.testing.ts'
import { createHomeModel } from './home.model.ts'
import { createHomeCache } from './homeCache.ts'

function homeWith(answer: Parameters<typeof clientWith>[0], storage = storageInMemory(), online = true) {
  const { client } = clientWith(answer)
  const url = urlInMemory()
  return { url, ...createHomeModel({ client, homeCache: createHomeCache(() => storage), online: () => online, url }) }
}

describe('without a network', () => {
  it('shows the last credit seen in this tab, and why it is out of date', async () => {
    const storage = storageInMemory()
    await homeWith(() => ok(annasHome()), storage).load()

    const reloaded = homeWith(() => 'no answer', storage, false)
    expect(await reloaded.load()).toBe('stale')
    expect(reloaded.home.value?.available).toBe(8_500)
    expect(reloaded.home.value?.asOf).toBe('2026-06-04T16:12:00.000Z')
    expect(reloaded.errorText.value).toBe('You are offline.')
  })

  it('says that nothing loaded if there is nothing to show', async () => {
    const home = homeWith(() => 'no answer')
    expect(await home.load()).toBe('unreachable')
    expect(home.home.value).toBeNull()
  })

  it('ignores cached data in another format', async () => {
    const storage = storageInMemory()
    storage.setItem('goodword.portal.home.1', JSON.stringify({ ...annasHome(), available: '85 dollars' }))
    expect(await homeWith(() => 'no answer', storage).load()).toBe('unreachable')
  })

  it('still shows the page if storage is blocked', async () => {
    const { client } = clientWith(() => ok(annasHome()))
    const blocked = createHomeCache(() => {
      throw new DOMException('Storage is blocked.', 'SecurityError')
    })
    const home = createHomeModel({ client, homeCache: blocked, online: () => true, url: urlInMemory() })
    expect(await home.load()).toBe('fresh')
    expect(home.home.value?.firstName).toBe('Anna')
  })

  it('removes the error once the server responds', async () => {
    let down = false
    const home = homeWith(() => (down ? refusal('internal') : ok(annasHome({ available: down ? 0 : 9_000 }))))
    await home.load()
    down = true
    expect(await home.load()).toBe('stale')
    expect(home.errorText.value).toBe('Something broke on our side.')
    expect(home.home.value?.available).toBe(9_000)
    down = false
    expect(await home.load()).toBe('fresh')
    expect(home.errorText.value).toBeNull()
  })
})

describe('an advocate in several campaigns', () => {
  it('sees the first active one', async () => {
    const home = homeWith(() => ok(annasHome()))
    await home.load()
    expect(home.program.value?.campaignName).toBe('Neighbors')
  })

  it('keeps the chosen one when the page reloads', async () => {
    const home = homeWith(() => ok(annasHome()))
    await home.load()
    home.url.choose('ANNA2SP')
    await home.load()
    expect(home.program.value?.campaignName).toBe('Spring')
  })
})
