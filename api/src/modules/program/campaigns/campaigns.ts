import type { CreateCampaign, Organization, Terms, UpdateCampaign } from '@goodword/contracts'
import { moveCampaign } from '@goodword/domain'
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import { actorKey, type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { recordEvent } from '../../platform/events/events.ts'
import { getOrganization, organizationOf } from '../../platform/organizations/organizations.ts'
import { searchAdded, searchChanged } from '../../platform/search/changes.ts'
import { campaignContextById, readTerms, termsText } from './campaignContext.queries.ts'
import { writeAudit } from './campaigns.audit.ts'
import { campaigns, campaignTerms } from './campaigns.table.ts'

export type CampaignRow = typeof campaigns.$inferSelect

/** A campaign with everything needed for decisions and messages. */
export type CampaignContext = { organization: Organization; campaign: CampaignRow; terms: Terms }

/** Throws not_found for another organization's campaign. */
export async function loadCampaignContext(ctx: Ctx, campaignId: string): Promise<CampaignContext> {
  const campaignContext = await campaignContextById(ctx.db).get({ id: campaignId, organizationId: ctx.organizationId })
  if (!campaignContext) throw new AppError('not_found')
  const { campaign, organization, terms } = campaignContext
  return { campaign, organization: organizationOf(organization), terms: readTerms(terms) }
}

/** Creates a campaign in the organization's currency, with version 1 of its terms. */
export async function createCampaign(ctx: Ctx, input: CreateCampaign): Promise<CampaignRow> {
  const { currency } = await getOrganization(ctx, ctx.organizationId)
  return transaction(ctx, async (tx) => {
    const { terms, startsAt, endsAt, ...fields } = input
    const id = tx.newId('campaign')
    const now = tx.clock()
    await tx.db.insert(campaigns).values({
      ...fields,
      id,
      organizationId: tx.organizationId,
      startsAt: moment(startsAt),
      endsAt: moment(endsAt),
      currency,
      termsVersion: 1,
      createdAt: now,
      updatedAt: now,
    })
    searchAdded(tx, 'campaign', id)
    await addTermsVersion(tx, id, 1, terms)
    await writeAudit(tx, { action: 'campaign.created', subjectId: id })
    return getCampaign(tx, id)
  })
}

/**
 * Publishes changes. New terms create a new version; conversions keep the version they used. Throws campaign_changed if
 * the terms are newer than those the change started from, and campaign_transition if its status doesn't allow the
 * change.
 */
export async function updateCampaign(ctx: Ctx, id: string, input: UpdateCampaign): Promise<CampaignRow> {
  return transaction(ctx, async (tx) => {
    const campaign = await getCampaign(tx, id)
    if (campaign.termsVersion !== input.termsVersion) throw new AppError('campaign_changed')
    const { terms, termsVersion: _from, startsAt, endsAt, status, ...fields } = input
    const moved = moveCampaign(campaign, { status, startsAt: momentOf(startsAt), endsAt: momentOf(endsAt) }, tx.clock())
    if (!moved.ok && moved.code === 'campaign_transition') throw new AppError(moved.code)
    if (!moved.ok) throw invalid(moved.path, moved.message)
    const { ok: _, ...schedule } = moved
    const next = { ...definedOnly(fields), ...schedule }
    assertHasPage({ ...campaign, ...next })
    const current = await termsOf(tx, id, campaign.termsVersion)
    const changed = terms !== undefined && JSON.stringify(terms) !== JSON.stringify(current)
    const version = changed ? campaign.termsVersion + 1 : campaign.termsVersion
    if (changed) await addTermsVersion(tx, id, version, terms)
    await tx.db
      .update(campaigns)
      .set({ ...next, termsVersion: version, updatedAt: tx.clock() })
      .where(and(eq(campaigns.organizationId, tx.organizationId), eq(campaigns.id, id)))
    if (next.name !== undefined && next.name !== campaign.name) searchChanged(tx, 'campaign', id)
    const payload = { termsVersion: version, status: next.status }
    await writeAudit(tx, {
      action: changed ? 'campaign.terms_published' : 'campaign.updated',
      subjectId: id,
      data: payload,
    })
    await recordEvent(tx, 'campaign.updated', { campaignId: id, ...payload })
    return getCampaign(tx, id)
  })
}

const copyWords = 'Copy of '
const nameMax = 100

/** Creates a draft with the same wording, form and terms but no dates, such as for next year's campaign. */
export async function duplicateCampaign(ctx: Ctx, id: string): Promise<CampaignRow> {
  return transaction(ctx, async (tx) => {
    const original = await getCampaign(tx, id)
    const copy = tx.newId('campaign')
    const now = tx.clock()
    await tx.db.insert(campaigns).values({
      ...original,
      id: copy,
      name: `${copyWords}${original.name}`.slice(0, nameMax),
      status: 'draft',
      startsAt: null,
      endsAt: null,
      termsVersion: 1,
      createdAt: now,
      updatedAt: now,
    })
    searchAdded(tx, 'campaign', copy)
    await addTermsVersion(tx, copy, 1, await termsOf(tx, id, original.termsVersion))
    await writeAudit(tx, { action: 'campaign.created', subjectId: copy, data: { copyOf: id } })
    return getCampaign(tx, copy)
  })
}

/**
 * Archives a draft that nobody has joined, so that it leaves every list. Throws campaign_in_use for any other campaign.
 */
export async function archiveCampaign(ctx: Ctx, id: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const campaign = await getCampaign(tx, id)
    if (campaign.status !== 'draft' || (await isInUse(tx, id))) throw new AppError('campaign_in_use')
    await setArchived(tx, id, tx.clock())
    await writeAudit(tx, { action: 'campaign.archived', subjectId: id })
  })
}

