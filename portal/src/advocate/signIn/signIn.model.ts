import { type Client, GoodwordError } from '@goodword/client'
import { signal } from '@preact/signals'
import { said, say } from '../words.ts'

export type SignInModel = ReturnType<typeof createSignInModel>

type Address = { ok: true; body: { email: string } | { phone: string } } | { ok: false; message: string }

/** An @ makes it an email, digits without letters a phone number. The server has the last word on both. */
export function readAddress(text: string): Address {
  const typed = text.trim()
  if (typed.includes('@')) {
    if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed)) return { ok: true, body: { email: typed } }
    return { ok: false, message: say('friend.field.emailWrong') }
  }
  const digits = typed.replace(/\D/g, '').length
  if (digits === 0 || /\p{L}/u.test(typed)) return { ok: false, message: say('portal.signIn.empty') }
  if (digits < 5) return { ok: false, message: say('friend.field.phoneShort') }
  return { ok: true, body: { phone: typed } }
}

/** Asks for a sign-in link. Every address gets the same answer, so that nobody learns who is an advocate. */
export function createSignInModel(client: Client) {
  const address = signal('')
  /** What is wrong with the address, beside the field. */
  const problem = signal<string | null>(null)
  /** Why it was not sent, though the address may be right. */
  const trouble = signal<string | null>(null)
  const busy = signal(false)
  const sent = signal(false)

  function type(text: string) {
    address.value = text
    problem.value = null
  }

  /** True when the request was taken. */
  async function submit() {
    if (busy.value) return false
    const read = readAddress(address.value)
    trouble.value = null
    problem.value = read.ok ? null : read.message
    if (!read.ok) return false
    busy.value = true
    try {
      await client.portal.requestLink({ body: read.body })
      sent.value = true
    } catch (error) {
      if (!(error instanceof GoodwordError))
        trouble.value = `${say('portal.trouble.silent')} ${say('portal.trouble.unsent')}`
      else if (error.status === 400) problem.value = said(error.problem.errors?.[0]?.message ?? error.problem.detail)
      else trouble.value = said(error.problem.detail)
    } finally {
      busy.value = false
    }
    return sent.value
  }

  function again() {
    sent.value = false
    address.value = ''
  }

  return { address, problem, trouble, busy, sent, type, submit, again }
}
