import { and, inArray, lt, ne } from 'drizzle-orm'
import type { Services } from '../../../shared/context.ts'
import { aboutLinks, messages } from './messages.table.ts'

const keptMs = 30 * 86_400_000
const batch = 500

/** Deletes a batch of messages whose short-lived link expired long ago. Returns how many. */
export async function pruneLinkMessages({ database, clock }: Services): Promise<number> {
  const old = await database.read
    .select({ id: messages.id })
    .from(messages)
    .where(and(aboutLinks, lt(messages.createdAt, clock() - keptMs), ne(messages.state, 'queued')))
    .limit(batch)
  const ids = old.map(({ id }) => id)
  if (ids.length > 0) await database.write((tx) => tx.delete(messages).where(inArray(messages.id, ids)))
  return ids.length
}
