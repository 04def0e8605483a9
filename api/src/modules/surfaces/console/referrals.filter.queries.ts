import type { ReferralExportQuery, ReferralFilter } from '@goodword/contracts'
import { addDays, startOfDay } from '@goodword/domain'
import { type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Ctx } from '../../../shared/context.ts'
import { contacts } from '../../people/contacts/contacts.table.ts'
import { getOrganization } from '../../platform/organizations/organizations.ts'
import { searchPlaces } from '../../platform/search/find.ts'

export const advocates = alias(contacts, 'advocates')

/** Rows that have indexes of their own, each in the order of one column within a status. */
export type Scope = {
  /** With the condition of the indexes. Column names are bare: it is used on other aliases of referrals too. */
  where: SQL
  indexes: { step_key: string; created_at?: string; converted_at?: string }
}

export type Filter = {
  /** Not deleted ones of the organization. */
  all: Scope
  /** What else narrows the list, the fewest rows first. */
  scopes: Scope[]
  /** Conditions that most rows fulfill. */
  rest: SQL[]
  /** If these are all that can match: a table with its condition. */
  candidates: SQL | null
  /** Whether a search matches others besides. */
  more: boolean
  range: { from: number | null; to: number | null }
}

/** At most this many ids are read where a filter has no index in the order of the list; then they are sorted. */
export const sortedMax = 1_000

const isFlagged = sql`flags <> '[]' AND flags_cleared_at IS NULL`

type IdFilter = Pick<ReferralExportQuery, 'q' | 'ids' | 'externalId'>

/** How to find the rows of a filter. Days are in the organization's time zone. */
export async function readFilter(ctx: Ctx, filter: ReferralFilter & IdFilter): Promise<Filter> {
  const { from, to, flagged, unattributed, campaignId } = filter
  const zone = from || to ? (await getOrganization(ctx, ctx.organizationId)).timeZone : ''
  return {
    all: {
      where: sql`organization_id = ${ctx.organizationId} AND archived_at IS NULL`,
      indexes: {
        step_key: 'referrals_by_step',
        created_at: 'referrals_closed_by_time',
        converted_at: 'referrals_by_conversion',
      },
    },
    scopes: [...scopesOf(ctx, filter), ...(campaignId ? [ofCampaign(ctx, campaignId)] : [])],
    rest: [
      ...(flagged === false ? [sql`NOT (${isFlagged})`] : []),
      ...(unattributed === false ? [sql`enrollment_id IS NOT NULL`] : []),
    ],
    ...(await candidatesOf(ctx, filter)),
    range: {
      from: from ? startOfDay(from, zone) : null,
      to: to ? startOfDay(addDays(to, 1), zone) : null,
    },
  }
}

/** The id if it is the organization's: the indexes of its referrals don't hold the organization. */
const own = (ctx: Ctx, table: 'campaigns' | 'enrollments' | 'members', id: string) =>
  sql`(SELECT id FROM ${sql.raw(table)} WHERE id = ${id} AND organization_id = ${ctx.organizationId})`

const ofCampaign = (ctx: Ctx, campaignId: string): Scope => ({
  where: sql`campaign_id = ${own(ctx, 'campaigns', campaignId)} AND archived_at IS NULL`,
  indexes: {
    step_key: 'referrals_of_campaign_by_step',
    created_at: 'referrals_of_campaign_closed',
    converted_at: 'referrals_of_campaign_converted',
  },
})

