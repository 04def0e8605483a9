import { Hono } from 'hono'
import type { Services } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import type { RateLimits } from '../../../shared/rateLimits.ts'
import { clientNetwork } from '../../../shared/router.ts'
import { addHeader, type Env, type Http } from '../../../shared/send.ts'
import type { StaticFiles } from '../../../shared/staticFiles.ts'
import { deletedPage, deletePage, friendNotFoundPage, friendPage } from './friendPage.pages.ts'
import { friendViewOf } from './friendPage.queries.ts'
import { eraseFriend } from './friendPage.ts'
import { type RenderPage, reply, sendErrorPage } from './hosted.reply.ts'
import { createStylesheet } from './hosted.style.ts'
import { type RequestLanguage, requestLanguageOf } from './requestLanguage.ts'

/**
 * `/f/TOKEN`: the friend's own page. A GET changes nothing, because mail scanners follow links. Deleting takes two
 * steps.
 */
export function friendRoutes(services: Services, limits: RateLimits, files?: StaticFiles): Hono<Env> {
  const app = new Hono<Env>()
  const { url: style } = createStylesheet(files)
  app.onError(sendErrorPage(services, style))
  const show = (http: Http, status: 200 | 404, speech: RequestLanguage, draw: RenderPage) => {
    addHeader(http, 'referrer-policy', 'no-referrer')
    return reply(http, status, style, speech, draw)
  }

  app.get('/f/:token', async (http) => {
    await limits.take('publicRead', clientNetwork(http, services))
    const token = http.req.param('token')
    const speech = requestLanguageOf(http)
    const view = await friendViewOf(services, token, speech.words)
    if (!view) return show(http, 404, speech, friendNotFoundPage)
    const draw = http.req.query('delete') === 'ask' ? deletePage : friendPage
    return show(http, 200, speech, (frame) => draw(frame, view, { token, speech }))
  })

  app.post('/f/:token', async (http) => {
    await limits.take('friendPage', clientNetwork(http, services))
    if (!/^application\/x-www-form-urlencoded\b/i.test(http.req.header('content-type') ?? ''))
      throw new AppError('unsupported_media_type', { detail: 'Send it from the page itself.' })
    const speech = requestLanguageOf(http)
    const sure = new URLSearchParams(await http.req.text()).get('sure') === 'yes'
    const erased = sure && (await eraseFriend(services, http.req.param('token')))
    return erased ? show(http, 200, speech, deletedPage) : show(http, 404, speech, friendNotFoundPage)
  })

  return app
}
