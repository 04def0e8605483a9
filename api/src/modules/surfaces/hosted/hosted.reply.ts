import { randomUUID } from 'node:crypto'
import type { Services } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { respondWithError } from '../../../shared/refusals.ts'
import { addHeaders, type Http, loggedPath, requestHeader, requestIdOf, send } from '../../../shared/send.ts'
import type { Frame } from './hosted.layout.ts'
import { errorPage } from './hosted.pages.ts'
import { type RequestLanguage, requestLanguageOf } from './requestLanguage.ts'

export type RenderPage = (frame: Frame) => Promise<string>

/** Taken from random bytes fetched in bulk, because a popular link needs a nonce for every page view. */
export const newNonce = () => randomUUID()

/** Allows no scripts, and only the inline style with the business's color. */
export const pagePolicyOf = (nonce: string) =>
  `default-src 'none'; style-src 'self' 'nonce-${nonce}'; font-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`

/** The headers of a page whose inline style has this nonce. */
export const pageHeaders = (nonce: string) =>
  ({ 'content-type': 'text/html; charset=UTF-8', 'content-security-policy': pagePolicyOf(nonce) }) as const

/** Renders a page for this response alone. `style` is the URL of the stylesheet. */
export async function reply(http: Http, status: number, style: string, { words }: RequestLanguage, draw: RenderPage) {
  const nonce = newNonce()
  return send(http, status, await draw({ style, nonce, words }), pageHeaders(nonce))
}

/** The error page for people; programs get problem details. */
export function sendErrorPage(services: Services, style: string) {
  const usual = respondWithError(services)
  return async (error: Error, http: Http): Promise<Response> => {
    const refused = error instanceof AppError ? error : null
    const ours = refused === null || refused.code === 'internal'
    const forPerson = requestHeader(http, 'accept')?.includes('text/html')
    if (!forPerson || (!ours && refused.code !== 'rate_limited')) return usual(error, http)
    if (ours)
      services.log.error({ err: error, requestId: requestIdOf(http), path: loggedPath(http) }, 'could not show a page')
    const speech = requestLanguageOf(http)
    const { say, refusal } = speech.words
    addHeaders(http, refused?.facts.headers ?? {})
    const seconds = Number(refused?.facts.headers?.['retry-after'] ?? 60)
    return ours
      ? reply(http, 500, style, speech, (frame) => errorPage(frame, say('hosted.broke'), say('hosted.brokeWhy')))
      : reply(http, 429, style, speech, (frame) =>
          errorPage(frame, say('hosted.notNow'), refusal('rate_limited', { phone: null, ended: null, seconds })),
        )
  }
}
