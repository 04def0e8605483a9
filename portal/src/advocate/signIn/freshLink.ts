import { type Client, GoodwordError } from '@goodword/client'
import { signal } from '@preact/signals'
import { said, say } from '../words.ts'

export type FreshLink = ReturnType<typeof createFreshLink>

/**
 * One tap sends a sign-in link to the address on file: in place of a link that ended, or for what a link in a message may
 * not do. `state: 'sent'` says nothing about whether the address is known.
 */
export function createFreshLink(client: Client) {
  const state = signal<'idle' | 'busy' | 'sent'>('idle')
  const trouble = signal<string | null>(null)

  async function send(ask: () => Promise<unknown>) {
    if (state.value !== 'idle') return
    state.value = 'busy'
    trouble.value = null
    try {
      await ask()
      state.value = 'sent'
    } catch (error) {
      state.value = 'idle'
      trouble.value = error instanceof GoodwordError ? said(error.problem.detail) : say('portal.trouble.silent')
    }
  }

  return {
    state,
    trouble,
    /** To the address this session was opened from. */
    forSession: () => send(() => client.portal.refreshLink()),
    /** To the address the link that ended was sent to. */
    insteadOf: (token: string) => send(() => client.portal.renewLink({ body: { token } })),
    forget() {
      state.value = 'idle'
      trouble.value = null
    },
  }
}
