import type { FlagReason, ReferralSource } from '@goodword/contracts'
import { canonicalEmail } from '@goodword/domain'
import { and, count, eq, gt, inArray, isNotNull, ne, type SQL, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/sqlite-core'
import { prepared } from '../../../database/prepared.ts'
import type { Ctx } from '../../../shared/context.ts'
import { addressesOf, type PersonDescription } from '../../people/contacts/contacts.ts'
import type { Enrollment } from '../advocates/advocates.ts'
import { devicesOn } from '../advocates/traces.ts'
import { referrals } from './referrals.table.ts'

/** This many friends of one link within an hour are flagged. */
const manyInAnHour = 10
const hourMs = 3_600_000

type Traces = {
  id?: string
  enrollment: Enrollment | null
  person: PersonDescription | null
  source: ReferralSource
  networkHash?: string
  deviceHash?: string
}

const byFriendsThemselves = ['widget', 'hosted', 'request'] as const satisfies readonly ReferralSource[]

/**
 * Flags for a friend of this advocate. People in a household share a lot, so a flag is evidence and never proof (SPEC
 * §4).
 */
export async function evidenceOf(tx: Ctx, traces: Traces): Promise<FlagReason[]> {
  const { enrollment } = traces
  if (!enrollment) return []
  const flags: FlagReason[] = []
  if (await isAlmostTheAdvocate(tx, enrollment, traces.person)) flags.push('canonical_email_match')
  const { networkHash, deviceHash } = traces
  const own = networkHash === undefined ? [] : await devicesOn(tx, enrollment.contactId, networkHash)
  if (own.length > 0 || (await matchesEarlierFriend(tx, 'network', enrollment, traces))) flags.push('same_network')
  const isOwnDevice = deviceHash !== undefined && own.includes(deviceHash)
  if (isOwnDevice || (await matchesEarlierFriend(tx, 'device', enrollment, traces))) flags.push('same_device')
  if (byFriendsThemselves.some((source) => source === traces.source) && (await isBusy(tx, enrollment, traces)))
    flags.push('velocity')
  return flags
}

async function isAlmostTheAdvocate(tx: Ctx, enrollment: Enrollment, person: PersonDescription | null) {
  const email = person?.email
  if (!email) return false
  const own = await addressesOf(tx, enrollment.contactId)
  return own.some((address) => address.value !== email && address.canonical === canonicalEmail(email))
}

type Trace = 'network' | 'device'

/**
 * Another friend of this advocate, or the advocate as a friend, with the same trace. The union lets each half use the
 * index on its own column.
 */
const earlierWithTrace = (trace: Trace) =>
  prepared((db) => {
    // A device hash includes the network, whose index leads to both.
    const sameNetwork = eq(referrals.networkHash, sql.placeholder('networkHash'))
    const same =
      trace === 'network' ? sameNetwork : and(sameNetwork, eq(referrals.deviceHash, sql.placeholder('deviceHash')))
    const those = (whose: SQL) =>
      db
        .select({ id: referrals.id })
        .from(referrals)
        .where(and(whose, same, ne(referrals.id, sql.placeholder('except'))))
    return unionAll(
      those(eq(referrals.enrollmentId, sql.placeholder('enrollmentId'))),
      those(eq(referrals.friendContactId, sql.placeholder('contactId'))),
    )
      .limit(1)
      .prepare()
  })
const earlier = { network: earlierWithTrace('network'), device: earlierWithTrace('device') }

async function matchesEarlierFriend(tx: Ctx, trace: Trace, enrollment: Enrollment, traces: Traces): Promise<boolean> {
  const { networkHash, deviceHash, id: except = '' } = traces
  if (networkHash === undefined || (trace === 'device' && deviceHash === undefined)) return false
  const known = await earlier[trace](tx.db).get({
    enrollmentId: enrollment.id,
    contactId: enrollment.contactId,
    networkHash,
    deviceHash,
    except,
  })
  return known !== undefined
}

const inTheLastHour = prepared((db) =>
  db
    .select({ n: count() })
    .from(referrals)
    .where(
      and(
        eq(referrals.enrollmentId, sql.placeholder('enrollmentId')),
        gt(referrals.createdAt, sql.placeholder('after')),
        inArray(referrals.source, [...byFriendsThemselves]),
        isNotNull(referrals.friendContactId),
        ne(referrals.id, sql.placeholder('except')),
      ),
    )
    .prepare(),
)

async function isBusy(tx: Ctx, enrollment: Enrollment, traces: Traces): Promise<boolean> {
  const row = await inTheLastHour(tx.db).get({
    enrollmentId: enrollment.id,
    after: tx.clock() - hourMs,
    except: traces.id ?? '',
  })
  return (row?.n ?? 0) >= manyInAnHour
}