function scopesOf(ctx: Ctx, { advocateId, assigneeId, flagged, unattributed }: ReferralFilter): Scope[] {
  const listed = sql`organization_id = ${ctx.organizationId} AND archived_at IS NULL`
  const scopes: Scope[] = []
  if (advocateId)
    scopes.push({
      where: sql`enrollment_id = ${own(ctx, 'enrollments', advocateId)} AND archived_at IS NULL`,
      indexes: {
        step_key: 'referrals_of_advocate_by_step',
        created_at: 'referrals_of_advocate',
        converted_at: 'referrals_of_advocate_converted',
      },
    })
  if (unattributed)
    scopes.push({
      where: sql`${listed} AND enrollment_id IS NULL`,
      indexes: {
        step_key: 'referrals_unattributed',
        created_at: 'referrals_unattributed_closed',
        converted_at: 'referrals_unattributed_converted',
      },
    })
  if (flagged)
    scopes.push({
      where: sql`${listed} AND ${isFlagged}`,
      indexes: {
        step_key: 'referrals_flagged',
        created_at: 'referrals_flagged_closed',
        converted_at: 'referrals_flagged_converted',
      },
    })
  if (assigneeId === 'none')
    scopes.push({
      where: sql`${listed} AND assignee_id IS NULL`,
      indexes: { step_key: 'referrals_unassigned', converted_at: 'referrals_unassigned_converted' },
    })
  else if (assigneeId)
    scopes.push({
      where: sql`assignee_id = ${own(ctx, 'members', assigneeId)} AND archived_at IS NULL`,
      indexes: { step_key: 'referrals_assigned', converted_at: 'referrals_assigned_converted' },
    })
  return scopes
}

/** The rows that a filter names or that are searched for, at most a thousand; null if it does neither. */
async function candidatesOf(ctx: Ctx, { q, ids, externalId }: IdFilter): Promise<Pick<Filter, 'candidates' | 'more'>> {
  const found = q ? await searchPlaces(ctx, 'referral', q) : null
  const sets = [...(ids ? [ids] : []), ...(externalId ? [await withExternalId(ctx, externalId)] : [])]
  const named = sets.map((set) => sql`id IN (SELECT value FROM json_each(${JSON.stringify(set)}))`)
  const [first, ...others] = named
  const places = found
    ? sql`SELECT value AS place FROM json_each(${JSON.stringify(found.places)})`
    : first && sql`SELECT rowid AS place FROM referrals WHERE ${first} LIMIT ${sortedMax}`
  if (!places) return { candidates: null, more: false }
  // They are read where they are: an index of another condition would lead to many more.
  const candidates = sql`(${places}) found CROSS JOIN referrals NOT INDEXED ON referrals.rowid = found.place
    WHERE ${sql.join([sql`true`, ...(found ? named : others)], sql` AND `)}`
  return { candidates, more: found?.more ?? false }
}

async function withExternalId(ctx: Ctx, externalId: string): Promise<string[]> {
  const rows = await ctx.db.all<[string]>(sql`SELECT r.id FROM campaigns c CROSS JOIN referrals r
    WHERE c.organization_id = ${ctx.organizationId} AND r.organization_id = ${ctx.organizationId}
      AND r.campaign_id = c.id AND r.external_id = ${externalId} LIMIT ${sortedMax}`)
  return rows.map(([id]) => id)
}

/** What else the rows of a scope must fulfill; null for rows that no scope was used for. */
export const conditionsBesides = ({ scopes, rest }: Filter, used: Scope | null): SQL[] => [
  ...scopes.filter((scope) => scope !== used).map(({ where }) => where),
  ...rest,
]

/** What follows FROM for limited rows, with a condition, and what their rowid is called there. */
export type Limited = { rows: SQL; rowid: SQL }

/** The rows of a filter if they are among a thousand; null if they may be among more. */
export async function limitedRows(ctx: Ctx, filter: Filter): Promise<Limited | null> {
  const { candidates, scopes, all } = filter
  const besides = (rows: SQL, used: Scope | null) => sql.join([rows, ...conditionsBesides(filter, used)], sql` AND `)
  // Found rows are read once, in place: at most a thousand are named.
  if (candidates) return { rows: besides(sql`${candidates} AND ${all.where}`, null), rowid: sql`referrals.rowid` }
  for (const scope of scopes) {
    const rows = sql`referrals INDEXED BY ${sql.raw(scope.indexes.step_key)} WHERE ${scope.where}`
    const [count] = await ctx.db.all<[number]>(sql`SELECT count(*) FROM (SELECT 1 FROM ${rows} LIMIT ${sortedMax + 1})`)
    if (count && count[0] <= sortedMax)
      return {
        rows: sql`(SELECT status, step_key, created_at, converted_at, referrals.rowid AS place
          FROM ${besides(rows, scope)} LIMIT ${sortedMax}) WHERE true`,
        rowid: sql`place`,
      }
  }
  return null
}
