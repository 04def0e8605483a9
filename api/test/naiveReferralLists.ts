import { type ReferralExportQuery, type ReferralStatus, referralStatuses } from '@goodword/contracts'
import { sql } from 'drizzle-orm'
import type { Services } from '../src/shared/context.ts'
import { startOfStory, type World } from './harness.ts'

const day = 86_400_000
const open: ReferralStatus[] = ['pending', 'accepted']

/** A referral as the test wrote it. `place` is the order in which it was written. */
export type Written = {
  place: number
  id: string
  campaignId: string
  enrollmentId: string | null
  assigneeId: string | null
  status: ReferralStatus
  isFlagged: boolean
  archived: boolean
  externalId: string | null
  createdAt: number
  updatedAt: number
  convertedAt: number | null
}
export type Listed = Omit<ReferralExportQuery, 'sort'> & { sort: ReferralExportQuery['sort'] }

/** 2026-05-02 to 2026-05-31, at 9:00 in Los Angeles. */
const dayAt = (nth: number) => startOfStory - (30 - nth) * day

let seed = 20_261_130
/** Numbers that are the same in every run. */
const below = (count: number) => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return Math.floor((seed / 2_147_483_648) * count)
}
export const oneOf = <T>(all: readonly T[]): T => all[below(all.length)] as T

/** Writes four thousand referrals to an organization, and says how they can be filtered. */
export async function writeReferrals(services: Services, world: World) {
  const [busy, quiet] = [await world.campaign(), await world.campaign()]
  const advocates = await Promise.all([busy, busy, quiet].map(({ id }) => world.advocate(id)))
  const stan = (await world.as('staff')).actor
  const memberId = stan.type === 'member' ? stan.id : ''
  // Few days and many referrals, so that most of them tie. More than a thousand match each filter but the last.
  const written = Array.from({ length: 4_000 }, (_, place): Written => {
    const quietOne = below(8) === 0
    const status = oneOf(referralStatuses)
    const createdAt = dayAt(1 + below(12))
    const updatedAt = open.includes(status) ? createdAt : createdAt + below(3) * day
    return {
      place,
      id: services.newId('referral'),
      campaignId: quietOne ? quiet.id : busy.id,
      enrollmentId: below(3) === 0 ? null : (advocates[quietOne ? 2 : below(2)]?.id ?? null),
      assigneeId: below(2) === 0 ? memberId : null,
      status,
      isFlagged: below(3) === 0,
      archived: below(20) === 0,
      externalId: place % 100 === 0 ? `order ${(place / 100) % 7}/${place}` : null,
      createdAt,
      updatedAt,
      convertedAt: status === 'converted' || status === 'reversed' ? updatedAt : null,
    }
  })
  await services.database.write(async (tx) => {
    const rows = JSON.stringify(written)
    await tx.run(sql`INSERT INTO referrals (id, organization_id, campaign_id, enrollment_id, assignee_id, status, source, submitted,
        terms_version, flags, without_reward, archived_at, external_id, metadata, created_at, updated_at)
      SELECT value ->> 'id', ${world.organization.id}, value ->> 'campaignId', value ->> 'enrollmentId', value ->> 'assigneeId',
        value ->> 'status', 'api', '{"name":"Priya Shah"}', 1, iif(value ->> 'isFlagged', '["same_network"]', '[]'), 0,
        iif(value ->> 'archived', ${startOfStory}, NULL), value ->> 'externalId', '{}', value ->> 'createdAt', value ->> 'updatedAt'
      FROM json_each(${rows}) ORDER BY value ->> 'place'`)
    await tx.run(sql`INSERT INTO conversions (id, organization_id, referral_id, campaign_id, enrollment_id, advocate_contact_id,
        friend_contact_id, terms_version, nth, currency, advocate_amount, friend_amount, frozen, actor, created_at)
      SELECT 'cnv_' || substr(value ->> 'id', 5), ${world.organization.id}, value ->> 'id', value ->> 'campaignId',
        coalesce(value ->> 'enrollmentId', ''), '', '', 1, 1, 'USD', 0, 0, '{}', 'system', value ->> 'convertedAt'
      FROM json_each(${rows}) WHERE value ->> 'convertedAt' IS NOT NULL`)
  })
  const campaignId = busy.id
  const advocateId = advocates[0]?.id ?? ''
  const filters: Record<string, Omit<Listed, 'sort'>> = {
    none: {},
    campaign: { campaignId },
    advocate: { advocateId },
    assignee: { assigneeId: memberId },
    'nobody assigned': { assigneeId: 'none' },
    flagged: { flagged: true },
    'not flagged': { flagged: false },
    unattributed: { unattributed: true },
    attributed: { unattributed: false },
    days: { from: '2026-05-04', to: '2026-05-08' },
    'from a day': { from: '2026-05-09' },
    'campaign and assignee': { campaignId, assigneeId: memberId },
    'campaign, assignee, flagged and days': { campaignId, assigneeId: memberId, flagged: true, to: '2026-05-10' },
    'assignee and not flagged': { assigneeId: memberId, flagged: false },
    'few: advocate and flagged': { advocateId: advocates[2]?.id ?? '', flagged: true },
    'an outside id': { externalId: 'order 1/100' },
    ids: { ids: written.slice(10, 60).map(({ id }) => id) },
  }
  return { written, filters }
}

