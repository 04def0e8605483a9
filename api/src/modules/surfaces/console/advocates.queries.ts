import { type Advocate, type AdvocateDetail, type AdvocateQuery, type Page, Terms } from '@goodword/contracts'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { descending, mapPage, readPage } from '../../../shared/keyset.ts'
import { ownRow } from '../../../shared/ownRow.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { ledgerAccounts } from '../../money/ledger/ledger.table.ts'
import { contactAddresses, contacts } from '../../people/contacts/contacts.table.ts'
import { searchFilter, withMore } from '../../platform/search/filter.ts'
import { enrollmentCodes, enrollments } from '../../program/advocates/advocates.table.ts'
import { linkOf } from '../../program/advocates/links.ts'
import { campaigns, campaignTerms } from '../../program/campaigns/campaigns.table.ts'

/** One advocate with link, codes, terms and balance. Throws not_found for another organization's. */
export async function loadAdvocate(ctx: Ctx, id: string): Promise<AdvocateDetail> {
  const row = await advocateRows(ctx, eq(enrollments.organizationId, ctx.organizationId), eq(enrollments.id, id)).get()
  if (!row) throw new AppError('not_found')
  return {
    ...toAdvocate(ctx, row),
    exceptions: row.exceptions,
    codes: await codesOf(ctx, row),
    terms: await termsOf(ctx, row),
  }
}

/** The current code first, then previous ones, then those of contacts merged into this one; at most 100 of each. */
async function codesOf(ctx: Ctx, row: Row): Promise<string[]> {
  const merged = await ctx.db
    .select({ id: enrollments.id })
    .from(contacts)
    .innerJoin(enrollments, and(eq(enrollments.campaignId, row.campaignId), eq(enrollments.contactId, contacts.id)))
    .where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.mergedInto, row.contactId)))
    .limit(codesShown)
  const found = await Promise.all([row.id, ...merged.map(({ id }) => id)].map((id) => codesUnder(ctx, id)))
  const codes = found.flat().sort((one, other) => other.createdAt - one.createdAt || (one.code < other.code ? -1 : 1))
  return [row.code, ...codes.map(({ code }) => code).filter((code) => code !== row.code)]
}

const codesUnder = (ctx: Ctx, enrollmentId: string) =>
  ctx.db
    .select({ code: enrollmentCodes.code, createdAt: enrollmentCodes.createdAt })
    .from(enrollmentCodes)
    .where(and(eq(enrollmentCodes.organizationId, ctx.organizationId), eq(enrollmentCodes.enrollmentId, enrollmentId)))
    .limit(codesShown)

async function termsOf(ctx: Ctx, row: Row): Promise<Terms> {
  const kept = await ctx.db
    .select({ terms: campaignTerms.terms })
    .from(campaignTerms)
    .where(
      and(
        eq(campaignTerms.organizationId, ctx.organizationId),
        eq(campaignTerms.campaignId, row.campaignId),
        eq(campaignTerms.version, row.termsVersion),
      ),
    )
    .get()
  return Terms.parse(kept?.terms)
}

/** Ranked by referrals, or newest first. */
export async function listAdvocates(ctx: Ctx, query: AdvocateQuery): Promise<Page<Advocate>> {
  // Ids ascend with time, and the index ends with the id.
  const byId = descending<Row>(enrollments.id, ({ id }) => id)
  const byRank = descending<Row>(enrollments.referralCount, ({ referrals }) => referrals)
  const keys = query.sort === 'newest' ? [byId] : [byRank, byId]
  const found = await searchFilter(ctx, 'advocate', enrollments.id, query.q)
  const page = await readPage(query, keys, ({ where, orderBy, limit }) =>
    advocateRows(
      ctx,
      listedIn(ctx, query.campaignId),
      eq(enrollments.listState, query.state === 'archived' ? 'archived' : 'active'),
      found.where,
      where,
    )
      .orderBy(...orderBy)
      .limit(limit),
  )
  return withMore(
    mapPage(page, (row) => toAdvocate(ctx, row)),
    found,
  )
}

const listedIn = (ctx: Ctx, campaignId: string | undefined) =>
  campaignId === undefined
    ? eq(enrollments.organizationId, ctx.organizationId)
    : and(eq(enrollments.campaignId, campaignId), ownRow(ctx, enrollments.organizationId))

const address = (kind: 'email' | 'phone') =>
  sql<
    string | null
  >`(SELECT ${contactAddresses.value} FROM ${contactAddresses} WHERE ${contactAddresses.contactId} = ${contacts.id} AND ${contactAddresses.kind} = ${kind} ORDER BY ${contactAddresses.createdAt}, ${contactAddresses.id} LIMIT 1)`

const balance = (kind: 'available' | 'held') =>
  sql<number>`coalesce((SELECT ${ledgerAccounts.balance} FROM ${ledgerAccounts} WHERE ${ledgerAccounts.organizationId} = ${enrollments.organizationId} AND ${ledgerAccounts.ownerType} = 'contact' AND ${ledgerAccounts.ownerId} = ${contacts.id} AND ${ledgerAccounts.kind} = ${kind} AND ${ledgerAccounts.currency} = ${campaigns.currency}), 0)`

const codesShown = 100

const advocateRows = (ctx: Ctx, ...conditions: (SQL | undefined)[]) =>
  ctx.db
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
