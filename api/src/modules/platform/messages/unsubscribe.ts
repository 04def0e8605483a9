import { eq } from 'drizzle-orm'
import { contextFor, type Services, transaction } from '../../../shared/context.ts'
import { messages } from './messages.table.ts'
import { suppress, suppressionReason, unsuppress } from './suppressions.ts'

const purpose = 'unsubscribe'

/** The unsubscribe URL of an email. Works as long as the message is stored, and names nobody. */
export const unsubscribeUrl = ({ config, signer }: Pick<Services, 'config' | 'signer'>, messageId: string): string =>
  `${config.publicUrl}/u/${encodeURIComponent(signer.sign(purpose, messageId))}`

export type UnsubscribeState = { organizationId: string; stopped: boolean }

async function addressOf(services: Services, token: string) {
  const messageId = services.signer.verify(purpose, token)
  if (messageId === null) return null
  const [row] = await services.database.read
    .select({ organizationId: messages.organizationId, channel: messages.channel, to: messages.to })
    .from(messages)
    .where(eq(messages.id, messageId))
  if (!row || row.organizationId === null || row.to === '') return null
  return { organizationId: row.organizationId, channel: row.channel, to: row.to }
}

/** What the link of an email refers to; null if we didn't issue the link or the message was erased. */
export async function readUnsubscribeLink(services: Services, token: string): Promise<UnsubscribeState | null> {
  const found = await addressOf(services, token)
  if (!found) return null
  const { organizationId, ...address } = found
  const because = await suppressionReason(services.database.read, organizationId, address)
  // An erased person can still unsubscribe.
  return { organizationId, stopped: because !== null && because !== 'erased' }
}

/** Unsubscribes the message's address from the organization's emails, or subscribes it again. Null as above. */
export async function applyUnsubscribeLink(
  services: Services,
  token: string,
  stop: boolean,
): Promise<UnsubscribeState | null> {
  const found = await addressOf(services, token)
  if (!found) return null
  const { organizationId, ...address } = found
  const ctx = contextFor(services, organizationId, { type: 'system' })
  await transaction(ctx, (tx) => (stop ? suppress(tx, address, 'unsubscribed') : unsuppress(tx, address)))
  return { organizationId, stopped: stop }
}