/** What the filter means, row by row. */
function matches(row: Written, { sort, status, from, to, ...filter }: Listed): boolean {
  const on = sort === 'converted' ? row.convertedAt : row.createdAt
  const inDays = (from === undefined && to === undefined) || (on !== null && isWithin(on, from, to))
  return (
    !row.archived &&
    inDays &&
    (status === undefined || row.status === status) &&
    (filter.campaignId === undefined || row.campaignId === filter.campaignId) &&
    (filter.advocateId === undefined || row.enrollmentId === filter.advocateId) &&
    (filter.assigneeId === undefined || (row.assigneeId ?? 'none') === filter.assigneeId) &&
    (filter.flagged === undefined || row.isFlagged === filter.flagged) &&
    (filter.unattributed === undefined || (row.enrollmentId === null) === filter.unattributed) &&
    (filter.externalId === undefined || row.externalId === filter.externalId) &&
    (filter.ids === undefined || filter.ids.includes(row.id))
  )
}

const days = new Map<number, string>()

/** 9:00 in Los Angeles is the same day in UTC. */
const isWithin = (at: number, from = '0', to = '9') => {
  const dayOf = days.get(at) ?? new Date(at).toISOString().slice(0, 10)
  days.set(at, dayOf)
  return dayOf >= from && dayOf <= to
}

/** What a row is sorted by; ties are in the order of writing, or against it where the latest comes first. */
function orderOf(row: Written, { sort, from, to }: Listed): number[] {
  const byLatest = (rank: number, at: number) => [rank, -at, -row.place]
  switch (sort) {
    case 'oldest':
      return [0, row.createdAt, row.place]
    case 'newest':
      return byLatest(0, row.createdAt)
    case 'converted':
      return row.convertedAt === null ? byLatest(1, row.createdAt) : byLatest(0, row.convertedAt)
    case 'next_step':
      if (row.status === 'pending') return [0, row.createdAt, row.place]
      if (row.status === 'accepted') return [1, row.createdAt, row.place]
      return from || to ? byLatest(2, row.createdAt) : [2, -row.updatedAt, row.place]
  }
}

/** The ids of a list, sorted in JavaScript. */
export function idsOfList(written: Written[], query: Listed): string[] {
  const keyed = written.filter((row) => matches(row, query)).map((row) => ({ id: row.id, order: orderOf(row, query) }))
  const compare = (a: number[], b: number[]) => {
    const at = a.findIndex((value, index) => value !== b[index])
    return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
  }
  return keyed.sort((a, b) => compare(a.order, b.order)).map(({ id }) => id)
}
