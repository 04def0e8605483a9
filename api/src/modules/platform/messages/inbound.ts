import { eq } from 'drizzle-orm'
import { contextFor, type Services, transaction } from '../../../shared/context.ts'
import { messages } from './messages.table.ts'
import { allowAgain, suppress } from './suppressions.ts'

/** What somebody replied to a text: STOP is heard by every organization that wrote to the number, START as well. */
export async function carryOutWish(services: Services, to: string, wish: 'stop' | 'start'): Promise<void> {
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
