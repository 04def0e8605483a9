import type {
  EmbedElements,
  EmbedForm,
  FormReport,
  Problem,
  SubmitReferral,
  SubmittedReferral,
} from '@goodword/contracts'
import { type Page, serverOf } from './page.ts'
import { version } from './version.ts'

/**
 * The response. null covers everything a friend can't fix: a timeout, a lost connection, a server error. What was sent
 * may have arrived then; `unsent` says that it has not.
 */
export type Answer<T> =
  | { value: T; problem?: never; unsent?: never }
  | { value?: never; problem: Refusal; unsent?: never }
  | { value?: never; problem?: never; unsent: true }
  | null
export type Refusal = Pick<Problem, 'code' | 'detail' | 'errors' | 'proof'>

export type EmbedServer = {
  /** Loads the form for a code; null loads it for a visitor without a link. */
  form(code: string | null): Promise<Answer<EmbedForm>>
  /** Tells the console which fields of the page's own form were understood. */
  report(form: FormReport): void
  /** What all elements of a page show: the form for a code, or for '' without one, and what an advocate shares. */
  elements(asked: { form: string | undefined; share: string | undefined }): Promise<Answer<EmbedElements>>
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
    const body = JSON.parse(await response.text(), alone)
    if (response.ok) return alone('', { value: body })
    if (forFriends.includes(response.status)) return alone('', { problem: body })
    return response.status < 500 ? alone('', { unsent: true }) : null
  } catch {
    return globalThis.navigator?.onLine === false ? { unsent: true } : null
  }
}

const post = (body: object): RequestInit => ({
  method: 'POST',
  keepalive: true,
  headers: [['Content-Type', 'application/json']],
  body: JSON.stringify(body),
})

/** Objects of ours have no prototype: a name that is missing in them may have been added to every object by the page. */
const alone = (_name: string, value: unknown) =>
  value && typeof value === 'object' && !Array.isArray(value) ? Object.setPrototypeOf(value, null) : value

/** The endpoints the widget calls. Never rejects. `lang` and `campaign` belong to the form. */
export function embedServer(
  page: Pick<Page, 'key'> & Parameters<typeof serverOf>[0],
  about: { lang?: string; campaign?: string | null } = {},
): EmbedServer {
  const server = serverOf(page)
  const address = (name: string, query: [name: string, value: string | null | undefined][] = []) => {
    const pairs = [['key', page.key], ['v', version], ...query].filter(
      (pair): pair is [string, string] => pair[1] != null,
    )
    return `${server}/embed/${name}?${new URLSearchParams(pairs)}`
  }
  const lang: [string, string | undefined] = ['lang', about.lang]
  const campaign: [string, string | null] = ['campaign', about.campaign || null]
  return {
    form: (code) => ask(address('form', [['code', code || null], lang, campaign])),
    elements: ({ form, share }) => ask(address('elements', [['form', form], ['share', share], lang, campaign])),
    report: (form) => void ask(address('fields'), post(form)),
    submit: (referral) => ask(address('referrals', [lang]), post(referral)),
  }
}
