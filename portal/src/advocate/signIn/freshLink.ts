import { type Client, GoodwordError } from '@goodword/client'
import { signal } from '@preact/signals'
import { say, serverMessage } from '../words.ts'

export type FreshLink = ReturnType<typeof createFreshLink>

/**
 * Sends a sign-in link to the address on file with one tap: to replace an expired link, or for actions that a link
 * in a message doesn't allow. `state: 'sent'` doesn't reveal whether the address is known.
 */
export function createFreshLink(client: Client) {
  const state = signal<'idle' | 'busy' | 'sent'>('idle')
  const errorText = signal<string | null>(null)

  async function send(ask: () => Promise<unknown>) {
    if (state.value !== 'idle') return
    state.value = 'busy'
    errorText.value = null
    try {
      await ask()
      state.value = 'sent'
    } catch (error) {
      state.value = 'idle'
      errorText.value =
        error instanceof GoodwordError ? serverMessage(error.problem.detail) : say('portal.error.silent')
    }
  }

  return {
    state,
    errorText,
    /** To the address that opened this session. */
    forSession: () => send(() => client.portal.refreshLink()),
    /** To the address that the expired link was sent to. */
    insteadOf: (token: string) => send(() => client.portal.renewLink({ body: { token } })),
    clear() {
      state.value = 'idle'
      errorText.value = null
    },
  }
}
