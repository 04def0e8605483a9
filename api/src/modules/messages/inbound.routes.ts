import { eq } from 'drizzle-orm'
import { Hono } from 'hono'
import { contextFor, type Services, transaction } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import type { Env } from '../../shared/router.ts'
import { messages } from './messages.table.ts'
import { allowAgain, suppress } from './suppressions.ts'
import { isFromTwilio, wishOf } from './twilio.ts'

const path = '/inbound/twilio'

/** What people reply to our texts. STOP is heard by every organization that wrote to the number, START as well. */
export function inboundRoutes(services: Services): Hono<Env> {
  const app = new Hono<Env>()
  const { twilio, publicUrl } = services.config

  app.post(path, async (http) => {
    const fields = new URLSearchParams(await http.req.text())
    const signature = http.req.header('x-twilio-signature') ?? ''
    if (!twilio || !isFromTwilio(twilio.authToken, `${publicUrl}${path}`, fields, signature))
      throw new AppError('not_found')
    const wish = wishOf(fields.get('Body') ?? '')
    const from = fields.get('From') ?? ''
    if (wish !== null && from !== '') await carryOut(services, from, wish)
    return http.body('<Response></Response>', 200, { 'content-type': 'text/xml' })
  })

  return app
}

async function carryOut(services: Services, to: string, wish: 'stop' | 'start'): Promise<void> {
  const rows = await services.database.read
    .selectDistinct({ organizationId: messages.organizationId })
    .from(messages)
    .where(eq(messages.to, to))
  const address = { channel: 'sms', to } as const
  for (const { organizationId } of rows) {
    if (organizationId === null) continue
    await transaction(contextFor(services, organizationId, { type: 'system' }), (tx) =>
      wish === 'stop' ? suppress(tx, address, 'stop') : allowAgain(tx, address),
    )
  }
}
