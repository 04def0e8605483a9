import { and, eq } from 'drizzle-orm'
import { enqueue, withdraw } from '../../../queue/queue.ts'
import type { Ctx } from '../../../shared/context.ts'
import type { InvitationRow } from './asking.queries.ts'
import { askKind, invitations } from './invitations.table.ts'

/** Adds an invitation within a transaction. */
export async function addInvitation(
  tx: Ctx,
  given: Pick<InvitationRow, 'contactId' | 'campaignId' | 'jobId' | 'kind' | 'state'> & Partial<InvitationRow>,
): Promise<InvitationRow> {
  const row: InvitationRow = {
    enrollmentId: null,
    enrolledAt: null,
    unenrolledAt: null,
    sendAt: null,
    sentAt: null,
    channels: [],
    handedOver: [],
    followUpAt: null,
    followUpSentAt: null,
    openedAt: null,
    joinedAt: null,
    reason: null,
    askedBy: null,
    ...given,
    id: tx.newId('invitation'),
    organizationId: tx.organizationId,
    createdAt: tx.clock(),
  }
  await tx.db.insert(invitations).values(row)
  return row
}

/** Writes changes of an invitation, to the row in memory too. */
export async function updateInvitation(tx: Ctx, row: InvitationRow, changes: Partial<InvitationRow>): Promise<void> {
  Object.assign(row, changes)
  await tx.db
    .update(invitations)
    .set(changes)
    .where(and(eq(invitations.organizationId, tx.organizationId), eq(invitations.id, row.id)))
}

/** Decides again at a time: about an invitation, about a job that waits for its score, or about a message that ended. */
export const wakeAt = (tx: Ctx, subjectId: string, at: number): Promise<void> =>
  enqueue({ db: tx.db, clock: () => at }, askKind, {
    subjectId,
    organizationId: tx.organizationId,
    lane: tx.organizationId,
  })

export async function sleep(tx: Ctx, subjectId: string): Promise<void> {
  await withdraw(tx, askKind, [subjectId])
}

/** When an invitation has something to do next; null for never. */
export const nextAt = ({ state, sendAt, followUpAt }: InvitationRow): number | null =>
  state === 'scheduled' ? sendAt : followUpAt
