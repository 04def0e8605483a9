import type { FlagReason, ReferralSource } from '@goodword/contracts'
import { canonicalEmail, floodOfCode, fullNameKey, type Traffic, velocityFlags } from '@goodword/domain'
import type { Ctx } from '../../../shared/context.ts'
import type { PersonDescription } from '../../people/contacts/contacts.ts'
import type { Enrollment } from '../advocates/advocates.ts'
import { type History, historyOf } from './evidence.queries.ts'

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs
/** So many earlier friends of an advocate are compared by name, the latest. */
const namesCompared = 100

type Traces = {
  id?: string
  enrollment: Enrollment | null
  person: PersonDescription | null
  /** The friend's contact if it is known already: their own earlier referral isn't another friend. */
  friendContactId?: string | undefined
  source: ReferralSource
  networkHash?: string
  deviceHash?: string
  /** How many friends came from the same place and to the same business, if it was counted. */
  traffic?: Omit<Traffic, 'codeHour' | 'codeDay'>
  /** How many open referrals the advocate may have. */
  liveReferralsMax: number
}

/** The period in which this friend makes it a flood: exactly the one who does, so that it is handled once. */
export type Flood = 'hour' | 'day' | null

const floodOf = ({ lastHour, lastDay }: History): Flood =>
  lastHour + 1 === floodOfCode.hour ? 'hour' : lastDay + 1 === floodOfCode.day ? 'day' : null

const byFriendsThemselves: ReadonlySet<ReferralSource> = new Set(['widget', 'hosted', 'request'])

/**
 * How many open referrals the advocate has, counted up to the most they may have, and the flags for a friend of theirs.
 * People in a household share a lot, so a flag is evidence and never proof (SPEC §4).
 */
export async function evidenceOf(
  tx: Ctx,
  traces: Traces,
): Promise<{ liveReferrals: number; flags: FlagReason[]; flood: Flood }> {
  const { enrollment, person } = traces
  const around = { networkHour: 0, blockHour: 0, organizationHour: 0, ...traces.traffic }
  if (!enrollment)
    return { liveReferrals: 0, flags: velocityFlags({ codeHour: 0, codeDay: 0, ...around }), flood: null }
  const email = person?.email ?? null
  const name = fullNameKey(person?.name ?? '')
  const history = await historyOf(tx, {
    enrollmentId: enrollment.id,
    contactId: enrollment.contactId,
    except: traces.id ?? '',
    email,
    canonical: email === null ? null : canonicalEmail(email),
    networkHash: traces.networkHash ?? null,
    deviceHash: traces.deviceHash ?? null,
    friendContactId: traces.friendContactId ?? '',
    hourAgo: tx.clock() - hourMs,
    dayAgo: tx.clock() - dayMs,
    liveMax: traces.liveReferralsMax,
    hourMax: floodOfCode.hour,
    dayMax: floodOfCode.day,
    namesMax: name === null ? 0 : namesCompared,
  })
  const flags: FlagReason[] = []
  if (history.isAlmostTheAdvocate || history.isAlmostAFriend) flags.push('canonical_email_match')
  if (history.sameNetwork) flags.push('same_network')
  if (history.sameDevice) flags.push('same_device')
  if (name !== null && history.names.some((other) => fullNameKey(other) === name)) flags.push('same_name')
  if (!byFriendsThemselves.has(traces.source)) return { liveReferrals: history.live, flags, flood: null }
  flags.push(...velocityFlags({ codeHour: history.lastHour, codeDay: history.lastDay, ...around }))
  return { liveReferrals: history.live, flags, flood: floodOf(history) }
}
