import { id } from '@goodword/contracts'
import { Hono } from 'hono'
import { contextFor, type Services } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import type { RateLimits } from '../../../shared/rateLimits.ts'
import { clientNetwork } from '../../../shared/router.ts'
import { type Env, requestHeader, send } from '../../../shared/send.ts'
import { receiveCardEvent } from '../../money/rewards/giftCards/cardEvents.ts'
import { cardEventsPath } from '../../money/rewards/giftCards/settings.ts'

export const cardEventMax = 64 * 1024
const OrganizationId = id('organization')

/** Where Tremendous sends what became of orders and cards. Whatever it did not sign gets one and the same answer. */
export function giftCardPages(services: Services, limits: RateLimits): Hono<Env> {
  const app = new Hono<Env>()
  app.post(`${cardEventsPath}:id`, async (http) => {
    const organizationId = http.req.param('id')
    limits.takeNow('inbound', `${organizationId.slice(0, 40)} ${clientNetwork(http, services)}`)
    const body = new Uint8Array(await http.req.raw.arrayBuffer())
    const signature = requestHeader(http, 'tremendous-webhook-signature') ?? ''
    const isOurs =
      OrganizationId.safeParse(organizationId).success &&
      (await receiveCardEvent(contextFor(services, organizationId, { type: 'system' }), body, signature))
    if (isOurs) return send(http, 200, '')
    services.log.warn({ organizationId: organizationId.slice(0, 40) }, 'an event about gift cards was refused')
    throw new AppError('event_refused')
  })
  return app
}
