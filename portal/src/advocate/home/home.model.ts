import { type Client, GoodwordError } from '@goodword/client'
import type { PortalHome } from '@goodword/contracts'
import { computed, signal } from '@preact/signals'
import type { Place } from '../place.ts'
import { said, say, speak } from '../words.ts'
import type { KeptHome } from './keptHome.ts'

export type HomeModel = ReturnType<typeof createHomeModel>

/** `stale`: known data is shown, with why it could not be renewed. `superseded`: something newer decides. */
export type LoadOutcome = 'fresh' | 'stale' | 'signed-out' | 'unreachable' | 'superseded'

type Edge = { client: Client; kept: KeptHome; online: () => boolean; place: Pick<Place, 'campaign' | 'choose'> }

/** The advocate's own page: loaded, renewed, kept for when the network is gone. */
export function createHomeModel({ client, kept, online, place }: Edge) {
  const home = signal<PortalHome | null>(null)
  /** Why what is shown is not of now; null while it is. */
  const trouble = signal<string | null>(null)
  const loading = signal(false)

  /** The campaign on show: the one chosen, else the first that is open. */
  const program = computed(() => {
    const programs = home.value?.programs ?? []
    return (
      programs.find((one) => one.code === place.campaign.value) ??
      programs.find((one) => one.open) ??
      programs[0] ??
      null
    )
  })

  let latest = 0

  async function load(): Promise<LoadOutcome> {
    latest += 1
    const mine = latest
    loading.value = true
    try {
      const answer = await client.portal.home()
      await speak(answer.language)
      if (mine !== latest) return 'superseded'
      home.value = answer
      trouble.value = null
      kept.write(answer)
      return 'fresh'
    } catch (error) {
      if (mine !== latest) return 'superseded'
      if (error instanceof GoodwordError && error.status === 401) {
        forget()
        return 'signed-out'
      }
      trouble.value = troubleOf(error, online())
      home.value ??= kept.read()
      return home.value ? 'stale' : 'unreachable'
    } finally {
      if (mine === latest) loading.value = false
    }
  }

  /** Drops everything known of the person, here and in storage. An answer still on its way is dropped too. */
  function forget() {
    latest += 1
    home.value = null
    trouble.value = null
    loading.value = false
    if (place.campaign.value !== null) place.choose(null)
    kept.forget()
  }

  return { home, trouble, loading, program, load, forget }
}

function troubleOf(error: unknown, online: boolean) {
  if (!online) return say('portal.trouble.offline')
  return error instanceof GoodwordError ? said(`${error.problem.title}.`) : say('portal.trouble.silent')
}
