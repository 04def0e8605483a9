import { LeaderboardPeriod } from '@goodword/contracts'
import { Hono } from 'hono'
import { contextFor, type Services } from '../../../shared/context.ts'
import type { RateLimits } from '../../../shared/rateLimits.ts'
import { clientNetwork } from '../../../shared/router.ts'
import { addHeaders, type Env } from '../../../shared/send.ts'
import type { StaticFiles } from '../../../shared/staticFiles.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { organizationOfSlug } from '../../program/leaderboard/settings.ts'
import { findLeaderboard } from '../embed/leaderboard.ts'
import { reply, sendErrorPage } from './hosted.reply.ts'
import { createStylesheet } from './hosted.style.ts'
import { businessOf } from './hosted.view.ts'
import css from './leaderboard.css?raw'
import { leaderboardNotFoundPage, leaderboardPage } from './leaderboard.pages.ts'
import { requestLanguageOf } from './requestLanguage.ts'

/** `/l/SLUG`: the public leaderboard of an organization, without scripts. */
export function leaderboardRoutes(services: Services, limits: RateLimits, files?: StaticFiles): Hono<Env> {
  const app = new Hono<Env>()
  const sheet = createStylesheet(files, { folder: 'l', more: css })
  const style = sheet.url
  app.onError(sendErrorPage(services, style))

  app.get('/l/style.css', sheet.send)

  app.get('/l/:slug', async (http) => {
    await limits.take('publicRead', clientNetwork(http, services))
    const speech = requestLanguageOf(http)
    const slug = http.req.param('slug')
    const organizationId = await organizationOfSlug(services, slug)
    if (organizationId === null) return reply(http, 404, style, speech, leaderboardNotFoundPage)
    const ctx = contextFor(services, organizationId, { type: 'friend' })
    const period = LeaderboardPeriod.safeParse(http.req.query('period')).data
    const [organization, board] = await Promise.all([
      getOrganization(services, organizationId),
      findLeaderboard(ctx, { lang: speech.words.language, period }),
    ])
    if (board === null) return reply(http, 404, style, speech, leaderboardNotFoundPage)
    addHeaders(http, { 'cache-control': 'public, max-age=60' })
    const view = { business: businessOf(organization), board, speech, portal: `${services.config.publicUrl}/portal` }
    return reply(http, 200, style, speech, (frame) => leaderboardPage(frame, view))
  })

  return app
}
