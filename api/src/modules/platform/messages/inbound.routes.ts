import { numberAfterRefusal } from '@goodword/domain'
import { Hono } from 'hono'
import type { Services } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { type Env, send } from '../../../shared/send.ts'
import { receiveReply } from './inbound.ts'
import { asText } from './messages.values.ts'
import { noteUndelivered } from './sending.ts'
import { isFromTwilio, refusalWords, reportsPath } from './twilio.ts'

const path = '/inbound/twilio'

const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** Replies to our texts, forwarded by Twilio. */
export function inboundRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>()
  const { twilio, publicUrl } = services.config

  app.post(path, async (http) => {
    const fields = new URLSearchParams(await http.req.text())
    const signature = http.req.header('x-twilio-signature') ?? ''
    if (!twilio || !isFromTwilio(twilio.authToken, `${publicUrl}${path}`, fields, signature))
      throw new AppError('not_found')
    const answer = await receiveReply(services, {
      id: fields.get('MessageSid') ?? '',
      from: fields.get('From') ?? '',
      text: fields.get('Body') ?? '',
      answered: (fields.get('OptOutType') ?? '') !== '',
    })
    const words = answer === null ? '' : `<Message>${escapeXml(asText(answer))}</Message>`
    return send(http, 200, `<Response>${words}</Response>`, { 'content-type': 'text/xml' })
  })

  app.post(reportsPath, async (http) => {
    const fields = new URLSearchParams(await http.req.text())
    const signature = http.req.header('x-twilio-signature') ?? ''
    const { search, searchParams } = new URL(http.req.url)
    if (!twilio || !isFromTwilio(twilio.authToken, `${publicUrl}${reportsPath}${search}`, fields, signature))
      throw new AppError('not_found')
    const code = Number(fields.get('ErrorCode') ?? 0)
    const isLost = /^(?:undelivered|failed)$/.test(fields.get('MessageStatus') ?? '')
    const refusal = numberAfterRefusal(code)
    const error = refusal === null ? `The text could not be delivered (${code}).` : refusalWords[refusal]
    if (isLost)
      await services.database.write((tx) =>
        noteUndelivered(services, tx, searchParams.get('message') ?? '', { error, refusal }),
      )
    return send(http, 200, '<Response></Response>', { 'content-type': 'text/xml' })
  })

  return app
}
