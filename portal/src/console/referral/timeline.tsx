import type { ReferralDetail, ReferralStatus } from '@goodword/contracts'
import { formatMoney } from '@goodword/domain'
import { statusIcons, statusLabel } from '../../shared/ui/badge.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { useConsole } from '../core/console.ts'
import { dayAndTime, pluralize, shortDay } from '../core/relativeDates.ts'
import { describeRewards } from '../rewards/rewards.labels.ts'

type Entry = ReferralDetail['timeline'][number]

function sourceText(entry: Entry, referral: ReferralDetail): string {
  if (entry.by !== 'A friend') return `by ${entry.by}`
  if (referral.advocateNamed) return `by the friend, who named “${referral.advocateNamed}”`
  return referral.advocate ? `through ${referral.advocate.name}’s link` : 'by the friend'
}

/** What happened; `before` is the previous status. */
function describeEntry(entry: Entry, before: ReferralStatus | null): string {
  switch (entry.kind) {
    case 'attributed':
      return `Attributed to ${entry.advocateName ?? 'an advocate'}`
    case 'friend_named':
      return 'Friend’s details added'
    case 'friend_separated':
      return 'Moved to another contact'
    case 'flags_cleared':
      return 'Flags cleared'
    case 'status':
      if (entry.status !== 'pending') return entry.status ? statusLabel(entry.status) : ''
      return before === 'accepted' ? 'Back to pending' : 'Reopened'
  }
}

function EntryText({
  entry,
  referral,
  before,
}: {
  entry: Entry
  referral: ReferralDetail
  before: ReferralStatus | null
}) {
  if (before === null) {
    return (
      <>
        <b>Referred</b> {sourceText(entry, referral)}
      </>
    )
  }
  const value = referral.conversion?.jobValue
  return (
    <>
      <b>{describeEntry(entry, before)}</b> by {entry.by}
      {entry.status === 'converted' && value != null && `, job value ${formatMoney(value, referral.currency)}`}
    </>
  )
}

const entryIcons = {
  attributed: 'user-plus',
  friend_named: 'user-plus',
  friend_separated: 'users',
  flags_cleared: 'check',
} as const

/** The status before each entry; null before the first. */
function statusesBefore(entries: readonly Entry[]): Map<string, ReferralStatus | null> {
  const before = new Map<string, ReferralStatus | null>()
  let status: ReferralStatus | null = null
  for (const entry of entries) {
    before.set(entry.id, status)
    status = entry.status ?? status
  }
  return before
}

/** "11 days from referral to conversion". */
function describeDuration(referral: ReferralDetail): string {
  if (!referral.convertedAt) return ''
  const days = Math.round((Date.parse(referral.convertedAt) - Date.parse(referral.submittedAt)) / 86_400_000)
  return days < 1 ? 'Converted within a day' : `${pluralize(days, 'day')} from referral to conversion`
}

function NextRelease({ referral }: { referral: ReferralDetail }) {
  const { now, me } = useConsole()
  const held = referral.rewards.filter((reward) => reward.status === 'pending' && !reward.needsApproval)
  const soonest = held.map((reward) => Date.parse(reward.availableAt)).sort((a, b) => a - b)[0]
  if (soonest === undefined) return null
  const waiting = describeRewards(held, referral.currency)
  const day = shortDay(soonest, now.value, me.organization.timeZone)
  return (
    <li class="next">
      <span class="dot">
        <Icon name="calendar-clock" />
      </span>
      <span class="what">
        <b>{pluralize(held.length, 'reward clears', 'rewards clear')}</b>
        <span class="why">
          {waiting} {held.length === 1 ? 'waits' : 'wait'} for the hold to end.
        </span>
      </span>
      <time>{day}</time>
    </li>
  )
}

function whyOf(entry: Entry, before: ReferralStatus | null, { message }: ReferralDetail): string | null {
  if (entry.kind === 'friend_separated') return 'The first match was a different person.'
  if (entry.reason !== null) return entry.reason
  return before === null && message ? `“${message}”` : null
}

/** The referral's history, newest first, with the next step on top. */
export function Timeline({ referral }: { referral: ReferralDetail }) {
  const { now, me } = useConsole()
  const before = statusesBefore(referral.timeline)
  const entries = [...referral.timeline].reverse()
  return (
    <section class="card">
      <header>
        <h2>Timeline</h2>
        <span class="muted aside">{describeDuration(referral)}</span>
      </header>
      <div class="body">
        <ol class="timeline">
          <NextRelease referral={referral} />
          {entries.map((entry) => {
            const had = before.get(entry.id) ?? null
            const why = whyOf(entry, had, referral)
            return (
              <li key={entry.id} class={entry.status ?? 'besides'}>
                <span class="dot">
                  <Icon
                    name={entry.kind === 'status' ? statusIcons[entry.status ?? 'pending'] : entryIcons[entry.kind]}
                  />
                </span>
                <span class="what">
                  <EntryText entry={entry} referral={referral} before={had} />
                  {why && <span class="why">{why}</span>}
                </span>
                <time dateTime={entry.at}>{dayAndTime(entry.at, now.value, me.organization.timeZone)}</time>
              </li>
            )
          })}
        </ol>
      </div>
    </section>
  )
}
