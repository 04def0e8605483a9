import { and, asc, eq } from 'drizzle-orm'
import type { ContactPart, Ctx } from '../../../shared/context.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { enrollmentsOf } from '../advocates/merge.ts'
import { type InvitationRow, invitationsOf } from './asking.queries.ts'
import { cancel } from './deciding.ts'
import { sleep, updateInvitation } from './invitationRows.ts'
import { invitations } from './invitations.table.ts'

const exportedAtOnce = 200

export const invitationsOfContacts: ContactPart = {
  tables: ['invitations'],

  /** Of two that are scheduled in one campaign, the kept contact's stays. */
  async move(tx, { from, into }) {
    const kept = (await invitationsOf(tx, into.id)).filter(({ state }) => state === 'scheduled')
    for (const row of await invitationsOf(tx, from.id)) {
      const meets = kept.some(({ campaignId }) => campaignId === row.campaignId)
      if (row.state === 'scheduled' && meets) await end(tx, row, 'merged')
      await updateInvitation(tx, row, { contactId: into.id })
    }
  },

  async erase(tx, { contactId, subjectIds }) {
    for (const row of await invitationsOf(tx, contactId)) {
      subjectIds.push(row.id)
      if (row.state === 'scheduled') await end(tx, row, 'contact_gone')
      else if (row.followUpAt !== null) {
        await updateInvitation(tx, row, { followUpAt: null })
        await sleep(tx, row.id)
      }
    }
  },

  export: (ctx, contactId) => ({ invitations: exported(ctx, contactId) }),
}

const end = async (tx: Ctx, row: InvitationRow, reason: 'merged' | 'contact_gone') =>
  cancel(tx, { enrollments: await enrollmentsOf(tx, row.contactId) }, row, { reason })

async function* exported(ctx: Ctx, contactId: string) {
  for (let offset = 0; ; offset += exportedAtOnce) {
    const rows = await ctx.db
      .select()
      .from(invitations)
      .where(and(eq(invitations.organizationId, ctx.organizationId), eq(invitations.contactId, contactId)))
      .orderBy(asc(invitations.id))
      .limit(exportedAtOnce)
      .offset(offset)
    yield rows.map((row) => ({
      state: row.state,
      sentAt: isoOrNull(row.sentAt),
      sentBy: row.channels.join(', '),
      remindedAt: isoOrNull(row.followUpSentAt),
      openedAt: isoOrNull(row.openedAt),
      joinedAt: isoOrNull(row.joinedAt),
      createdAt: iso(row.createdAt),
    }))
    if (rows.length < exportedAtOnce) return
  }
}
