import { endpoints } from '@goodword/contracts'
import { signal } from '@preact/signals'
import { createSending } from '../core/form.ts'
import type { Session } from './session.model.ts'

/** Requesting a sign-in link, and using one. */
export function createSignIn({ session, token }: { session: Session; token: string | null }) {
  const email = signal('')
  const step = signal<'ask' | 'asked' | 'link' | 'spent'>(token ? 'link' : 'ask')
  const sending = createSending()

  return {
    email,
    step,
    sending,
    async ask() {
      const body = sending.check(endpoints.session.request.body.safeParse({ email: email.value }))
      if (!body) return
      const sent = await sending.send(async () => {
        await session.client.session.request({ body })
        return true
      })
      if (sent) step.value = 'asked'
    },
    again() {
      step.value = 'ask'
    },
    /** Resolves to true when the user is signed in. */
    async use(): Promise<boolean> {
      const used = await sending.send(async () => {
        await session.signIn(token ?? '')
        return true
      })
      if (sending.failure.value?.code === 'link_invalid' || sending.failure.value?.code === 'validation_failed') {
        sending.failure.value = null
        step.value = 'spent'
      }
      return used === true
    },
  }
}

export type SignInModel = ReturnType<typeof createSignIn>
