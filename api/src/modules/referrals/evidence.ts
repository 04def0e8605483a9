import type { FlagReason, ReferralSource } from '@goodword/contracts'
import { canonicalEmail } from '@goodword/domain'
import { and, count, eq, gt, inArray, isNotNull, ne, or, sql } from 'drizzle-orm'
import { prepared } from '../../database/prepared.ts'
import type { Ctx } from '../../shared/context.ts'
import type { Enrollment } from '../advocates/advocates.ts'
import { addressesOf, type PersonDescription } from '../contacts/contacts.ts'
import { referrals } from './referrals.table.ts'

/** So many friends of one link within an hour are looked at twice. */
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

/** Reasons to look twice at a friend of this advocate. Households share much: each is evidence, never proof (SPEC §4). */
export async function evidenceOf(tx: Ctx, traces: Traces): Promise<FlagReason[]> {
  const { enrollment } = traces
  if (!enrollment) return []
  const flags: FlagReason[] = []
  if (await isAlmostTheAdvocate(tx, enrollment, traces.person)) flags.push('canonical_email_match')
  if (await cameBefore(tx, 'network', enrollment, traces)) flags.push('same_network')
  if (await cameBefore(tx, 'device', enrollment, traces)) flags.push('same_device')
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

/** The same network or device stands behind another friend of this advocate, or behind the advocate as a friend. */
const tracedTo = (column: typeof referrals.networkHash | typeof referrals.deviceHash) =>
  prepared((db) =>
    db
      .select({ id: referrals.id })
      .from(referrals)
      .where(
        and(
          eq(referrals.organizationId, sql.placeholder('organizationId')),
          eq(column, sql.placeholder('hash')),
          ne(referrals.id, sql.placeholder('except')),
          or(
            eq(referrals.enrollmentId, sql.placeholder('enrollmentId')),
            eq(referrals.friendContactId, sql.placeholder('advocateContactId')),
          ),
        ),
      )
      .limit(1)
      .prepare(),
  )
const traced = { network: tracedTo(referrals.networkHash), device: tracedTo(referrals.deviceHash) }

async function cameBefore(tx: Ctx, trace: 'network' | 'device', enrollment: Enrollment, traces: Traces) {
  const hash = trace === 'network' ? traces.networkHash : traces.deviceHash
  if (hash === undefined) return false
  const found = await traced[trace](tx.db).get({
    organizationId: tx.organizationId,
    hash,
    except: traces.id ?? '',
    enrollmentId: enrollment.id,
    advocateContactId: enrollment.contactId,
  })
  return found !== undefined
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
