import type { CreatedKey, Overlap, RotateKey } from '@goodword/contracts'
import { dayMs } from '@goodword/domain'
import { and, eq } from 'drizzle-orm'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { writeAudit } from './keys.audit.ts'
import { keys } from './keys.table.ts'
import { createKey } from './keys.ts'

const overlapMs: Record<Exclude<Overlap, 'none'>, number> = { day: dayMs, week: 7 * dayMs }

/**
 * Creates a key with the same scopes that replaces this one, which keeps working during the overlap. The new secret is
 * only ever shown in this response. Throws not_found, key_replaced, or key_scope_missing if the calling key has fewer
 * scopes.
 */
export function rotateKey(ctx: Ctx, id: string, { overlap }: RotateKey): Promise<CreatedKey> {
  return transaction(ctx, async (tx) => {
    const mine = and(eq(keys.organizationId, tx.organizationId), eq(keys.id, id))
    const [old] = await tx.db.select().from(keys).where(mine)
    if (!old) throw new AppError('not_found')
    if (old.revokedAt !== null || old.replacedBy !== null) throw new AppError('key_replaced')
    const { kind, mode, name, scopes } = old
    const made = await createKey(tx, { kind, mode, name, scopes })
    const now = tx.clock()
    const end = overlap === 'none' ? { revokedAt: now } : { expiresAt: now + overlapMs[overlap] }
    await tx.db
      .update(keys)
      .set({ replacedBy: made.id, ...end })
      .where(mine)
    await writeAudit(tx, { action: 'key.rotated', subjectId: id, data: { replacedBy: made.id, overlap } })
    return made
  })
}
