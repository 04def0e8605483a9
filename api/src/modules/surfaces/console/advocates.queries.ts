import type { Advocate, AdvocateDetail, AdvocateQuery, Page, Terms } from '@goodword/contracts'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import type { Queries } from '../../../database/queries.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { descending, mapPage } from '../../../shared/keyset.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { preparedPages, shapes } from '../../../shared/preparedPages.ts'
import { ledgerAccounts } from '../../money/ledger/ledger.table.ts'
import { contactAddresses, contacts } from '../../people/contacts/contacts.table.ts'
import { amongPlaces, searchRows, withMore } from '../../platform/search/filter.ts'
import { enrollmentCodes, enrollments } from '../../program/advocates/advocates.table.ts'
import { linkOf } from '../../program/advocates/links.ts'
import { readTerms, termsText } from '../../program/campaigns/campaignContext.queries.ts'
import { campaigns, campaignTerms } from '../../program/campaigns/campaigns.table.ts'
import { asksOfAdvocate } from '../../program/invitations/invitations.queries.ts'

/** The plus sign is that of `ownRow`. */
const inOrganization = sql`+${enrollments.organizationId} = ${sql.placeholder('organizationId')}`

/** One advocate with link, codes, terms and balance. Throws not_found for another organization's. */
export async function loadAdvocate(ctx: Ctx, id: string): Promise<AdvocateDetail> {
  const row = await advocateById(ctx.db).get({ organizationId: ctx.organizationId, id })
  if (!row) throw new AppError('not_found')
  return {
    exceptions: row.exceptions,
    codes: await codesOf(ctx, row),
    terms: await termsOf(ctx, row),
    asks: await asksOfAdvocate(ctx, row.id),
    ...toAdvocate(ctx, row),
  }
}

const advocateById = prepared((db) =>
  advocateRows(db, inOrganization, eq(enrollments.id, sql.placeholder('id'))).prepare(),
)

/** The current code first, then previous ones, then those of contacts merged into this one; at most 100 of each. */
async function codesOf(ctx: Ctx, row: Row): Promise<string[]> {
  const { organizationId } = ctx
  const { campaignId, contactId } = row
  const merged = await mergedInto(ctx.db).all({ organizationId, campaignId, contactId })
  const ids = [row.id, ...merged.map(({ id }) => id)]
  const found = await Promise.all(ids.map((enrollmentId) => codesUnder(ctx.db).all({ organizationId, enrollmentId })))
  const codes = found.flat().sort((one, other) => other.createdAt - one.createdAt || (one.code < other.code ? -1 : 1))
  return [row.code, ...codes.map(({ code }) => code).filter((code) => code !== row.code)]
}

const codesShown = 100

const mergedInto = prepared((db) =>
  db
    .select({ id: enrollments.id })
    .from(contacts)
    .innerJoin(
      enrollments,
      and(eq(enrollments.campaignId, sql.placeholder('campaignId')), eq(enrollments.contactId, contacts.id)),
    )
    .where(
      and(
        eq(contacts.organizationId, sql.placeholder('organizationId')),
        eq(contacts.mergedInto, sql.placeholder('contactId')),
      ),
    )
    .limit(codesShown)
    .prepare(),
)

const codesUnder = prepared((db) =>
  db
    .select({ code: enrollmentCodes.code, createdAt: enrollmentCodes.createdAt })
    .from(enrollmentCodes)
    .where(
      and(
        eq(enrollmentCodes.organizationId, sql.placeholder('organizationId')),
        eq(enrollmentCodes.enrollmentId, sql.placeholder('enrollmentId')),
      ),
    )
    .limit(codesShown)
    .prepare(),
)

async function termsOf({ db, organizationId }: Ctx, { campaignId, termsVersion }: Row): Promise<Terms> {
  const kept = await termsRow(db).get({ organizationId, campaignId, version: termsVersion })
  if (!kept) throw new Error('A campaign has no terms.')
  return readTerms(kept.terms)
}

const termsRow = prepared((db) =>
  db
    .select({ terms: termsText })
    .from(campaignTerms)
    .where(
      and(
        eq(campaignTerms.organizationId, sql.placeholder('organizationId')),
        eq(campaignTerms.campaignId, sql.placeholder('campaignId')),
        eq(campaignTerms.version, sql.placeholder('version')),
      ),
    )
    .prepare(),
)

