import { type Client, GoodwordError } from '@goodword/client'
import { signal } from '@preact/signals'
import { say, serverMessage } from '../words.ts'

export type LeaderboardModel = ReturnType<typeof createLeaderboardModel>

/** Shows the advocate on the leaderboard, or takes them off it, at once. */
export function createLeaderboardModel(client: Client, where: () => string, reload: () => Promise<unknown>) {
  const busy = signal(false)
  const errorText = signal<string | null>(null)
  return {
    busy,
    errorText,
    async choose(listed: boolean) {
      if (busy.value) return
      busy.value = true
      errorText.value = null
      try {
        await client.portal.updateAccount({ body: { organizationId: where(), onLeaderboard: listed } })
      } catch (error) {
        errorText.value =
          error instanceof GoodwordError ? serverMessage(`${error.problem.title}.`) : say('portal.error.silent')
      }
      await reload()
      busy.value = false
    },
  }
}
