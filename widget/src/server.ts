import type { EmbedForm, Problem, SubmitReferral, SubmittedReferral } from '@goodword/contracts'
import type { Page } from './page.ts'

/** What came back. Null covers everything a friend can do nothing about: no network, no time, a server that broke. */
export type Answer<T> = { value: T; problem?: never } | { value?: never; problem: Refusal } | null
export type Refusal = Pick<Problem, 'code' | 'detail' | 'errors'>

export type EmbedServer = {
  /** Draws on the code as given; null asks for the form of a visitor without a link. */
  form(code: string | null): Promise<Answer<EmbedForm>>
  submit(referral: SubmitReferral): Promise<Answer<SubmittedReferral>>
}

/** Statuses whose detail is written for the person in front of the form. */
const forFriends = [400, 404, 409, 410, 422, 429]

async function ask<T>(url: string, given?: RequestInit): Promise<Answer<T>> {
  try {
    // Without a prototype: fetch reads inherited members too, and a page may have put some on Object.prototype.
    const init = { __proto__: null, credentials: 'omit', signal: AbortSignal.timeout(15_000), ...given } as RequestInit
    const response = await fetch(url, init)
    const body = await response.json()
    if (response.ok) return { value: body }
    return forFriends.includes(response.status) ? { problem: body } : null
  } catch {
    return null
  }
}

/** The two addresses the form talks to. Neither call ever rejects. */
export function embedServer({ server, key }: Pick<Page, 'server' | 'key'>): EmbedServer {
  const address = (name: string, code?: string | null) =>
    `${server}/embed/${name}?key=${encodeURIComponent(key)}${code ? `&code=${encodeURIComponent(code)}` : ''}`
  return {
    form: (code) => ask(address('form', code)),
    submit: (referral) =>
      ask(address('referrals'), {
        method: 'POST',
        headers: [['Content-Type', 'application/json']],
        body: JSON.stringify(referral),
      }),
  }
}
