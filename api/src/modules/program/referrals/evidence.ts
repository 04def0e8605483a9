import type { FlagReason, ReferralSource } from '@goodword/contracts'
import { canonicalEmail } from '@goodword/domain'
import type { Ctx } from '../../../shared/context.ts'
import type { PersonDescription } from '../../people/contacts/contacts.ts'
import type { Enrollment } from '../advocates/advocates.ts'
import { historyOf } from './evidence.queries.ts'

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
  /** How many open referrals the advocate may have. */
  liveReferralsMax: number
}

const byFriendsThemselves: ReadonlySet<ReferralSource> = new Set(['widget', 'hosted', 'request'])

/**
 * How many open referrals the advocate has, counted up to the most they may have, and the flags for a friend of theirs. People in a household share a lot, so
 * a flag is evidence and never proof (SPEC §4).
 */
export async function evidenceOf(tx: Ctx, traces: Traces): Promise<{ liveReferrals: number; flags: FlagReason[] }> {
  const { enrollment, person } = traces
  if (!enrollment) return { liveReferrals: 0, flags: [] }
  const email = person?.email ?? null
  const history = await historyOf(tx, {
    enrollmentId: enrollment.id,
    contactId: enrollment.contactId,
    except: traces.id ?? '',
    email,
    canonical: email === null ? null : canonicalEmail(email),
    networkHash: traces.networkHash ?? null,
    deviceHash: traces.deviceHash ?? null,
    after: tx.clock() - hourMs,
    liveMax: traces.liveReferralsMax,
    recentMax: manyInAnHour,
  })
  const flags: FlagReason[] = []
  if (history.isAlmostTheAdvocate) flags.push('canonical_email_match')
  if (history.sameNetwork) flags.push('same_network')
  if (history.sameDevice) flags.push('same_device')
  if (byFriendsThemselves.has(traces.source) && history.recent >= manyInAnHour) flags.push('velocity')
  return { liveReferrals: history.live, flags }
}
