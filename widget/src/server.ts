import type { EmbedForm, EmbedShare, FormReport, Problem, SubmitReferral, SubmittedReferral } from '@goodword/contracts'
import type { Page } from './page.ts'
import { version } from './version.ts'

/** The response. null covers everything a friend can't fix: no network, a timeout, a server error. */
export type Answer<T> = { value: T; problem?: never } | { value?: never; problem: Refusal } | null
export type Refusal = Pick<Problem, 'code' | 'detail' | 'errors' | 'proof'>

export type EmbedServer = {
  /** Loads the form for a code; null loads it for a visitor without a link. */
  form(code: string | null): Promise<Answer<EmbedForm>>
  /** The share text and link of the advocate with this code. */
  share(code: string): Promise<Answer<EmbedShare>>
  /** Tells the console which fields of the page's own form were understood. */
  report(form: FormReport): void
  /** Survives the page's unload, so that a form that navigates away still gets sent. */
  submit(referral: SubmitReferral): Promise<Answer<SubmittedReferral>>
}

/** Statuses with a detail written for the person using the form. */
const forFriends = [400, 404, 409, 410, 422, 429]

async function ask<T>(url: string, given?: RequestInit): Promise<Answer<T>> {
  try {
    // Without a prototype: fetch reads inherited members, and a page may have extended Object.prototype.
    const init = { __proto__: null, credentials: 'omit', signal: AbortSignal.timeout(15_000), ...given } as RequestInit
    const response = await fetch(url, init)
    const body = await response.json()
    if (response.ok) return { value: body }
    return forFriends.includes(response.status) ? { problem: body } : null
  } catch {
    return null
  }
}

const post = (body: object): RequestInit => ({
  method: 'POST',
  keepalive: true,
  headers: [['Content-Type', 'application/json']],
  body: JSON.stringify(body),
})

/** The endpoints the widget calls. Never rejects. `lang` and `campaign` belong to the form. */
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
    report: (form) => void ask(address('fields'), post(form)),
    submit: (referral) => ask(address('referrals', [lang]), post(referral)),
  }
}