/** Whether a higher module has data under the campaign, such as an advocate or a referral. */
async function isInUse(tx: Ctx, id: string): Promise<boolean> {
  for (const { uses } of tx.modules) if (await uses?.campaign?.(tx, id)) return true
  return false
}

/** Restores an archived draft. One that isn't archived stays as it is. */
export async function restoreCampaign(ctx: Ctx, id: string): Promise<CampaignRow> {
  return transaction(ctx, async (tx) => {
    const wasAway = await setArchived(tx, id, null)
    if (wasAway) await writeAudit(tx, { action: 'campaign.restored', subjectId: id })
    return getCampaign(tx, id)
  })
}

async function setArchived(tx: Ctx, id: string, archivedAt: number | null): Promise<boolean> {
  const there = archivedAt === null ? isNotNull(campaigns.archivedAt) : isNull(campaigns.archivedAt)
  const changed = await tx.db
    .update(campaigns)
    .set({ archivedAt, updatedAt: tx.clock() })
    .where(and(eq(campaigns.organizationId, tx.organizationId), eq(campaigns.id, id), there))
    .returning({ id: campaigns.id })
  searchChanged(tx, 'campaign', id)
  return changed.length > 0
}

const campaignById = prepared((db) =>
  db
    .select()
    .from(campaigns)
    .where(
      and(
        eq(campaigns.id, sql.placeholder('id')),
        eq(campaigns.organizationId, sql.placeholder('organizationId')),
        isNull(campaigns.archivedAt),
      ),
    )
    .prepare(),
)

/** Throws not_found for another organization's campaign and for an archived one. */
export async function getCampaign(ctx: Ctx, id: string): Promise<CampaignRow> {
  const campaign = await campaignById(ctx.db).get({ id, organizationId: ctx.organizationId })
  if (!campaign) throw new AppError('not_found')
  return campaign
}

const termsByVersion = prepared((db) =>
  db
    .select({ terms: termsText })
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

/** The terms of one version, with today's defaults for fields it didn't have. */
export async function termsOf(ctx: Ctx, campaignId: string, version: number): Promise<Terms> {
  const row = await termsByVersion(ctx.db).get({ campaignId, version, organizationId: ctx.organizationId })
  if (!row) throw new Error(`Campaign ${campaignId} has no terms of version ${version}.`)
  return readTerms(row.terms)
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

const invalid = (path: string, message: string) =>
  new AppError('validation_failed', { detail: message, errors: [{ path, message }] })

function assertHasPage(campaign: Pick<CampaignRow, 'linkTarget' | 'landingUrl'>): void {
  if (campaign.linkTarget === 'page' && !campaign.landingUrl)
    throw invalid('landingUrl', 'Enter the page of your site that carries the form.')
}

const moment = (value: string | null): number | null => (value === null ? null : Date.parse(value))
const momentOf = (value: string | null | undefined) => (value === undefined ? undefined : moment(value))

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }
const definedOnly = <T extends object>(fields: T): Defined<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>

/** Whether the organization has amounts in its currency: every campaign, in any status, has some. */
export async function hasCampaigns(ctx: Ctx): Promise<boolean> {
  const [campaign] = await ctx.db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(eq(campaigns.organizationId, ctx.organizationId))
    .limit(1)
  return campaign !== undefined
}
