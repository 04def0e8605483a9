import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { Services } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import type { RateLimits } from '../../shared/rateLimits.ts'
import { clientAddress, type Env, type Http } from '../../shared/router.ts'
import type { StaticFiles } from '../../shared/staticFiles.ts'
import { deletedPage, deletePage, friendPage, noSuchFriendPage } from './friendPage.pages.ts'
import { friendViewOf } from './friendPage.queries.ts'
import { eraseFriend } from './friendPage.ts'
import { createStylesheet } from './hosted.style.ts'

type Frame = { style: string; nonce: string }

/** `/f/TOKEN`: the friend's own page. Looking changes nothing, since mail scanners look; deleting takes two steps. */
export function friendRoutes(services: Services, limits: RateLimits, files?: StaticFiles): Hono<Env> {
  const app = new Hono<Env>()
  const { url: style } = createStylesheet(files)
  const reply = async (http: Http, status: 200 | 404, page: (frame: Frame) => Promise<string>) => {
    const nonce = randomUUID()
    return http.html(await page({ style, nonce }), status, {
      'content-security-policy': `default-src 'none'; style-src 'self' 'nonce-${nonce}'; font-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      'referrer-policy': 'no-referrer',
    })
  }

  app.get('/f/:token', async (http) => {
    await limits.take('publicRead', clientAddress(http, services))
    const view = await friendViewOf(services, http.req.param('token'))
    if (!view) return reply(http, 404, noSuchFriendPage)
    const asks = http.req.query('delete') === 'ask'
    return reply(http, 200, (frame) => (asks ? deletePage(frame, view) : friendPage(frame, view)))
  })

  app.post('/f/:token', async (http) => {
    await limits.take('submit', clientAddress(http, services))
    if (!/^application\/x-www-form-urlencoded\b/i.test(http.req.header('content-type') ?? ''))
      throw new AppError('unsupported_media_type', { detail: 'Send it from the page itself.' })
    const sure = new URLSearchParams(await http.req.text()).get('sure') === 'yes'
    const erased = sure && (await eraseFriend(services, http.req.param('token')))
    return erased ? reply(http, 200, deletedPage) : reply(http, 404, noSuchFriendPage)
  })

  return app
}
