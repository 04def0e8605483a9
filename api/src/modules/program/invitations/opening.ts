import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { sleep, updateInvitation } from './invitationRows.ts'
import { invitations } from './invitations.table.ts'
import { eventOf } from './sending.ts'

const unopened = prepared((db) =>
  db
    .select({ id: invitations.id })
    .from(invitations)
    .where(
      and(
        eq(invitations.organizationId, sql.placeholder('organizationId')),
        eq(invitations.contactId, sql.placeholder('contactId')),
        isNotNull(invitations.sentAt),
        isNull(invitations.openedAt),
      ),
    )
    .limit(1)
    .prepare(),
)

/**
 * The contact did something on their page: what they were sent was opened. Opening a page alone isn't enough, because programs
 * do that too. Doing it again changes nothing.
 */
export async function noteOpened(ctx: Ctx, contactId: string): Promise<void> {
  const { organizationId } = ctx
  if (!(await unopened(ctx.db).get({ organizationId, contactId }))) return
  await transaction(ctx, async (tx) => {
    const rows = await tx.db
      .select()
      .from(invitations)
      .where(
        and(
          eq(invitations.organizationId, tx.organizationId),
          eq(invitations.contactId, contactId),
          isNotNull(invitations.sentAt),
          isNull(invitations.openedAt),
        ),
      )
    for (const row of rows) {
      const state = row.state === 'sent' ? ('opened' as const) : row.state
      await updateInvitation(tx, row, { state, openedAt: tx.clock(), followUpAt: null })
      await sleep(tx, row.id)
      await recordEvent(tx, 'invitation.opened', eventOf(row))
    }
  })
}

/** Every friend's submission asks this. The statuses are written out: bound ones would be planned anew each time. */
const sentTo = prepared((db) =>
  db
    .select()
    .from(invitations)
    .where(
      and(
        eq(invitations.organizationId, sql.placeholder('organizationId')),
        eq(invitations.enrollmentId, sql.placeholder('advocateId')),
        sql`${invitations.state} IN ('sent', 'opened')`,
      ),
    )
    .prepare(),
)

/** A friend came by the link of somebody who was asked, within the transaction that saves the referral. */
export async function noteJoined(tx: Ctx, { advocateId }: { advocateId: string | null }): Promise<void> {
  if (advocateId === null) return
  const rows = await sentTo(tx.db).all({ organizationId: tx.organizationId, advocateId })
  for (const row of rows) {
    await updateInvitation(tx, row, { state: 'joined', joinedAt: tx.clock(), followUpAt: null })
    await sleep(tx, row.id)
    await recordEvent(tx, 'invitation.joined', eventOf(row))
  }
}
