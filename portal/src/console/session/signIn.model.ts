import { type Invitation, RequestSignIn } from '@goodword/contracts'
import { signal } from '@preact/signals'
import { createSending } from '../core/form.ts'
import type { Session } from './session.model.ts'

/** Requests a link, redeems one, and answers the invitation it was for. */
export function createSignIn({ session, token }: { session: Session; token: string | null }) {
  const email = signal('')
  const step = signal<'ask' | 'asked' | 'link' | 'spent' | 'join' | 'declined'>(token ? 'link' : 'ask')
  const sending = createSending()
  const invitation = signal<Invitation | null>(null)

  const consider = (one: Invitation) => {
    invitation.value = one
    step.value = 'join'
  }
  const isSignedIn = () => session.state.value.kind === 'in'
  const answer = (how: (one: Invitation) => Promise<void>) =>
    sending.send(async () => {
      if (invitation.value) await how(invitation.value)
      return true
    })

  return {
    email,
    step,
    sending,
    invitation,
    /**
     * For a user who is signed in but belongs to no organization yet: loads their invitation. If that fails, they
     * can request a link.
     */
    async lookForInvitation() {
      const found = await session.client.session.invitations().catch(() => null)
      const [one] = found?.items ?? []
      if (one && step.value === 'ask') consider(one)
    },
    /** Resolves to true if someone is signed in afterwards. */
    async join(): Promise<boolean> {
      return (await answer(session.join)) === true && isSignedIn()
    },
    /** Resolves to true if someone is signed in afterwards, because they belong to another organization. */
    async decline(): Promise<boolean> {
      if ((await answer(session.decline)) !== true) return false
      if (!isSignedIn()) step.value = 'declined'
      return isSignedIn()
    },
    async ask() {
      const body = sending.check(RequestSignIn.safeParse({ email: email.value }))
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
    /** Resolves to true if someone is signed in afterwards and has no invitation to answer. */
    async use(): Promise<boolean> {
      const used = await sending.send(async () => {
        const invited = await session.signIn(token ?? '')
        if (invited) consider(invited)
        return !invited
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
