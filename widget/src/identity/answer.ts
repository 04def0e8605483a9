import type { IdentifiedFriends, IdentifiedVisitor, Problem } from '@goodword/contracts'
import { type Page, serverOf } from '../page.ts'

/** null while our server can't answer: a timeout, a lost connection, an error of ours, too many requests. */
export type Answer<T> = { value: T; problem?: never } | { value?: never; problem: Problem } | null

const timeoutMs = 15_000

async function post<T>(page: Page, path: string, lang: string, body: object): Promise<Answer<T>> {
  try {
    // Without a prototype: fetch reads inherited members, and a page may have extended Object.prototype.
    const init = {
      __proto__: null,
      method: 'POST',
      credentials: 'omit',
      headers: [['Content-Type', 'application/json']],
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    } as unknown as RequestInit
    const response = await fetch(`${serverOf(page)}/embed/identity${path}?key=${page.key}&lang=${lang}`, init)
    const { ok, status } = response
    if (status >= 500 || status === 429) return null
    const answer = await response.json()
    return ok ? { value: answer } : { problem: answer }
  } catch {
    return null
  }
}

export const askVisitor = (page: Page, lang: string, token: string, campaign: string | null) =>
  post<IdentifiedVisitor>(page, '', lang, campaign ? { token, campaign } : { token })

export const askFriends = (page: Page, lang: string, asked: { token: string; code: string; cursor: string }) =>
  post<IdentifiedFriends>(page, '/friends', lang, asked)