/** Ranked by referrals, or newest first. */
export async function listAdvocates(ctx: Ctx, query: AdvocateQuery): Promise<Page<Advocate>> {
  const found = await searchRows(ctx, 'advocate', query.q)
  const pages = pagesOf({
    sort: query.sort,
    isOfCampaign: query.campaignId !== undefined,
    isSearch: found.places !== null,
  })
  const page = await pages(ctx.db, query, {
    organizationId: ctx.organizationId,
    campaignId: query.campaignId,
    listState: query.state === 'archived' ? 'archived' : 'active',
    places: found.places,
  })
  return withMore(
    mapPage(page, (row) => toAdvocate(ctx, row)),
    found,
  )
}

// Ids ascend with time, and the index ends with the id.
const byId = descending<Row>(enrollments.id, ({ id }) => id)
const byRank = descending<Row>(enrollments.referralCount, ({ referrals }) => referrals)

type ListShape = { sort: AdvocateQuery['sort']; isOfCampaign: boolean; isSearch: boolean }

const pagesOf = shapes(({ sort, isOfCampaign, isSearch }: ListShape) =>
  preparedPages<Row>(sort === 'newest' ? [byId] : [byRank, byId], (db, slice) => {
    const listed = [
      isOfCampaign ? eq(enrollments.campaignId, sql.placeholder('campaignId')) : undefined,
      isOfCampaign ? inOrganization : eq(enrollments.organizationId, sql.placeholder('organizationId')),
      eq(enrollments.listState, sql.placeholder('listState')),
    ]
    const conditions = isSearch ? [amongPlaces(enrollments, listed, slice)] : [...listed, slice.where]
    return advocateRows(db, ...conditions)
      .orderBy(...slice.orderBy)
      .limit(slice.limit)
      .prepare()
  }),
)

const address = (kind: 'email' | 'phone') =>
  sql<
    string | null
  >`(SELECT ${contactAddresses.value} FROM ${contactAddresses} WHERE ${contactAddresses.contactId} = ${contacts.id} AND ${contactAddresses.kind} = ${kind} ORDER BY ${contactAddresses.createdAt}, ${contactAddresses.id} LIMIT 1)`

const balance = (kind: 'available' | 'held') =>
  sql<number>`coalesce((SELECT ${ledgerAccounts.balance} FROM ${ledgerAccounts} WHERE ${ledgerAccounts.organizationId} = ${enrollments.organizationId} AND ${ledgerAccounts.ownerType} = 'contact' AND ${ledgerAccounts.ownerId} = ${contacts.id} AND ${ledgerAccounts.kind} = ${kind} AND ${ledgerAccounts.currency} = ${campaigns.currency}), 0)`

const advocateRows = (db: Queries, ...conditions: (SQL | undefined)[]) =>
  db
    .select({
      id: enrollments.id,
      contactId: enrollments.contactId,
      code: enrollments.code,
      createdAt: enrollments.createdAt,
      archivedAt: enrollments.archivedAt,
      exceptions: enrollments.exceptions,
      termsVersion: campaigns.termsVersion,
      name: contacts.name,
      email: address('email'),
      phone: address('phone'),
      campaignId: campaigns.id,
      campaignName: campaigns.name,
      linkTarget: campaigns.linkTarget,
      landingUrl: campaigns.landingUrl,
      currency: campaigns.currency,
      referrals: enrollments.referralCount,
      converted: enrollments.convertedCount,
      available: balance('available'),
      held: balance('held'),
    })
    .from(enrollments)
    .innerJoin(contacts, eq(contacts.id, enrollments.contactId))
    .innerJoin(campaigns, eq(campaigns.id, enrollments.campaignId))
    .where(and(...conditions))
    .$dynamic()

type Row = Awaited<ReturnType<typeof advocateRows>>[number]

const toAdvocate = (ctx: Ctx, row: Row): Advocate => ({
  id: row.id,
  contactId: row.contactId,
  name: row.name,
  email: row.email,
  phone: row.phone,
  campaign: { id: row.campaignId, name: row.campaignName },
  code: row.code,
  link: linkOf({ campaign: row, code: row.code, publicUrl: ctx.config.publicUrl }),
  referrals: row.referrals,
  converted: row.converted,
  available: row.available,
  held: row.held,
  currency: row.currency,
  createdAt: iso(row.createdAt),
  archivedAt: isoOrNull(row.archivedAt),
})
