import type { EmbedForm, EmbedShare, Problem, SubmitReferral, SubmittedReferral } from '@goodword/contracts'
import type { Page } from './page.ts'
import { version } from './version.ts'

/** What came back. Null covers everything a friend can do nothing about: no network, no time, a server that broke. */
export type Answer<T> = { value: T; problem?: never } | { value?: never; problem: Refusal } | null
export type Refusal = Pick<Problem, 'code' | 'detail' | 'errors'>

export type EmbedServer = {
  /** Draws on the code as given; null asks for the form of a visitor without a link. */
  form(code: string | null): Promise<Answer<EmbedForm>>
  /** What the advocate with this code hands on. */
  share(code: string): Promise<Answer<EmbedShare>>
  /** Outlives the page, so that a form that leaves it is sent all the same. */
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

/** The addresses the widget talks to. No call ever rejects. `lang` and `campaign` are those of the form. */
export function embedServer(
  { server, key }: Pick<Page, 'server' | 'key'>,
  about: { lang?: string; campaign?: string | null } = {},
): EmbedServer {
  const address = (name: string, query: [name: string, value: string | null | undefined][] = []) => {
    const pairs = [['key', key], ['v', version], ...query].filter((pair): pair is [string, string] => Boolean(pair[1]))
    return `${server}/embed/${name}?${new URLSearchParams(pairs)}`
  }
  const lang: [string, string | undefined] = ['lang', about.lang]
  return {
    form: (code) => ask(address('form', [['code', code], lang, ['campaign', about.campaign]])),
    share: (code) => ask(address('share', [['code', code], lang])),
    submit: (referral) =>
      ask(address('referrals', [lang]), {
        method: 'POST',
        keepalive: true,
        headers: [['Content-Type', 'application/json']],
        body: JSON.stringify(referral),
      }),
  }
}
