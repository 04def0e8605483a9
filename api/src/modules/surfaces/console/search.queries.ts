import type { Scope, SearchHit, SearchKind, SearchMatch, SearchResults } from '@goodword/contracts'
import { may, type SearchField, searchMarker } from '@goodword/domain'
import { type SQL, sql } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { addressList } from '../../people/contacts/contacts.search.queries.ts'
import { search } from '../../platform/search/find.ts'

const shownMax = 5
/** A few more than are shown: a deleted referral is found and left out. */
const foundMax = 2 * shownMax
const matchesMax = 10

type Value = { field: SearchMatch['field']; type: SearchField['type']; value: string | null | undefined }
type Row = Omit<SearchHit, 'matched'> & { values: Value[] }

/** The best five of each kind that the caller may read, with what matched. */
export async function searchEverything(ctx: Ctx, query: string): Promise<SearchResults> {
  const marksOf = searchMarker(query)
  const matchedIn = (values: Value[]): SearchMatch[] =>
    values
      .map(({ field, type, value }) => ({
        field,
        value: value ?? '',
        words: marksOf({ type, value }).map(({ from, to }) => (value ?? '').slice(from, to)),
      }))
      .filter(({ words }) => words.length > 0)
      .slice(0, matchesMax)
  const groups: SearchResults['groups'] = []
  for (const { kind, scope, load } of kinds) {
    if (!mayRead(ctx, scope)) continue
    const { ids, more } = await search(ctx, kind, query, foundMax)
    const rows = new Map((await load(ctx, ids)).map((row) => [row.id, row]))
    const found = ids.flatMap((id) => rows.get(id) ?? [])
    const items = found.slice(0, shownMax).map(({ values, ...row }) => ({ matched: matchedIn(values), ...row }))
    groups.push({ kind, items, more: more || found.length > shownMax })
  }
  return { groups }
}

const mayRead = ({ actor }: Ctx, scope: Scope): boolean =>
  actor.type === 'member' ? may(actor.role, scope) : actor.type === 'key' && actor.scopes.includes(scope)

const mine = (ctx: Ctx, alias: string, ids: string[]): SQL =>
  sql`+${sql.raw(alias)}.organization_id = ${ctx.organizationId} AND ${sql.raw(alias)}.id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`

const addressValues = (addresses: string | null, fields: { email: Value['field']; phone: Value['field'] }): Value[] =>
  (JSON.parse(addresses ?? '[]') as ['email' | 'phone', string][]).map(([type, value]) => ({
    field: fields[type],
    type,
    value,
  }))
const ownFields = { email: 'email', phone: 'phone' } as const
const advocateFields = { email: 'advocate_email', phone: 'advocate_phone' } as const
const codeValues = (codes: string | null): Value[] =>
  (JSON.parse(codes ?? '[]') as string[]).map((value) => ({ field: 'code', type: 'text', value }))
const codesOf = (alias: string): SQL =>
  sql`(SELECT json_group_array(k.code) FROM (SELECT code FROM enrollment_codes WHERE enrollment_id = ${sql.raw(alias)}.id
    LIMIT ${matchesMax}) k)`

type Texts = (string | null)[]

