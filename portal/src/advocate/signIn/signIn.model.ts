import { type Client, GoodwordError } from '@goodword/client'
import { signal } from '@preact/signals'
import { say, serverMessage } from '../words.ts'

export type SignInModel = ReturnType<typeof createSignInModel>

type Address = { ok: true; body: { email: string } | { phone: string } } | { ok: false; message: string }

/** Text with an @ is an email; digits of any script are a phone number. The server validates both. */
export function readAddress(text: string): Address {
  const typed = text.trim()
  if (typed.includes('@')) {
    if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed)) return { ok: true, body: { email: typed } }
    return { ok: false, message: say('friend.field.emailWrong') }
  }
  const digits = typed.replace(/\P{Nd}/gu, '').length
  if (digits === 0) return { ok: false, message: say('portal.signIn.empty') }
  if (digits < 5) return { ok: false, message: say('friend.field.phoneShort') }
  return { ok: true, body: { phone: typed } }
}

/** Requests a sign-in link. Every address gets the same response, so that nobody can find out who is an advocate. */
export function createSignInModel(client: Client) {
  const address = signal('')
  /** What is wrong with the address, shown at the field. */
  const problem = signal<string | null>(null)
  /** Why the request failed, though the address may be right. */
  const errorText = signal<string | null>(null)
  const busy = signal(false)
  const sent = signal(false)

  function type(text: string) {
    address.value = text
    problem.value = null
  }

  /** Resolves to true when the request was accepted. */
  async function submit() {
    if (busy.value) return false
    const read = readAddress(address.value)
    errorText.value = null
    problem.value = read.ok ? null : read.message
    if (!read.ok) return false
    busy.value = true
    try {
      await client.portal.requestLink({ body: read.body })
      sent.value = true
    } catch (error) {
      if (!(error instanceof GoodwordError))
        errorText.value = `${say('portal.error.silent')} ${say('portal.error.unsent')}`
      else if (error.status === 400)
        problem.value = serverMessage(error.problem.errors?.[0]?.message ?? error.problem.detail)
      else errorText.value = serverMessage(error.problem.detail)
    } finally {
      busy.value = false
    }
    return sent.value
  }

  function again() {
    sent.value = false
    address.value = ''
  }

  return { address, problem, errorText, busy, sent, type, submit, again }
}
