import type { Advocate, AdvocateQuery } from '@goodword/contracts'
import { and, desc, eq, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../../shared/context.ts'
import { AppError } from '../../shared/errors.ts'
import { cutPage, decodeCursor, iso, likePattern } from '../../shared/pages.ts'
import { campaigns } from '../campaigns/campaigns.table.ts'
import { contactAddresses, contacts } from '../contacts/contacts.table.ts'
import { ledgerAccounts } from '../ledger/ledger.table.ts'
import { referrals } from '../referrals/referrals.table.ts'
import { enrollments } from './advocates.table.ts'
import { linkOf } from './links.ts'

/** One advocate with link, counts and balance. Throws not_found for another organization's. */
export async function loadAdvocate(ctx: Ctx, id: string): Promise<Advocate> {
  const row = await rowsOf(ctx, eq(enrollments.id, id)).get()
  if (!row) throw new AppError('not_found')
  return shown(ctx, row)
}

/** Ranked by referrals, or the newest first. */
export async function listAdvocates(ctx: Ctx, query: AdvocateQuery) {
  const after = query.cursor ? decodeCursor(query.cursor, 2) : null
  const rank = query.sort === 'newest' ? sql`${enrollments.createdAt}` : sql`${referralCount}`
  const rows = await rowsOf(
    ctx,
    isNull(enrollments.archivedAt),
    query.campaignId ? eq(enrollments.campaignId, query.campaignId) : undefined,
    query.q ? matching(query.q) : undefined,
    after
      ? or(lt(rank, Number(after[0])), and(eq(rank, Number(after[0])), lt(enrollments.id, String(after[1]))))
      : undefined,
  )
    .orderBy(desc(rank), desc(enrollments.id))
    .limit(query.limit + 1)
  return cutPage(
    rows,
    query.limit,
    (row) => shown(ctx, row),
    (row) => [query.sort === 'newest' ? row.createdAt : row.referrals, row.id],
  )
}

const referralCount = sql<number>`(SELECT count(*) FROM ${referrals} WHERE ${referrals.enrollmentId} = ${enrollments.id})`
const convertedCount = sql<number>`(SELECT count(*) FROM ${referrals} WHERE ${referrals.enrollmentId} = ${enrollments.id} AND ${referrals.status} = 'converted')`

const address = (kind: 'email' | 'phone') =>
  sql<
    string | null
  >`(SELECT ${contactAddresses.value} FROM ${contactAddresses} WHERE ${contactAddresses.contactId} = ${contacts.id} AND ${contactAddresses.kind} = ${kind} ORDER BY ${contactAddresses.createdAt} LIMIT 1)`

const balance = (kind: 'contact_available' | 'contact_held') =>
  sql<number>`coalesce((SELECT ${ledgerAccounts.balance} FROM ${ledgerAccounts} WHERE ${ledgerAccounts.organizationId} = ${enrollments.organizationId} AND ${ledgerAccounts.contactId} = ${contacts.id} AND ${ledgerAccounts.kind} = ${kind} AND ${ledgerAccounts.currency} = ${campaigns.currency}), 0)`

function matching(text: string): SQL {
  const pattern = likePattern(text)
  const digits = text.replace(/\D/g, '')
  const byDigits = digits.length >= 3 ? sql` OR ${contactAddresses.value} LIKE ${`%${digits}%`}` : sql``
  return sql`(${contacts.name} LIKE ${pattern} ESCAPE '\\' OR ${enrollments.code} LIKE ${pattern} ESCAPE '\\' OR EXISTS (SELECT 1 FROM ${contactAddresses} WHERE ${contactAddresses.contactId} = ${contacts.id} AND (${contactAddresses.value} LIKE ${pattern} ESCAPE '\\'${byDigits})))`
}

const rowsOf = (ctx: Ctx, ...conditions: (SQL | undefined)[]) =>
  ctx.db
    .select({
      id: enrollments.id,
      contactId: enrollments.contactId,
      code: enrollments.code,
      createdAt: enrollments.createdAt,
      name: contacts.name,
      email: address('email'),
      phone: address('phone'),
      campaignId: campaigns.id,
      campaignName: campaigns.name,
      linkTarget: campaigns.linkTarget,
      landingUrl: campaigns.landingUrl,
      currency: campaigns.currency,
      referrals: referralCount,
      converted: convertedCount,
      available: balance('contact_available'),
      held: balance('contact_held'),
    })
    .from(enrollments)
    .innerJoin(contacts, eq(contacts.id, enrollments.contactId))
    .innerJoin(campaigns, eq(campaigns.id, enrollments.campaignId))
    .where(and(eq(enrollments.organizationId, ctx.organizationId), ...conditions))
    .$dynamic()

type Row = Awaited<ReturnType<typeof rowsOf>>[number]

const shown = (ctx: Ctx, row: Row): Advocate => ({
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
})
