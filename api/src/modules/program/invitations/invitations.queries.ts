import type { AskRow } from '@goodword/contracts'
import { and, desc, eq, getTableColumns, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { campaigns } from '../campaigns/campaigns.table.ts'
import { jobs } from '../jobs/jobs.table.ts'
import { invitations } from './invitations.table.ts'

const shownAtMost = 50

const rowsIn = (db: Queries) =>
  db
    .select({
      invitation: getTableColumns(invitations),
      contactName: contacts.name,
      campaignName: campaigns.name,
      jobTitle: jobs.title,
    })
    .from(invitations)
    .innerJoin(contacts, eq(contacts.id, invitations.contactId))
    .innerJoin(campaigns, eq(campaigns.id, invitations.campaignId))
    .leftJoin(jobs, eq(jobs.id, invitations.jobId))

type Row = Awaited<ReturnType<typeof rowsIn>>[number]

const mine = eq(invitations.organizationId, sql.placeholder('organizationId'))

const ofContact = prepared((db) =>
  rowsIn(db)
    .where(and(mine, eq(invitations.contactId, sql.placeholder('contactId'))))
    .orderBy(desc(invitations.id))
    .limit(shownAtMost)
    .prepare(),
)

const ofEnrollment = prepared((db) =>
  rowsIn(db)
    .where(and(mine, eq(invitations.enrollmentId, sql.placeholder('enrollmentId'))))
    .orderBy(desc(invitations.id))
    .limit(shownAtMost)
    .prepare(),
)

const byId = prepared((db) =>
  rowsIn(db)
    .where(and(mine, eq(invitations.id, sql.placeholder('id'))))
    .prepare(),
)

/** The asks of a contact, the newest 50. */
export const asksOfContact = async (ctx: Ctx, contactId: string): Promise<AskRow[]> =>
  (await ofContact(ctx.db).all({ organizationId: ctx.organizationId, contactId })).map(toAsk)

/** The asks of an advocate, the newest 50. */
export const asksOfAdvocate = async (ctx: Ctx, enrollmentId: string): Promise<AskRow[]> =>
  (await ofEnrollment(ctx.db).all({ organizationId: ctx.organizationId, enrollmentId })).map(toAsk)

/** Throws not_found. */
export async function getAsk(ctx: Ctx, id: string): Promise<AskRow> {
  const row = await byId(ctx.db).get({ organizationId: ctx.organizationId, id })
  if (!row) throw new AppError('not_found')
  return toAsk(row)
}

const toAsk = ({ invitation, contactName, campaignName, jobTitle }: Row): AskRow => ({
  id: invitation.id,
  contact: { id: invitation.contactId, name: contactName },
  campaign: { id: invitation.campaignId, name: campaignName },
  advocateId: invitation.enrollmentId,
  job: invitation.jobId === null ? null : { id: invitation.jobId, title: jobTitle },
  kind: invitation.kind,
  state: invitation.state,
  sendAt: isoOrNull(invitation.sendAt),
  sentAt: isoOrNull(invitation.sentAt),
  channels: invitation.channels,
  followUpAt: isoOrNull(invitation.followUpAt),
  followUpSentAt: isoOrNull(invitation.followUpSentAt),
  openedAt: isoOrNull(invitation.openedAt),
  joinedAt: isoOrNull(invitation.joinedAt),
  reason: invitation.reason,
  createdAt: iso(invitation.createdAt),
})
