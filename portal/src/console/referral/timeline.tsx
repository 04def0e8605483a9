import type { ReferralDetail } from '@goodword/contracts'
import { formatMoney } from '@goodword/domain'
import { statusIcons, statusWord } from '../../shared/ui/badge.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { useConsole } from '../core/console.ts'
import { counted, dayAndTime, shortDay } from '../core/when.ts'

type Entry = ReferralDetail['timeline'][number]

function What({ entry, referral, first }: { entry: Entry; referral: ReferralDetail; first: boolean }) {
  if (first) {
    return (
      <>
        <b>Referred</b>{' '}
        {entry.by === 'A friend' ? `through ${referral.advocate?.name ?? 'the'}’s link` : `by ${entry.by}`}
      </>
    )
  }
  const value = referral.conversion?.jobValue
  return (
    <>
      <b>{entry.status === 'pending' ? 'Back to pending' : statusWord(entry.status)}</b> by {entry.by}
      {entry.status === 'converted' && value != null && `, job value ${formatMoney(value, referral.currency)}`}
    </>
  )
}

/** "11 days from referral to conversion". */
function durationWords(referral: ReferralDetail): string {
  if (!referral.convertedAt) return ''
  const days = Math.round((Date.parse(referral.convertedAt) - Date.parse(referral.submittedAt)) / 86_400_000)
  return days < 1 ? 'Converted within a day' : `${counted(days, 'day')} from referral to conversion`
}

function NextRelease({ referral }: { referral: ReferralDetail }) {
  const { now, me } = useConsole()
  const held = referral.rewards.filter((reward) => reward.status === 'pending')
  const soonest = held.map((reward) => Date.parse(reward.availableAt)).sort((a, b) => a - b)[0]
  if (soonest === undefined) return null
  const sum = held.reduce((total, reward) => total + reward.amount, 0)
  const day = shortDay(soonest, now.value, me.organization.timeZone)
  return (
    <li class="next">
      <span class="dot">
        <Icon name="calendar-clock" />
      </span>
      <span class="what">
        <b>{counted(held.length, 'reward clears', 'rewards clear')}</b>
        <span class="why">{formatMoney(sum, referral.currency)} waits for the hold to end.</span>
      </span>
      <time>{day}</time>
    </li>
  )
}

/** What happened, newest first, with what comes next above it. */
export function Timeline({ referral }: { referral: ReferralDetail }) {
  const { now, me } = useConsole()
  const entries = [...referral.timeline].sort((a, b) => b.at.localeCompare(a.at) || b.id.localeCompare(a.id))
  return (
    <section class="card">
      <header>
        <h2>Timeline</h2>
        <span class="muted aside">{durationWords(referral)}</span>
      </header>
      <div class="body">
        <ol class="timeline">
          <NextRelease referral={referral} />
          {entries.map((entry, index) => {
            const first = index === entries.length - 1
            const why = entry.reason ?? (first && referral.message ? `“${referral.message}”` : null)
            return (
              <li key={entry.id} class={entry.status}>
                <span class="dot">
                  <Icon name={statusIcons[entry.status]} />
                </span>
                <span class="what">
                  <What entry={entry} referral={referral} first={first} />
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
