import { type Campaign, type CreateCampaign, type Organization, Terms, type UpdateCampaign } from '@goodword/contracts'
import { and, eq, sql } from 'drizzle-orm'
import { prepared } from '../../database/prepared.ts'
import { actorKey, type Ctx, transaction } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { writeAudit } from '../audit/audit.ts'
import { getOrganization } from '../organizations/organizations.ts'
import { loadCampaign } from './campaigns.queries.ts'
import { campaigns, campaignTerms } from './campaigns.table.ts'

export type CampaignRow = typeof campaigns.$inferSelect

/** A campaign with what deciding in it and telling about it needs. */
export type Scene = { organization: Organization; campaign: CampaignRow; terms: Terms }

/** Throws not_found for another organization's campaign. */
export async function sceneOf(ctx: Ctx, campaignId: string): Promise<Scene> {
  const campaign = await getCampaign(ctx, campaignId)
  return {
    campaign,
    organization: await getOrganization(ctx, ctx.organizationId),
    terms: await termsOf(ctx, campaignId, campaign.termsVersion),
  }
}

/** Creates a campaign in the organization's currency, with version 1 of its terms. */
export async function createCampaign(ctx: Ctx, input: CreateCampaign): Promise<Campaign> {
  const organization = await getOrganization(ctx, ctx.organizationId)
  return transaction(ctx, async (tx) => {
    const id = tx.newId('campaign')
    const now = tx.clock()
    await tx.db.insert(campaigns).values({
      id,
      organizationId: tx.organizationId,
      name: input.name,
      status: input.status,
      startsAt: moment(input.startsAt),
      endsAt: moment(input.endsAt),
      friendOffer: input.friendOffer,
      termsText: input.termsText,
      linkTarget: input.linkTarget,
      landingUrl: input.landingUrl,
      currency: organization.currency,
      termsVersion: 1,
      createdAt: now,
      updatedAt: now,
    })
    await addTermsVersion(tx, id, 1, input.terms)
    await writeAudit(tx, { action: 'campaign.created', subjectId: id })
    return loadCampaign(tx, id)
  })
}

/** Publishes changes. New terms make a new version; conversions keep the one they used. */
export async function updateCampaign(ctx: Ctx, id: string, input: UpdateCampaign): Promise<Campaign> {
  return transaction(ctx, async (tx) => {
    const campaign = await getCampaign(tx, id)
    if (campaign.termsVersion !== input.termsVersion) throw new AppError('campaign_changed')
    const { terms, termsVersion: _from, startsAt, endsAt, ...fields } = input
    const next = {
      ...definedOnly(fields),
      ...(startsAt === undefined ? {} : { startsAt: moment(startsAt) }),
      ...(endsAt === undefined ? {} : { endsAt: moment(endsAt) }),
    }
    checkConsistent({ ...campaign, ...next })
    const current = await termsOf(tx, id, campaign.termsVersion)
    const changed = terms !== undefined && JSON.stringify(terms) !== JSON.stringify(current)
    const version = changed ? campaign.termsVersion + 1 : campaign.termsVersion
    if (changed) await addTermsVersion(tx, id, version, terms)
    await tx.db
      .update(campaigns)
      .set({ ...next, termsVersion: version, updatedAt: tx.clock() })
      .where(and(eq(campaigns.organizationId, tx.organizationId), eq(campaigns.id, id)))
    await writeAudit(tx, {
      action: changed ? 'campaign.terms_published' : 'campaign.updated',
      subjectId: id,
      data: { termsVersion: version, status: next.status ?? campaign.status },
    })
    return loadCampaign(tx, id)
  })
}

const campaignById = prepared((db) =>
  db
    .select()
    .from(campaigns)
    .where(
      and(eq(campaigns.id, sql.placeholder('id')), eq(campaigns.organizationId, sql.placeholder('organizationId'))),
    )
    .prepare(),
)

/** Throws not_found for another organization's campaign. */
export async function getCampaign(ctx: Ctx, id: string): Promise<CampaignRow> {
  const campaign = await campaignById(ctx.db).get({ id, organizationId: ctx.organizationId })
  if (!campaign) throw new AppError('not_found')
  return campaign
}

const termsByVersion = prepared((db) =>
  db
    .select({ terms: campaignTerms.terms })
    .from(campaignTerms)
    .where(
      and(
        eq(campaignTerms.campaignId, sql.placeholder('campaignId')),
        eq(campaignTerms.version, sql.placeholder('version')),
        eq(campaignTerms.organizationId, sql.placeholder('organizationId')),
      ),
    )
    .prepare(),
)

/** The terms of one version, with the defaults of today for what older versions did not say. */
export async function termsOf(ctx: Ctx, campaignId: string, version: number): Promise<Terms> {
  const row = await termsByVersion(ctx.db).get({ campaignId, version, organizationId: ctx.organizationId })
  if (!row) throw new Error(`Campaign ${campaignId} has no terms of version ${version}.`)
  return Terms.parse(row.terms)
}

async function addTermsVersion(tx: Ctx, campaignId: string, version: number, terms: Terms): Promise<void> {
  await tx.db.insert(campaignTerms).values({
    id: tx.newId('terms'),
    organizationId: tx.organizationId,
    campaignId,
    version,
    terms,
    createdAt: tx.clock(),
    createdBy: actorKey(tx.actor),
  })
}

function checkConsistent(campaign: Pick<CampaignRow, 'linkTarget' | 'landingUrl' | 'startsAt' | 'endsAt'>): void {
  const refuse = (path: string, message: string) => {
    throw new AppError('validation_failed', { detail: message, errors: [{ path, message }] })
  }
  if (campaign.linkTarget === 'page' && !campaign.landingUrl)
    refuse('landingUrl', 'Enter the page of your site that carries the form.')
  if (campaign.startsAt !== null && campaign.endsAt !== null && campaign.startsAt >= campaign.endsAt)
    refuse('endsAt', 'The end must come after the start.')
}

const moment = (value: string | null): number | null => (value === null ? null : Date.parse(value))

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }
const definedOnly = <T extends object>(fields: T): Defined<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>
