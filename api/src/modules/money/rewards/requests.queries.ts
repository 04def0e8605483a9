import type { CreditRequest, CreditRequestQuery, Page } from '@goodword/contracts'
import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { idFromActorKey } from '../../../database/actorId.ts'
import { prepared } from '../../../database/prepared.ts'
import { byRowid } from '../../../shared/byRowid.ts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { ascending, descending, mapPage, readPage, type Slice } from '../../../shared/keyset.ts'
import { ownRow } from '../../../shared/ownRow.ts'
import { iso, isoOrNull } from '../../../shared/pages.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { keys } from '../../platform/keys/keys.table.ts'
import { members } from '../../platform/members/members.table.ts'
import { readFirst, rowsOfContacts, searchContacts, withMore } from '../../platform/search/filter.ts'
import { ledgerAccounts } from '../ledger/ledger.table.ts'
import { creditRequests } from './rewards.table.ts'

const requestsShown = 50

/** The requests at some places, given by their rowids as a JSON array: each is looked up, whatever the statistics say. */
const requestsAt = prepared((db) =>
  db
    .select({
      place: sql<number>`${creditRequests}.rowid`,
      request: creditRequests,
      contactName: contacts.name,
      available: ledgerAccounts.balance,
      memberName: members.name,
      keyName: keys.name,
    })
    .from(sql`json_each(${sql.placeholder('places')}) found`)
    .crossJoin(creditRequests)
    .innerJoin(contacts, eq(contacts.id, creditRequests.contactId))
    .leftJoin(
      ledgerAccounts,
      and(
        eq(ledgerAccounts.organizationId, creditRequests.organizationId),
        eq(ledgerAccounts.ownerType, 'contact'),
        eq(ledgerAccounts.ownerId, creditRequests.contactId),
        eq(ledgerAccounts.currency, creditRequests.currency),
        eq(ledgerAccounts.kind, 'available'),
      ),
    )
    .leftJoin(members, eq(members.id, idFromActorKey(creditRequests.closedBy, 'member')))
    .leftJoin(keys, eq(keys.id, idFromActorKey(creditRequests.closedBy, 'key')))
    .where(
      and(
        sql`${creditRequests}.rowid = found.value`,
        sql`+${creditRequests.organizationId} = ${sql.placeholder('organizationId')}`,
      ),
    )
    .prepare(),
)

const ofContact = (ctx: Ctx, contactId: string) =>
  and(ownRow(ctx, creditRequests.organizationId), eq(creditRequests.contactId, contactId))

type Row = Awaited<ReturnType<ReturnType<typeof requestsAt>['all']>>[number]

const readRequests = (
  { db, organizationId }: Ctx,
  rows: SQL,
  slice: Pick<Slice, 'orderBy' | 'limit'>,
): Promise<Row[]> =>
  readFirst(db, { table: creditRequests, rows }, slice, (places) => requestsAt(db).all({ organizationId, places }))

const toRequest = ({ request, contactName, available, memberName, keyName }: Row): CreditRequest => ({
  id: request.id,
  contact: { id: request.contactId, name: contactName },
  amount: request.amount,
  currency: request.currency,
  use: request.use,
  note: request.note,
  state: request.state,
  answer: request.answer,
  available: available ?? 0,
  closedBy: memberName ?? keyName,
  closedAt: isoOrNull(request.closedAt),
  createdAt: iso(request.createdAt),
})

/** One request to use credit. Throws not_found. */
export async function loadRequest(ctx: Ctx, id: string): Promise<CreditRequest> {
  const own = and(eq(creditRequests.organizationId, ctx.organizationId), eq(creditRequests.id, id))
  const [row] = await readRequests(ctx, sql`${creditRequests} WHERE ${own}`, {
    orderBy: [asc(creditRequests.id)],
    limit: 1,
  })
  if (!row) throw new AppError('not_found')
  return toRequest(row)
}

/** A contact's requests with their results, newest first, at most fifty. */
export async function requestsOf(ctx: Ctx, contactId: string): Promise<CreditRequest[]> {
  const rows = await readRequests(ctx, sql`${creditRequests} WHERE ${ofContact(ctx, contactId)}`, {
    orderBy: [desc(creditRequests.createdAt), desc(sql`${creditRequests}.rowid`)],
    limit: requestsShown,
  })
  return rows.map(toRequest)
}

/** Requests in one state: open ones longest wait first, closed ones newest first. */
export async function listCreditRequests(ctx: Ctx, query: CreditRequestQuery): Promise<Page<CreditRequest>> {
  const isOpen = query.state === 'open'
  const keys = [
    (isOpen ? ascending<Row> : descending<Row>)(creditRequests.createdAt, ({ request }) => request.createdAt),
    byRowid<Row>(creditRequests, isOpen ? 'asc' : 'desc', ({ request }) => request.id),
  ]
  const found = await searchContacts(ctx, query.q)
  const inState = eq(creditRequests.state, query.state)
  const ofOne = query.contactId ? ofContact(ctx, query.contactId) : undefined
  const page = await readPage(query, keys, ({ where, ...slice }) => {
    const rows =
      found.contacts === null
        ? sql`${creditRequests} WHERE ${and(ofOne ?? eq(creditRequests.organizationId, ctx.organizationId), inState, where)}`
        : requestsOfContacts(found.contacts, [inState, ofOne, where])
    return readRequests(ctx, rows, slice)
  })
  return withMore(mapPage(page, toRequest), found)
}

/** What follows FROM for the requests of these contacts. */
const requestsOfContacts = (contacts: string, conditions: (SQL | undefined)[]): SQL =>
  rowsOfContacts(contacts, creditRequests.contactId, 'credit_requests_of_contact_in_state', conditions)
