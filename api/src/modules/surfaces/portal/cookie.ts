import { generateCookie, getCookie } from 'hono/cookie'
import type { Services } from '../../../shared/context.ts'
import { addCookie, type Http } from '../../../shared/send.ts'

type Settings = Pick<Services, 'config'>

/** A __Host- cookie requires https. On http, meant for trying things out, it has a plain name. */
const isSecure = ({ config }: Settings) => config.publicUrl.startsWith('https:')
const nameOf = (settings: Settings) => (isSecure(settings) ? '__Host-goodword-portal' : 'goodword-portal')
const options = (settings: Settings) =>
  ({ path: '/', httpOnly: true, secure: isSecure(settings), sameSite: 'Lax' }) as const

export const readSessionCookie = (http: Http, settings: Settings): string | null =>
  getCookie(http, nameOf(settings)) ?? null

export const writeSessionCookie = (http: Http, settings: Settings, token: string, maxAgeMs: number): void =>
  addCookie(
    http,
    generateCookie(nameOf(settings), token, { ...options(settings), maxAge: Math.round(maxAgeMs / 1_000) }),
  )

export const clearSessionCookie = (http: Http, settings: Settings): void => {
  addCookie(http, generateCookie(nameOf(settings), '', { ...options(settings), maxAge: 0 }))
}
