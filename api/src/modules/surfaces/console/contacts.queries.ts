import type { ContactQuery, ContactRow, Page } from '@goodword/contracts'
import { and, eq, lte, type SQL, sql } from 'drizzle-orm'
import { byRowid } from '../../../shared/byRowid.ts'
import type { Ctx } from '../../../shared/context.ts'
import { ascending, descending, mapPage, readPage, type SortKey } from '../../../shared/keyset.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { searchFilter, withMore } from '../../platform/search/filter.ts'

/** The organization's contacts, newest first or by name, without merged and erased ones. */
export async function listContacts(ctx: Ctx, query: ContactQuery): Promise<Page<ContactRow>> {
  const found = await searchFilter(ctx, 'contact', contacts.id, query.q)
  const page = await readPage(query, keysOf[query.sort], ({ where, orderBy, limit }) =>
    contactRows(ctx, query.filter ? filters[query.filter](ctx) : eq(contacts.listed, true), found.where, where)
      .orderBy(...orderBy)
      .limit(limit),
  )
  return withMore(mapPage(page, toContact), found)
}

const keysOf: Record<ContactQuery['sort'], SortKey<Row>[]> = {
  name: [ascending(contacts.sortName, ({ sortName }) => sortName ?? ''), byRowid(contacts, 'asc', ({ id }) => id)],
  // Ids ascend with time.
  newest: [descending(contacts.id, ({ id }) => id)],
}

const filters: Record<NonNullable<ContactQuery['filter']>, (ctx: Ctx) => SQL | undefined> = {
  advocates: () => eq(contacts.listedAdvocate, true),
  friends: () => eq(contacts.listedFriend, true),
  customers: (ctx) => and(eq(contacts.listedCustomer, true), lte(contacts.customerSince, ctx.clock())),
  duplicates: () => eq(contacts.listedDuplicate, true),
}

/** The oldest address of a kind. */
export const firstAddress = (kind: 'email' | 'phone') =>
  sql<
    string | null
  >`(SELECT a.value FROM contact_addresses a WHERE a.contact_id = contacts.id AND a.kind = ${kind} ORDER BY a.created_at, a.id LIMIT 1)`

export const contactRows = (ctx: Ctx, ...conditions: (SQL | undefined)[]) =>
  ctx.db
    .select({
      id: contacts.id,
      name: contacts.name,
      sortName: contacts.sortName,
      email: firstAddress('email'),
      phone: firstAddress('phone'),
      enrollments: contacts.enrollmentCount,
      referred: contacts.referredCount,
      duplicates: contacts.duplicateCount,
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
