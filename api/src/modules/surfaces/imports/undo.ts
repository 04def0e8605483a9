import type { UndoneImport } from '@goodword/contracts'
import { liveStatuses } from '@goodword/domain'
import { and, eq, isNull } from 'drizzle-orm'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { reverseOpening } from '../../money/rewards/credit.ts'
import { getEnrollment } from '../../program/advocates/advocates.ts'
import { archiveAdvocate } from '../../program/advocates/settings.ts'
import { getReferral, hasReferrals, moveReferral, updateReferral } from '../../program/referrals/referrals.ts'
import { writeAudit } from './imports.audit.ts'
import { importRows, imports } from './imports.table.ts'
import { importOf } from './imports.ts'

type Row = typeof importRows.$inferSelect
/** Why something stays; null if it was removed. */
type Kept = string | null

const removers: Record<Exclude<(typeof imports.$inferSelect)['kind'], 'jobs'>, (tx: Ctx, row: Row) => Promise<Kept>> = {
  advocates: removeAdvocate,
  referrals: removeReferral,
  opening_balances: removeOpeningBalance,
}

/**
 * Undoes an import once: deactivates its advocates, deletes its referrals and reverses its opening balances. Anything
 * used since stays, with the reason. People stay as contacts. Throws not_found, import_undone, import_stays for jobs.
 */
export function undoImport(ctx: Ctx, id: string): Promise<UndoneImport> {
  return transaction(ctx, async (tx) => {
    const mine = and(eq(imports.organizationId, tx.organizationId), eq(imports.id, id))
    const [undone] = await tx.db
      .update(imports)
      .set({ undoneAt: tx.clock() })
      .where(and(mine, isNull(imports.undoneAt)))
      .returning()
    if (!undone) {
      const [known] = await tx.db.select({ id: imports.id }).from(imports).where(mine)
      throw new AppError(known ? 'import_undone' : 'not_found')
    }
    if (undone.kind === 'jobs') throw new AppError('import_stays')
    const remove = removers[undone.kind]
    const rows = await tx.db
      .select()
      .from(importRows)
      .where(and(eq(importRows.organizationId, tx.organizationId), eq(importRows.importId, id)))
      .orderBy(importRows.row)
    const kept: UndoneImport['kept'] = []
    for (const row of rows) {
      const why = await remove(tx, row)
      if (why !== null) kept.push({ line: row.row, why })
    }
    const removed = rows.length - kept.length
    await writeAudit(tx, { action: 'import.undone', subjectId: id, data: { removed, kept: kept.length } })
    return { ...importOf(undone), removed, kept }
  })
}

async function removeAdvocate(tx: Ctx, { subjectId }: Row): Promise<Kept> {
  const { archivedAt } = await getEnrollment(tx, subjectId)
  if (archivedAt !== null) return null
  if (await hasReferrals(tx, subjectId)) return 'This advocate has referrals.'
  await archiveAdvocate(tx, subjectId)
  return null
}

async function removeReferral(tx: Ctx, { subjectId }: Row): Promise<Kept> {
  const { status, archivedAt } = await getReferral(tx, subjectId)
  if (archivedAt !== null) return null
  if (status === 'converted' || status === 'reversed') return 'It has converted.'
  if (liveStatuses.some((live) => live === status))
    await moveReferral(tx, subjectId, 'declined', 'The import was taken back')
  await updateReferral(tx, subjectId, { archivedAt: tx.clock(), externalId: null })
  return null
}

async function removeOpeningBalance(tx: Ctx, { subjectId }: Row): Promise<Kept> {
  return (await reverseOpening(tx, subjectId)) ? null : 'Some of the credit was used.'
}
