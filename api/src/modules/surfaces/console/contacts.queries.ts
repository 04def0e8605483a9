import type { ContactQuery, ContactRow, Page } from '@goodword/contracts'
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { ascending, descending, mapPage, readPage, type SortKey } from '../../../shared/keyset.ts'
import { iso, isoOrNull, likePattern } from '../../../shared/pages.ts'
import { contactAddresses, contacts } from '../../people/contacts/contacts.table.ts'

/** The organization's contacts, newest first or by name, without merged and erased ones. */
export async function listContacts(ctx: Ctx, query: ContactQuery): Promise<Page<ContactRow>> {
  const page = await readPage(query, keysOf[query.sort], ({ where, orderBy, limit }) =>
    contactRows(
      ctx,
      isNull(contacts.mergedInto),
      isNull(contacts.erasedAt),
      query.filter ? filters[query.filter](ctx) : undefined,
      query.q ? matching(query.q) : undefined,
      where,
    )
      .orderBy(...orderBy)
      .limit(limit),
  )
  return mapPage(page, toContact)
}

const plainName = sql<string>`lower(${contacts.name})`

const keysOf: Record<ContactQuery['sort'], SortKey<Row>[]> = {
  name: [ascending(plainName, ({ sortName }) => sortName), ascending(contacts.id, ({ id }) => id)],
  newest: [descending(contacts.id, ({ id }) => id)],
}

const filters: Record<NonNullable<ContactQuery['filter']>, (ctx: Ctx) => SQL> = {
  advocates: () => sql`${enrolledCount} > 0`,
  friends: () => sql`${referredCount} > 0`,
  customers: (ctx) => sql`${contacts.customerSince} <= ${ctx.clock()}`,
  duplicates: () => sql`${duplicateCount} > 0`,
}

// Written out because drizzle omits the table name in a query on one table, and the subquery needs it.
const enrolledCount = sql<number>`(SELECT count(*) FROM enrollments e WHERE e.contact_id = contacts.id AND e.archived_at IS NULL)`
const referredCount = sql<number>`(SELECT count(*) FROM referrals r WHERE r.friend_contact_id = contacts.id AND r.archived_at IS NULL)`
const duplicateCount = sql<number>`(SELECT count(*) FROM contact_duplicates d WHERE (d.contact_id = contacts.id OR d.other_id = contacts.id) AND d.dismissed_at IS NULL)`

/** The oldest address of a kind. */
export const firstAddress = (kind: 'email' | 'phone') =>
  sql<
    string | null
  >`(SELECT a.value FROM contact_addresses a WHERE a.contact_id = contacts.id AND a.kind = ${kind} ORDER BY a.created_at, a.id LIMIT 1)`

function matching(text: string): SQL {
  const pattern = likePattern(text)
  const digits = text.replace(/\D/g, '')
  const byDigits = digits.length >= 3 ? sql` OR ${contactAddresses.value} LIKE ${`%${digits}%`}` : sql``
  return sql`(${contacts.name} LIKE ${pattern} ESCAPE '\\' OR EXISTS (SELECT 1 FROM ${contactAddresses} WHERE ${contactAddresses.contactId} = ${contacts.id} AND (${contactAddresses.value} LIKE ${pattern} ESCAPE '\\'${byDigits})))`
}

export const contactRows = (ctx: Ctx, ...conditions: (SQL | undefined)[]) =>
  ctx.db
    .select({
      id: contacts.id,
      name: contacts.name,
      sortName: plainName,
      email: firstAddress('email'),
      phone: firstAddress('phone'),
      enrollments: enrolledCount,
      referred: referredCount,
      duplicates: duplicateCount,
      customerSince: contacts.customerSince,
      createdAt: contacts.createdAt,
    })
    .from(contacts)
    .where(and(eq(contacts.organizationId, ctx.organizationId), ...conditions))
    .$dynamic()

type Row = Awaited<ReturnType<typeof contactRows>>[number]

export const toContact = ({ sortName: _, ...row }: Row): ContactRow => ({
  ...row,
  customerSince: isoOrNull(row.customerSince),
  createdAt: iso(row.createdAt),
})
