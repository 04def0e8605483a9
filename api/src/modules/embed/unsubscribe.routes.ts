import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { Services } from '../../shared/context.ts'
import type { RateLimits } from '../../shared/rateLimits.ts'
import { clientAddress, type Env, type Http } from '../../shared/router.ts'
import type { StaticFiles } from '../../shared/staticFiles.ts'
import { readStopLink, type Stopping, useStopLink } from '../messages/stopping.ts'
import { getOrganization } from '../organizations/organizations.ts'
import { createStylesheet } from './hosted.style.ts'
import { noSuchStopPage, stopPage } from './unsubscribe.pages.ts'

/** `/u/TOKEN`: stops the mails of one organization to one address, by a button or by a mail program's one click. */
export function unsubscribeRoutes(services: Services, limits: RateLimits, files?: StaticFiles): Hono<Env> {
  const app = new Hono<Env>()
  const { url: style } = createStylesheet(files)

  const reply = async (http: Http, found: Stopping | null) => {
    const nonce = randomUUID()
    const frame = { style, nonce }
    const page = found
      ? await stopPage(frame, {
          organization: await getOrganization(services, found.organizationId),
          stopped: found.stopped,
        })
      : await noSuchStopPage(frame)
    return http.html(page, found ? 200 : 404, {
      'content-security-policy': `default-src 'none'; style-src 'self' 'nonce-${nonce}'; font-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    })
  }

  app.get('/u/:token', async (http) => {
    await limits.take('publicRead', clientAddress(http, services))
    return reply(http, await readStopLink(services, http.req.param('token')))
  })

  app.post('/u/:token', async (http) => {
    await limits.take('publicRead', clientAddress(http, services))
    const again = new URLSearchParams(await http.req.text()).get('again') === 'yes'
    return reply(http, await useStopLink(services, http.req.param('token'), !again))
  })

  return app
}
