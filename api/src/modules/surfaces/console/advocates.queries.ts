import type { Advocate, AdvocateDetail, AdvocateQuery, Page, Terms } from '@goodword/contracts'
import { tierStanding, withExceptions } from '@goodword/domain'
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
import { invitations } from '../../program/invitations/invitations.table.ts'
import { visitCounts, visitLinks } from '../embed/visits.table.ts'

/** The plus sign is that of `ownRow`. */
const inOrganization = sql`+${enrollments.organizationId} = ${sql.placeholder('organizationId')}`

/** One advocate with link, codes, terms and balance. Throws not_found for another organization's. */
export async function loadAdvocate(ctx: Ctx, id: string): Promise<AdvocateDetail> {
  const row = await advocateById(ctx.db).get({ organizationId: ctx.organizationId, id })
  if (!row) throw new AppError('not_found')
  const terms = await termsOf(ctx, row)
  return {
    exceptions: row.exceptions,
    codes: await codesOf(ctx, row),
    terms,
    asks: await asksOfAdvocate(ctx, row.id),
    ...toAdvocate(ctx, row, terms),
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
    asked: query.asked !== undefined,
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
  const known = new Map<string, Terms>()
  for (const row of page.items) {
    const version = `${row.campaignId} ${row.termsVersion}`
    if (!known.has(version)) known.set(version, await termsOf(ctx, row))
  }
  const termsIn = (row: Row) => known.get(`${row.campaignId} ${row.termsVersion}`)
  return withMore(
    mapPage(page, (row) => toAdvocate(ctx, row, termsIn(row))),
    found,
  )
}

// Ids ascend with time, and the index ends with the id.
const byId = descending<Row>(enrollments.id, ({ id }) => id)
const byRank = descending<Row>(enrollments.referralCount, ({ referrals }) => referrals)

type ListShape = { asked: boolean; sort: AdvocateQuery['sort']; isOfCampaign: boolean; isSearch: boolean }

// The latest ask first; the index ends with the place of the row.
const byAsk = descending<Row>(invitations.sentAt, ({ askedAt }) => askedAt ?? 0)
const byAskPlace = descending<Row>(sql`${invitations}.rowid`, ({ askPlace }) => askPlace ?? 0)

/** The last ask of them is one that nobody opened. */
const lastIsNotOpened = sql`(SELECT i.state FROM invitations i WHERE i.enrollment_id = ${enrollments.id}
  AND i.sent_at IS NOT NULL ORDER BY i.id DESC LIMIT 1) = 'sent'`

const pagesOf = shapes((shape: ListShape) => {
  const { asked, sort, isOfCampaign, isSearch } = shape
  if (asked && !isSearch) return pagesOfAsked(isOfCampaign)
  return preparedPages<Row>(sort === 'newest' ? [byId] : [byRank, byId], (db, slice) => {
    const listed = [
      isOfCampaign ? eq(enrollments.campaignId, sql.placeholder('campaignId')) : undefined,
      isOfCampaign ? inOrganization : eq(enrollments.organizationId, sql.placeholder('organizationId')),
      eq(enrollments.listState, sql.placeholder('listState')),
      asked ? lastIsNotOpened : undefined,
    ]
    const conditions = isSearch ? [amongPlaces(enrollments, listed, slice)] : [...listed, slice.where]
    return advocateRows(db, ...conditions)
      .orderBy(...slice.orderBy)
      .limit(slice.limit)
      .prepare()
  })
})

/** Walks the asks that nobody opened. The plus signs keep SQLite from walking advocates instead. */
const pagesOfAsked = (isOfCampaign: boolean) =>
  preparedPages<Row>([byAsk, byAskPlace], (db, slice) =>
    advocateRows(
      db,
      isOfCampaign
        ? eq(invitations.campaignId, sql.placeholder('campaignId'))
        : eq(invitations.organizationId, sql.placeholder('organizationId')),
      sql`${invitations.state} = 'sent'`,
      eq(enrollments.id, invitations.enrollmentId),
      inOrganization,
      sql`+${enrollments.listState} = ${sql.placeholder('listState')}`,
      slice.where,
    )
      .orderBy(...slice.orderBy)
      .limit(slice.limit)
      .prepare(),
  )

const address = (kind: 'email' | 'phone') =>
  sql<
    string | null
  >`(SELECT ${contactAddresses.value} FROM ${contactAddresses} WHERE ${contactAddresses.contactId} = ${contacts.id} AND ${contactAddresses.kind} = ${kind} ORDER BY ${contactAddresses.createdAt}, ${contactAddresses.id} LIMIT 1)`

const balance = (kind: 'available' | 'held') =>
  sql<number>`coalesce((SELECT ${ledgerAccounts.balance} FROM ${ledgerAccounts} WHERE ${ledgerAccounts.organizationId} = ${enrollments.organizationId} AND ${ledgerAccounts.ownerType} = 'contact' AND ${ledgerAccounts.ownerId} = ${contacts.id} AND ${ledgerAccounts.kind} = ${kind} AND ${ledgerAccounts.currency} = ${campaigns.currency}), 0)`

const sharedAt = sql<number | null>`(SELECT min(${visitCounts.quarter}) * 900000 FROM ${visitCounts}
  WHERE ${visitCounts.link} = (SELECT ${visitLinks.number} FROM ${visitLinks}
    WHERE ${visitLinks.organizationId} = ${enrollments.organizationId} AND ${visitLinks.enrollmentId} = ${enrollments.id}))`

const lastAskId = sql`(SELECT i.id FROM invitations i
  WHERE i.enrollment_id = ${enrollments.id} AND i.sent_at IS NOT NULL ORDER BY i.id DESC LIMIT 1)`

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
      earned: enrollments.earned,
      sharedAt,
      askPlace: sql<number | null>`${invitations}.rowid`,
      askedAt: invitations.sentAt,
      askState: invitations.state,
      available: balance('available'),
      held: balance('held'),
    })
    .from(enrollments)
    .innerJoin(contacts, eq(contacts.id, enrollments.contactId))
    .innerJoin(campaigns, eq(campaigns.id, enrollments.campaignId))
    .leftJoin(invitations, eq(invitations.id, lastAskId))
    .where(and(...conditions))
    .$dynamic()

type Row = Awaited<ReturnType<typeof advocateRows>>[number]

const toAdvocate = (ctx: Ctx, row: Row, terms: Terms | undefined): Advocate => ({
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
  earned: row.earned,
  sharedAt: isoOrNull(row.sharedAt),
  lastAsk: askOf(row),
  tier: terms ? tierStanding(withExceptions(terms, row.exceptions), row.converted) : null,
  available: row.available,
  held: row.held,
  currency: row.currency,
  createdAt: iso(row.createdAt),
  archivedAt: isoOrNull(row.archivedAt),
})

function askOf({ askedAt, askState }: Row): Advocate['lastAsk'] {
  if (askedAt === null || askState === null) return null
  return { at: iso(askedAt), state: askState === 'opened' || askState === 'joined' ? askState : 'sent' }
}
