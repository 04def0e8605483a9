import type { Problem } from '@goodword/contracts'
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
/** What is needed of a page to ask our server. */
export type Asking = Pick<Page, 'key'> & Parameters<typeof serverOf>[0]
/** Parameters without a value are left out. */
export type Query = [name: string, value: string | null | undefined][]

/** Statuses with a detail written for the person using the form. */
const forFriends = [400, 404, 409, 410, 422, 429]

/** Never rejects. */
export async function request<T>(url: string, given?: RequestInit | false): Promise<Answer<T>> {
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

/** Objects of ours have no prototype: a name that is missing in them may have been added to every object by the page. */
const alone = (_name: string, value: unknown) =>
  value && typeof value === 'object' && !Array.isArray(value) ? Object.setPrototypeOf(value, null) : value

/** The address of one of our endpoints for websites. */
export function addressOf(page: Asking, name: string, query: Query): string {
  const pairs = [['key', page.key], ['v', version], ...query].filter(
    (pair): pair is [string, string] => pair[1] != null,
  )
  return `${serverOf(page)}/embed/${name}?${new URLSearchParams(pairs)}`
}
