import { Hono } from 'hono'
import type { Services } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { type Env, send } from '../../../shared/send.ts'
import { applyKeyword } from './inbound.ts'
import { isFromTwilio, keywordOf } from './twilio.ts'

const path = '/inbound/twilio'

/** Replies to our texts, forwarded by Twilio. */
export function inboundRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>()
  const { twilio, publicUrl } = services.config

  app.post(path, async (http) => {
    const fields = new URLSearchParams(await http.req.text())
    const signature = http.req.header('x-twilio-signature') ?? ''
    if (!twilio || !isFromTwilio(twilio.authToken, `${publicUrl}${path}`, fields, signature))
      throw new AppError('not_found')
    const wish = keywordOf(fields.get('Body') ?? '')
    const from = fields.get('From') ?? ''
    if (wish !== null && from !== '') await applyKeyword(services, from, wish)
    return send(http, 200, '<Response></Response>', { 'content-type': 'text/xml' })
  })

  return app
}
