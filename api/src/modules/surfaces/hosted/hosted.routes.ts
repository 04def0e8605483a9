import { codesInText, networkOf } from '@goodword/domain'
import { supportedLanguage } from '@goodword/words'
import { wordsIn } from '@goodword/words/server'
import { Hono } from 'hono'
import type { Services } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import type { PageTools } from '../../../shared/module.ts'
import type { RateLimits } from '../../../shared/rateLimits.ts'
import { clientNetwork } from '../../../shared/router.ts'
import { addHeaders, type Env, type Http, redirect, requestHeader, send } from '../../../shared/send.ts'
import { type RequestOrigin, requestOrigin } from '../../../shared/traces.ts'
import { cardHash, cardWordsOf, createCards } from './card.ts'
import { createPageCache } from './hosted.cache.ts'
import { type Typed, typedFrom } from './hosted.form.ts'
import { closedPage, codeNotFoundPage, offerPage, thanksPage } from './hosted.pages.ts'
import { pageHeaders, type RenderPage, reply, sendErrorPage } from './hosted.reply.ts'
import { countPerson, pageShortcut, personal } from './hosted.shortcut.ts'
import { createStylesheet } from './hosted.style.ts'
import { type AcceptedForm, type RejectedForm, refusalOf, submitForm } from './hosted.submit.ts'
import { type HostedView, viewOfCode } from './hosted.view.ts'
import { keepLanguage, type RequestLanguage, requestLanguageOf } from './requestLanguage.ts'
import { thanksOf, thanksToken } from './thanksToken.ts'

/** `/r/CODE`: the offer and its form as plain pages without scripts. `files` provides the font. */
export function hostedRoutes(services: Services, { limits, files, addShortcut }: PageTools): Hono<Env> {
  const app = new Hono<Env>()
  const style = createStylesheet(files)
  const pages = createPageCache(services, style.url)
  const cardOf = createCards()
  const show = (http: Http, status: number, speech: RequestLanguage, draw: RenderPage) =>
    reply(http, status, style.url, speech, draw)
  const unknown = (http: Http, speech: RequestLanguage) => show(http, 404, speech, codeNotFoundPage)
  app.onError(sendErrorPage(services, style.url))

  /** Leads a damaged link, such as one with a period at its end, to its page. */
  const otherSpelling = async (http: Http, speech: RequestLanguage, typed: string) => {
    for (const code of codesInText(typed))
      if (await pages.find(code, speech)) return redirect(http, `/r/${code}${new URL(http.req.url).search}`)
    return unknown(http, speech)
  }

  addShortcut('/r/', pageShortcut(services, limits, pages))

  app.get('/r/style.css', style.send)

  app.get('/r/:code', async (http) => {
    await limits.take('publicRead', clientNetwork(http, services))
    const speech = requestLanguageOf(http)
    const typed = http.req.param('code')
    const page = await pages.find(typed, speech)
    if (!page) return otherSpelling(http, speech, typed)
    if (http.req.method === 'GET') countPerson(services, http, page)
    const { bytes, nonce } = personal(services, page)
    return send(http, 200, Buffer.from(bytes, 'latin1'), pageHeaders(nonce))
  })

  app.post('/r/:code', async (http) => {
    if (!/^application\/x-www-form-urlencoded\b/i.test(requestHeader(http, 'content-type') ?? ''))
      throw new AppError('unsupported_media_type', { detail: 'Send the form from the page itself.' })
    const typed = typedFrom(await http.req.text())
    const speech = requestLanguageOf(http)
    const view = await viewOfCode(services, http.req.param('code'), speech)
    if (!view) return unknown(http, speech)
    const outcome = await take(view, typed, limits, requestOrigin(http, services))
    if (outcome.ok) {
      const token = encodeURIComponent(thanksToken(services, outcome.referralId))
      return redirect(http, keepLanguage(speech, `/r/${view.enrollment.code}/thanks?t=${token}`), 303)
    }
    addHeaders(http, outcome.headers)
    const page: RenderPage = (frame) =>
      view.closed === null ? offerPage(frame, view, outcome.form) : closedPage(frame, view)
    return show(http, outcome.status, speech, page)
  })

  app.get('/r/:code/card.png', async (http) => {
    await limits.take('publicRead', clientNetwork(http, services))
    // The URL contains the language, because a cached image must not depend on who requested it first.
    const asked = supportedLanguage(http.req.query('lang') ?? '')
    const page = await pages.find(http.req.param('code'), { words: wordsIn(asked ?? undefined), asked })
    const words = page && cardWordsOf(page.view)
    const picture = words && (await cardOf(words))
    if (!words || !picture) return send(http, 404, null)
    const hash = cardHash(words)
    const current = http.req.query('v') === hash
    const headers = {
      etag: `"${hash}"`,
      'cache-control': current ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
      // A message app in a browser shows the image on a page of its own.
      'cross-origin-resource-policy': 'cross-origin',
    }
    if (requestHeader(http, 'if-none-match')?.includes(headers.etag)) return send(http, 304, null, headers)
    return send(http, 200, new Uint8Array(picture), { 'content-type': 'image/png', ...headers })
  })

  app.get('/r/:code/thanks', async (http) => {
    await limits.take('publicRead', clientNetwork(http, services))
    const speech = requestLanguageOf(http)
    const view = await viewOfCode(services, http.req.param('code'), speech)
    if (!view) return unknown(http, speech)
    const thanks = await thanksOf(view, http.req.query('t') ?? '')
    if (!thanks) return redirect(http, keepLanguage(speech, `/r/${view.enrollment.code}`), 303)
    return show(http, 200, speech, (frame) => thanksPage(frame, view, thanks))
  })

  const anyOther = async (http: Http) => {
    await limits.take('publicRead', clientNetwork(http, services))
    return otherSpelling(http, requestLanguageOf(http), http.req.path.slice('/r/'.length))
  }
  for (const path of ['/r', '/r/*', '/R/*']) app.get(path, anyOther)

  return app
}

async function take(
  view: HostedView,
  typed: Typed,
  limits: RateLimits,
  from: RequestOrigin,
): Promise<AcceptedForm | RejectedForm> {
  try {
    await limits.take('submit', `${view.enrollment.organizationId}:${networkOf(from.address)}`)
  } catch (error) {
    if (error instanceof AppError) return refusalOf(view, typed, error)
    throw error
  }
  return submitForm(view, typed, from)
}
