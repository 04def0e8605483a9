import type { ContactQuery, ContactRow, Page } from '@goodword/contracts'
import { and, eq, lte, type SQL, sql } from 'drizzle-orm'
import type { Queries } from '../../../database/queries.ts'
import { byRowid } from '../../../shared/byRowid.ts'
import type { Ctx } from '../../../shared/context.ts'
import { ascending, descending, mapPage, type SortKey } from '../../../shared/keyset.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { preparedPages, shapes } from '../../../shared/preparedPages.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { amongPlaces, searchRows, withMore } from '../../platform/search/filter.ts'

/** The organization's contacts, newest first or by name, without merged and erased ones. */
export async function listContacts(ctx: Ctx, query: ContactQuery): Promise<Page<ContactRow>> {
  const found = await searchRows(ctx, 'contact', query.q)
  const pages = pagesOf({ sort: query.sort, filter: query.filter ?? 'all', isSearch: found.places !== null })
  const { organizationId } = ctx
  const page = await pages(ctx.db, query, { organizationId, now: ctx.clock(), places: found.places })
  return withMore(mapPage(page, toContact), found)
}

type Filter = NonNullable<ContactQuery['filter']> | 'all'
type ListShape = { sort: ContactQuery['sort']; filter: Filter; isSearch: boolean }

const pagesOf = shapes(({ sort, filter, isSearch }: ListShape) =>
  preparedPages<Row>(keysOf[sort], (db, slice) => {
    const listed = [inOrganization, filters[filter]]
    const conditions = isSearch ? [amongPlaces(contacts, listed, slice)] : [...listed, slice.where]
    return contactRows(db, ...conditions)
      .orderBy(...slice.orderBy)
      .limit(slice.limit)
      .prepare()
  }),
)

const keysOf: Record<ContactQuery['sort'], SortKey<Row>[]> = {
  name: [ascending(contacts.sortName, ({ sortName }) => sortName ?? ''), byRowid(contacts, 'asc', ({ id }) => id)],
  // Ids ascend with time.
  newest: [descending(contacts.id, ({ id }) => id)],
}

const filters: Record<Filter, SQL | undefined> = {
  all: eq(contacts.listed, true),
  advocates: eq(contacts.listedAdvocate, true),
  friends: eq(contacts.listedFriend, true),
  customers: and(eq(contacts.listedCustomer, true), lte(contacts.customerSince, sql.placeholder('now'))),
  duplicates: eq(contacts.listedDuplicate, true),
}

const inOrganization = eq(contacts.organizationId, sql.placeholder('organizationId'))

/** The oldest address of a kind. */
export const firstAddress = (kind: 'email' | 'phone') =>
  sql<
    string | null
  >`(SELECT a.value FROM contact_addresses a WHERE a.contact_id = contacts.id AND a.kind = ${kind} ORDER BY a.created_at, a.id LIMIT 1)`

export const contactColumns = {
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
}

const contactRows = (db: Queries, ...conditions: (SQL | undefined)[]) =>
  db
    .select(contactColumns)
    .from(contacts)
    .where(and(...conditions))
    .$dynamic()

type Row = Awaited<ReturnType<typeof contactRows>>[number]

export const toContact = ({ sortName: _, customerSince, createdAt, ...row }: Row): ContactRow => ({
  customerSince: isoOrNull(customerSince),
  createdAt: iso(createdAt),
  ...row,
})