/** Every kind that is searched, with the scope of its list. */
const kinds: readonly { kind: SearchKind; scope: Scope; load: (ctx: Ctx, ids: string[]) => Promise<Row[]> }[] = [
  {
    kind: 'referral',
    scope: 'referrals:read',
    async load(ctx, ids) {
      const rows = await ctx.db.all<Texts>(
        sql`SELECT r.id, r.submitted ->> 'name', r.submitted ->> 'email', r.submitted ->> 'phone', r.external_id, r.advocate_named,
            c.id, c.name, ${addressList('c')}, p.id, p.name, g.name, ${addressList('g')}, ${codesOf('e')}
          FROM referrals r JOIN campaigns p ON p.id = r.campaign_id LEFT JOIN contacts c ON c.id = r.friend_contact_id
            LEFT JOIN enrollments e ON e.id = r.enrollment_id LEFT JOIN contacts g ON g.id = e.contact_id
          WHERE ${mine(ctx, 'r', ids)} AND r.archived_at IS NULL`,
      )
      // What was submitted belongs to the referral; other addresses of both belong to their contacts.
      const ofContacts = mayRead(ctx, 'contacts:read')
      return rows.map((row) => {
        const [id, name, email, phone, externalId, named, contactId, contactName, addresses] = row
        const [campaignId, campaignName, advocateName, advocateAddresses, codes] = row.slice(9)
        return {
          ...rowOf(id, name, contactId, campaignId, campaignName),
          values: distinct([
            { field: 'name', type: 'name', value: name },
            { field: 'name', type: 'name', value: contactName },
            { field: 'email', type: 'email', value: email },
            { field: 'phone', type: 'phone', value: phone },
            ...addressValues(ofContacts ? (addresses ?? null) : null, ownFields),
            { field: 'external_id', type: 'text', value: externalId },
            { field: 'advocate_name', type: 'name', value: advocateName },
            { field: 'advocate_name', type: 'name', value: named },
            ...addressValues(ofContacts ? (advocateAddresses ?? null) : null, advocateFields),
            ...codeValues(codes ?? null),
          ]),
        }
      })
    },
  },
  {
    kind: 'advocate',
    scope: 'advocates:read',
    async load(ctx, ids) {
      const rows = await ctx.db.all<Texts>(
        sql`SELECT e.id, c.name, c.id, p.id, p.name, ${addressList('c')}, ${codesOf('e')}
          FROM enrollments e JOIN contacts c ON c.id = e.contact_id JOIN campaigns p ON p.id = e.campaign_id
          WHERE ${mine(ctx, 'e', ids)}`,
      )
      return rows.map(([id, name, contactId, campaignId, campaignName, addresses, codes]) => ({
        ...rowOf(id, name, contactId, campaignId, campaignName),
        values: [
          { field: 'name', type: 'name', value: name },
          ...addressValues(addresses ?? null, ownFields),
          ...codeValues(codes ?? null),
        ],
      }))
    },
  },
  {
    kind: 'contact',
    scope: 'contacts:read',
    async load(ctx, ids) {
      const rows = await ctx.db.all<Texts>(
        sql`SELECT c.id, c.name, ${addressList('c')} FROM contacts c WHERE ${mine(ctx, 'c', ids)}`,
      )
      return rows.map(([id, name, addresses]) => ({
        ...rowOf(id, name, id),
        values: [{ field: 'name', type: 'name', value: name }, ...addressValues(addresses ?? null, ownFields)],
      }))
    },
  },
  {
    kind: 'campaign',
    scope: 'campaigns:read',
    async load(ctx, ids) {
      const rows = await ctx.db.all<Texts>(sql`SELECT p.id, p.name FROM campaigns p WHERE ${mine(ctx, 'p', ids)}`)
      return rows.map(([id, name]) => ({
        ...rowOf(id, name, null, id, name),
        values: [{ field: 'name', type: 'text', value: name }],
      }))
    },
  },
  {
    kind: 'discount_code',
    scope: 'rewards:read',
    async load(ctx, ids) {
      const rows = await ctx.db.all<Texts>(
        sql`SELECT d.id, d.code, w.contact_id, p.id, p.name FROM discount_codes d CROSS JOIN campaigns p ON p.id = d.campaign_id
          LEFT JOIN rewards w ON w.id = d.reward_id WHERE ${mine(ctx, 'd', ids)}`,
      )
      return rows.map(([id, code, contactId, campaignId, campaignName]) => ({
        ...rowOf(id, code, contactId, campaignId, campaignName),
        values: [{ field: 'code', type: 'text', value: code }],
      }))
    },
  },
]

type Text = string | null | undefined
const rowOf = (id: Text, name: Text, contactId: Text, campaignId?: Text, campaignName?: Text) => ({
  id: id ?? '',
  name: name ?? '',
  contactId: contactId ?? null,
  campaign: campaignId ? { id: campaignId, name: campaignName ?? '' } : null,
})

/** A friend's address is shown once, although the referral has it as submitted and the contact has it too. */
function distinct(values: Value[]): Value[] {
  const seen = new Set<string>()
  return values.filter(({ field, value }) => {
    // A phone number as it was typed is the same as with its country code.
    const key = `${field} ${field === 'phone' ? value?.replace(/\D/g, '').slice(-7) : value?.toLowerCase()}`
    return !seen.has(key) && seen.add(key)
  })
}
