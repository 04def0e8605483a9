import { eq } from 'drizzle-orm'
import { contextFor, type Services, transaction } from '../../../shared/context.ts'
import { messages } from './messages.table.ts'
import { suppress, unsuppress } from './suppressions.ts'

/** Handles a reply to a text. STOP and START apply to every organization that texted the number. */
export async function applyKeyword(services: Services, to: string, wish: 'stop' | 'start'): Promise<void> {
  const rows = await services.database.read
    .selectDistinct({ organizationId: messages.organizationId })
    .from(messages)
    .where(eq(messages.to, to))
  const address = { channel: 'sms', to } as const
  for (const { organizationId } of rows) {
    if (organizationId === null) continue
    await transaction(contextFor(services, organizationId, { type: 'system' }), (tx) =>
      wish === 'stop' ? suppress(tx, address, 'stop') : unsuppress(tx, address),
    )
  }
}
