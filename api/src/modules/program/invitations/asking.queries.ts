import type { AskRule, Terms } from '@goodword/contracts'
import { and, asc, desc, eq, gte, isNull, or, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { connections } from '../../platform/connections/connections.table.ts'
import { readTerms, termsText } from '../campaigns/campaignContext.queries.ts'
import { campaigns, campaignTerms } from '../campaigns/campaigns.table.ts'
import { jobs } from '../jobs/jobs.table.ts'
import { invitations } from './invitations.table.ts'

export type InvitationRow = typeof invitations.$inferSelect
export type CampaignOfAsk = {
  id: string
  status: 'draft' | 'active' | 'paused' | 'ended'
  startsAt: number | null
  endsAt: number | null
  terms: Terms
  rule: AskRule | null
}

const campaignFields = {
  id: campaigns.id,
  status: campaigns.status,
  startsAt: campaigns.startsAt,
  endsAt: campaigns.endsAt,
  terms: termsText,
}
const currentTerms = and(eq(campaignTerms.campaignId, campaigns.id), eq(campaignTerms.version, campaigns.termsVersion))

const asking = prepared((db) =>
  db
    .select(campaignFields)
    .from(campaigns)
    .innerJoin(campaignTerms, currentTerms)
    .where(
      and(
        eq(campaigns.organizationId, sql.placeholder('organizationId')),
        eq(campaigns.status, 'active'),
        isNull(campaigns.archivedAt),
        sql`json_extract(${campaignTerms.terms}, '$.jobs.ask.on') = 1`,
      ),
    )
    .orderBy(asc(campaigns.createdAt), asc(campaigns.id))
    .prepare(),
)

const byIds = prepared((db) =>
  db
    .select(campaignFields)
    .from(campaigns)
    .innerJoin(campaignTerms, currentTerms)
    .where(
      and(
        eq(campaigns.organizationId, sql.placeholder('organizationId')),
        sql`${campaigns.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`,
      ),
    )
    .prepare(),
)

type Found = Omit<CampaignOfAsk, 'terms' | 'rule'> & { terms: string }

function campaignOf({ terms: text, ...campaign }: Found): CampaignOfAsk {
  const terms = readTerms(text)
  return { ...campaign, terms, rule: terms.jobs?.ask ?? null }
}

/** The active campaigns that ask after jobs, the oldest first. */
export const askingCampaigns = async (ctx: Ctx): Promise<CampaignOfAsk[]> =>
  (await asking(ctx.db).all({ organizationId: ctx.organizationId })).map(campaignOf)

/** Campaigns by id, whatever their status. */
export async function campaignsOfAsks(ctx: Ctx, ids: string[]): Promise<CampaignOfAsk[]> {
  if (ids.length === 0) return []
  return (await byIds(ctx.db).all({ organizationId: ctx.organizationId, ids: JSON.stringify(ids) })).map(campaignOf)
}

const ofContact = prepared((db) =>
  db
    .select()
    .from(invitations)
    .where(
      and(
        eq(invitations.organizationId, sql.placeholder('organizationId')),
        eq(invitations.contactId, sql.placeholder('contactId')),
      ),
    )
    .orderBy(asc(invitations.id))
    .prepare(),
)

/** Every invitation of a contact, the oldest first. */
export const invitationsOf = (ctx: Ctx, contactId: string): Promise<InvitationRow[]> =>
  ofContact(ctx.db).all({ organizationId: ctx.organizationId, contactId })

const jobFields = {
  id: jobs.id,
  title: jobs.title,
  state: jobs.state,
  score: jobs.score,
  scoreAt: jobs.scoreAt,
  completedAt: jobs.completedAt,
  completedHeardAt: jobs.completedHeardAt,
  invoicedAt: jobs.invoicedAt,
  invoicedHeardAt: jobs.invoicedHeardAt,
  canceledAt: jobs.canceledAt,
  isHistory: jobs.isHistory,
  dontAsk: jobs.dontAsk,
  createdAt: jobs.createdAt,
  connectedAt: connections.createdAt,
}

const most = 100

const since = sql.placeholder('since')
const newest = prepared((db) =>
  db
    .select(jobFields)
    .from(jobs)
    .leftJoin(connections, eq(connections.id, jobs.connectionId))
    .where(
      and(
        // The unary plus makes the planner use the contact. By id it would walk every job of the organization.
        sql`+${jobs.organizationId} = ${sql.placeholder('organizationId')}`,
        eq(jobs.contactId, sql.placeholder('contactId')),
        or(
          gte(jobs.scoreAt, since),
          gte(jobs.completedAt, since),
          gte(jobs.invoicedAt, since),
          sql`${jobs.id} IN (SELECT value FROM json_each(${sql.placeholder('named')}))`,
        ),
      ),
    )
    .orderBy(desc(jobs.id))
    .limit(most)
    .prepare(),
)

export type JobOfAsk = Awaited<ReturnType<ReturnType<typeof newest>['all']>>[number]

/** The newest jobs of a contact, with when their systems were connected, and those named, however old. */
export const jobsOfContact = (ctx: Ctx, contactId: string, named: string[], since: number): Promise<JobOfAsk[]> =>
  newest(ctx.db).all({ organizationId: ctx.organizationId, contactId, named: JSON.stringify(named), since })

const invitationById = prepared((db) =>
  db
    .select()
    .from(invitations)
    .where(
      and(eq(invitations.organizationId, sql.placeholder('organizationId')), eq(invitations.id, sql.placeholder('id'))),
    )
    .prepare(),
)

export const findInvitation = (ctx: Ctx, id: string): Promise<InvitationRow | undefined> =>
  invitationById(ctx.db).get({ organizationId: ctx.organizationId, id })

/** The contact of a job; null for another organization's, and for one whose customer isn't known. */
export async function contactOfJob(ctx: Ctx, jobId: string): Promise<string | null> {
  const [job] = await ctx.db
    .select({ contactId: jobs.contactId })
    .from(jobs)
    .where(and(eq(jobs.organizationId, ctx.organizationId), eq(jobs.id, jobId)))
  return job?.contactId ?? null
}
