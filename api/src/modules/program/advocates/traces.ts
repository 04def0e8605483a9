import { and, eq, inArray, lt } from 'drizzle-orm'
import type { Ctx, Services } from '../../../shared/context.ts'
import type { Traces } from '../../../shared/traces.ts'
import { advocateTraces } from './advocates.table.ts'

const keptMs = 90 * 86_400_000
const batch = 100

/** Records where a contact opened the portal. The same place again only updates its date. */
export async function recordTrace(tx: Ctx, contactId: string, { networkHash, deviceHash = '' }: Traces): Promise<void> {
  const seenAt = tx.clock()
  await tx.db
    .insert(advocateTraces)
    .values({
      id: tx.newId('trace'),
      organizationId: tx.organizationId,
      contactId,
      networkHash,
      deviceHash,
      seenAt,
    })
    .onConflictDoUpdate({
      target: [advocateTraces.contactId, advocateTraces.networkHash, advocateTraces.deviceHash],
      set: { seenAt },
    })
}

const tracesOfContact = (tx: Ctx, contactId: string) =>
  and(eq(advocateTraces.organizationId, tx.organizationId), eq(advocateTraces.contactId, contactId))

export async function eraseTraces(tx: Ctx, contactId: string): Promise<void> {
  await tx.db.delete(advocateTraces).where(tracesOfContact(tx, contactId))
}

/** Traces that both contacts left are kept once. */
export async function moveTraces(tx: Ctx, from: string, into: string): Promise<void> {
  const moving = await tx.db.select().from(advocateTraces).where(tracesOfContact(tx, from))
  await eraseTraces(tx, from)
  if (moving.length === 0) return
  await tx.db
    .insert(advocateTraces)
    .values(moving.map((trace) => ({ ...trace, contactId: into })))
    .onConflictDoNothing()
}

/** Deletes a batch of traces older than 90 days. Returns how many. */
export async function pruneTraces(services: Services): Promise<number> {
  const { database } = services
  const old = await database.read
    .select({ id: advocateTraces.id })
    .from(advocateTraces)
    .where(lt(advocateTraces.seenAt, services.clock() - keptMs))
    .limit(batch)
  const ids = old.map(({ id }) => id)
  if (ids.length > 0) await database.write((tx) => tx.delete(advocateTraces).where(inArray(advocateTraces.id, ids)))
  return ids.length
}
