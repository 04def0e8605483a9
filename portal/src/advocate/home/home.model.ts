import { type Client, GoodwordError } from '@goodword/client'
import type { PortalHome } from '@goodword/contracts'
import { computed, signal } from '@preact/signals'
import type { PortalUrl } from '../portalUrl.ts'
import { say, serverMessage, setLanguage } from '../words.ts'
import type { HomeCache } from './homeCache.ts'

export type HomeModel = ReturnType<typeof createHomeModel>

/** `stale`: shows known data, and why it could not be refreshed. `superseded`: a newer request replaced this one. */
export type LoadOutcome = 'fresh' | 'stale' | 'signed-out' | 'unreachable' | 'superseded'

type Dependencies = {
  client: Client
  homeCache: HomeCache
  online: () => boolean
  url: Pick<PortalUrl, 'campaign' | 'choose'>
}

/** The advocate's home: loads, refreshes, and caches it for when the network is down. */
export function createHomeModel({ client, homeCache, online, url }: Dependencies) {
  const home = signal<PortalHome | null>(null)
  /** Why the data on screen is out of date; null while it is current. */
  const errorText = signal<string | null>(null)
  const loading = signal(false)

  /** The campaign on screen: the chosen one, or the first active one. */
  const program = computed(() => {
    const programs = home.value?.programs ?? []
    return (
      programs.find((one) => one.code === url.campaign.value) ?? programs.find((one) => one.open) ?? programs[0] ?? null
    )
  })

  let latest = 0

  async function load(): Promise<LoadOutcome> {
    latest += 1
    const mine = latest
    loading.value = true
    try {
      const answer = await client.portal.home()
      await setLanguage(answer.language)
      if (mine !== latest) return 'superseded'
      home.value = answer
      errorText.value = null
      homeCache.write(answer)
      return 'fresh'
    } catch (error) {
      if (mine !== latest) return 'superseded'
      if (error instanceof GoodwordError && error.status === 401) {
        clear()
        return 'signed-out'
      }
      errorText.value = errorTextOf(error, online())
      home.value ??= homeCache.read()
      return home.value ? 'stale' : 'unreachable'
    } finally {
      if (mine === latest) loading.value = false
    }
  }

  /** Clears all data of the person, here and in storage, and drops a response still in flight. */
  function clear() {
    latest += 1
    home.value = null
    errorText.value = null
    loading.value = false
    if (url.campaign.value !== null) url.choose(null)
    homeCache.clear()
  }

  return { home, errorText, loading, program, load, clear }
}

function errorTextOf(error: unknown, online: boolean) {
  if (!online) return say('portal.error.offline')
  return error instanceof GoodwordError ? serverMessage(`${error.problem.title}.`) : say('portal.error.silent')
}
