import { liveStatuses } from '@goodword/domain'
import { type SQL, sql } from 'drizzle-orm'
import { preparedSql } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'

/** A friend as compared with the earlier friends of an advocate. Null stands for what isn't known and equals nothing. */
export type Compared = {
  enrollmentId: string
  /** The advocate's. */
  contactId: string
  /** The referral being completed, which isn't compared with itself; empty for a new one. */
  except: string
  email: string | null
  canonical: string | null
  networkHash: string | null
  deviceHash: string | null
  /** The friend's contact; empty for a new one. */
  friendContactId: string
  /** Since when friends count as recent. */
  hourAgo: number
  dayAgo: number
  /** How far to count: an advocate may have thousands of open referrals. */
  liveMax: number
  hourMax: number
  dayMax: number
  /** How many names of earlier friends to read, the latest first. */
  namesMax: number
}

export type History = {
  /** Open referrals of the advocate without those that are flagged, counted up to `liveMax`. */
  live: number
  /** The advocate has another address that differs only by a tag or dots. */
  isAlmostTheAdvocate: boolean
  /** So has another friend of theirs. */
  isAlmostAFriend: boolean
  /** The advocate or an earlier friend of theirs was on the same network. */
  sameNetwork: boolean
  sameDevice: boolean
  /** Friends who came by themselves, counted up to `hourMax` and `dayMax`. */
  lastHour: number
  lastDay: number
  names: string[]
}

const value = (name: keyof Compared | 'organizationId') => sql.placeholder(name)

// A device hash includes its network, whose indexes lead to both.
const onNetwork = sql`network_hash = ${value('networkHash')}`
const onDevice = sql`${onNetwork} AND device_hash = ${value('deviceHash')}`

/**
 * The advocate in the portal, an earlier friend of theirs, or the advocate when they were a friend. What isn't known is
 * looked for nowhere: SQLite would compare it with everyone on the network.
 */
const seenBefore = (known: SQL, same: SQL) => sql`CASE WHEN ${known} IS NULL THEN 0
  WHEN EXISTS (SELECT 1 FROM advocate_traces
    WHERE contact_id = ${value('contactId')} AND organization_id = ${value('organizationId')} AND ${same}) THEN 1
  WHEN EXISTS (SELECT 1 FROM referrals WHERE enrollment_id = ${value('enrollmentId')} AND ${same} AND id <> ${value('except')}) THEN 1
  ELSE EXISTS (SELECT 1 FROM referrals WHERE friend_contact_id = ${value('contactId')} AND ${same} AND id <> ${value('except')}) END`

const cameSince = (since: SQL, most: SQL) => sql`(SELECT count(*) FROM (SELECT 1 FROM referrals
  WHERE enrollment_id = ${value('enrollmentId')} AND created_at > ${since}
    AND source IN ('widget', 'hosted', 'request') AND friend_contact_id IS NOT NULL AND id <> ${value('except')}
  LIMIT ${most}))`

/** Statuses and sources are written out, because some indexes hold only certain ones. */
const historyWith = preparedSql<
  [
    live: number,
    almost: number,
    friend: number,
    network: number,
    device: number,
    hour: number,
    day: number,
    names: string,
  ]
>(
  sql`SELECT
    (SELECT count(*) FROM (SELECT 1 FROM referrals WHERE enrollment_id = ${value('enrollmentId')}
      AND status IN (${sql.raw(liveStatuses.map((status) => `'${status}'`).join(', '))})
      AND archived_at IS NULL AND (flags = '[]' OR flags_cleared_at IS NOT NULL)
      AND id <> ${value('except')} LIMIT ${value('liveMax')})),
    EXISTS (SELECT 1 FROM contact_addresses WHERE contact_id = ${value('contactId')}
      AND organization_id = ${value('organizationId')} AND +canonical = ${value('canonical')} AND value <> ${value('email')}),
    EXISTS (SELECT 1 FROM referrals WHERE friend_contact_id IN (
        SELECT contact_id FROM contact_addresses WHERE organization_id = ${value('organizationId')}
          AND canonical = ${value('canonical')} AND value <> ${value('email')} LIMIT 200)
      AND +enrollment_id = ${value('enrollmentId')} AND id <> ${value('except')}),
    ${seenBefore(sql`${value('networkHash')}`, onNetwork)},
    ${seenBefore(sql`${value('deviceHash')}`, onDevice)},
    ${cameSince(sql`${value('hourAgo')}`, sql`${value('hourMax')}`)},
    ${cameSince(sql`${value('dayAgo')}`, sql`${value('dayMax')}`)},
    (SELECT json_group_array(name) FROM (SELECT submitted ->> 'name' AS name FROM referrals
      WHERE enrollment_id = ${value('enrollmentId')} AND id <> ${value('except')}
        AND friend_contact_id <> ${value('friendContactId')} AND archived_at IS NULL
      ORDER BY created_at DESC LIMIT ${value('namesMax')}))`,
)

/** What an advocate's other friends and own traces say about a friend of theirs, read in one statement. */
export async function historyOf(ctx: Ctx, compared: Compared): Promise<History> {
  const row = await historyWith(ctx.db).get({ organizationId: ctx.organizationId, ...compared })
  const [live = 0, almost = 0, friend = 0, network = 0, device = 0, lastHour = 0, lastDay = 0, names = '[]'] = row ?? []
  return {
    live,
    isAlmostTheAdvocate: almost === 1,
    isAlmostAFriend: friend === 1,
    sameNetwork: network === 1,
    sameDevice: device === 1,
    lastHour,
    lastDay,
    names: JSON.parse(names),
  }
}
