import { Hono } from 'hono'
import type { Services } from '../../../shared/context.ts'
import type { RateLimits } from '../../../shared/rateLimits.ts'
import { clientNetwork } from '../../../shared/router.ts'
import type { Env, Http } from '../../../shared/send.ts'
import type { StaticFiles } from '../../../shared/staticFiles.ts'
import {
  applyUnsubscribeLink,
  readUnsubscribeLink,
  type UnsubscribeState,
} from '../../platform/messages/unsubscribe.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { reply, sendErrorPage } from './hosted.reply.ts'
import { createStylesheet } from './hosted.style.ts'
import { requestLanguageOf } from './requestLanguage.ts'
import { unsubscribeNotFoundPage, unsubscribePage } from './unsubscribe.pages.ts'

/**
 * `/u/TOKEN`: unsubscribes one address from one organization's emails, by a button or by a mail program's one click.
 */
export function unsubscribeRoutes(services: Services, limits: RateLimits, files?: StaticFiles): Hono<Env> {
  const app = new Hono<Env>()
  const { url: style } = createStylesheet(files)
  app.onError(sendErrorPage(services, style))

  const show = async (http: Http, found: UnsubscribeState | null) => {
    const speech = requestLanguageOf(http)
    if (!found) return reply(http, 404, style, speech, unsubscribeNotFoundPage)
    const organization = await getOrganization(services, found.organizationId)
    return reply(http, 200, style, speech, (frame) => unsubscribePage(frame, { organization, stopped: found.stopped }))
  }

  app.get('/u/:token', async (http) => {
    await limits.take('publicRead', clientNetwork(http, services))
    return show(http, await readUnsubscribeLink(services, http.req.param('token')))
  })

  app.post('/u/:token', async (http) => {
    await limits.take('publicRead', clientNetwork(http, services))
    const again = new URLSearchParams(await http.req.text()).get('again') === 'yes'
    return show(http, await applyUnsubscribeLink(services, http.req.param('token'), !again))
  })

  return app
}
