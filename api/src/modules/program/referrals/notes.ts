import type { ReferralNote } from '@goodword/contracts'
import { and, desc, eq } from 'drizzle-orm'
import { actorKey, type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { iso } from '../../../shared/pages.ts'
import { actorNames } from './actorNames.queries.ts'
import { writeAudit } from './referrals.audit.ts'
import { referralNotes } from './referrals.table.ts'
import { getReferral } from './referrals.ts'

const mostShown = 200

/** Staff notes on a referral, newest first. */
export async function notesOf(ctx: Ctx, referralId: string): Promise<ReferralNote[]> {
  const rows = await ctx.db
    .select()
    .from(referralNotes)
    .where(and(eq(referralNotes.organizationId, ctx.organizationId), eq(referralNotes.referralId, referralId)))
    .orderBy(desc(referralNotes.createdAt), desc(referralNotes.id))
    .limit(mostShown)
  const names = await actorNames(
    ctx,
    rows.map(({ actor }) => actor),
  )
  return rows.map((row) => ({
    id: row.id,
    text: row.text,
    by: names.get(row.actor) ?? 'Goodword',
    at: iso(row.createdAt),
    own: row.actor === actorKey(ctx.actor),
  }))
}

/** Adds a note of at most 2,000 characters; only staff see it. */
export async function addNote(ctx: Ctx, referralId: string, text: string): Promise<ReferralNote> {
  return transaction(ctx, async (tx) => {
    await getReferral(tx, referralId)
    const row = {
      id: tx.newId('note'),
      organizationId: tx.organizationId,
      referralId,
      text,
      actor: actorKey(tx.actor),
      createdAt: tx.clock(),
    }
    await tx.db.insert(referralNotes).values(row)
    await writeAudit(tx, { action: 'referral.note_added', subjectId: referralId, data: { noteId: row.id } })
    const names = await actorNames(tx, [row.actor])
    return { id: row.id, text, by: names.get(row.actor) ?? 'Goodword', at: iso(row.createdAt), own: true }
  })
}

/** Deletes the caller's own note. Throws forbidden for anyone else's. */
export async function deleteNote(ctx: Ctx, referralId: string, noteId: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    await getReferral(tx, referralId)
    const mine = and(
      eq(referralNotes.organizationId, tx.organizationId),
      eq(referralNotes.referralId, referralId),
      eq(referralNotes.id, noteId),
    )
    const [note] = await tx.db.select().from(referralNotes).where(mine)
    if (!note) throw new AppError('not_found')
    if (note.actor !== actorKey(tx.actor))
      throw new AppError('forbidden', { detail: 'Only whoever wrote a note may delete it.' })
    await tx.db.delete(referralNotes).where(mine)
    await writeAudit(tx, { action: 'referral.note_deleted', subjectId: referralId, data: { noteId } })
  })
}
