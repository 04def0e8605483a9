import type { ReferralDetail } from '@goodword/contracts'
import { formatMoney } from '@goodword/domain'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { useConsole } from '../core/console.ts'
import { shortDay } from '../core/relativeDates.ts'
import { readRewardList, writeRewardList } from '../rewards/rewards.query.ts'

const issuedLabels = {
  credit: 'Credited',
  discount_code: 'Code given',
  gift_card: 'Gift card given',
  custom: 'To deliver',
} as const satisfies Record<ReferralDetail['rewards'][number]['kind'], string>

/** The state of a reward; `waits` says why a pending one is waiting. */
function rewardStateLabel({ kind, status, offThisJob }: ReferralDetail['rewards'][number], waits: string): string {
  if (status === 'pending') return waits
  if (status === 'voided') return 'Taken back'
  if (offThisJob) return 'Off this job'
  if (status === 'redeemed') return kind === 'custom' ? 'Delivered' : 'Used'
  return issuedLabels[kind]
}

/** Where the reward can be changed by hand. */
const listOf = ({ status, needsApproval, name }: ReferralDetail['rewards'][number]): string => {
  const tab = status !== 'pending' ? status : needsApproval ? 'to_approve' : 'waiting'
  return writeRewardList({ ...readRewardList({}), tab, q: name })
}

/** "Job 4471, Boiler service": the further job that earned it. */
const jobTitle = (job: ReferralDetail['rewards'][number]['job']): string | null =>
  job && [job.externalId ? `Job ${job.externalId}` : 'Further job', job.title].filter(Boolean).join(', ')

function Reward({ reward, referral }: { reward: ReferralDetail['rewards'][number]; referral: ReferralDetail }) {
  const { now, me } = useConsole()
  const day = shortDay(Date.parse(reward.availableAt), now.value, me.organization.timeZone)
  const waits = reward.needsApproval ? 'Waiting for approval' : `On hold until ${day}`
  const { kind, text, amount } = reward
  const facts = [
    reward.side === 'advocate' ? 'Advocate' : 'Friend',
    jobTitle(reward.job),
    kind === 'custom' ? text : null,
  ].filter(Boolean)
  return (
    <li>
      <Avatar name={reward.name} />
      <span>
        <b>
          <a href={listOf(reward)}>{reward.name}</a>
        </b>
        <small>{facts.join(' · ')}</small>
      </span>
      <span class="r">
        {kind === 'custom' && amount === 0 ? null : (
          <strong class="num">
            {kind === 'discount_code' && text ? text : formatMoney(amount, referral.currency)}
          </strong>
        )}
        <small>{rewardStateLabel(reward, waits)}</small>
      </span>
    </li>
  )
}

/** The rewards of the conversion and of further jobs, each with its dates. */
export function Rewards({ referral }: { referral: ReferralDetail }) {
  const sum = referral.rewards.reduce((total, { status, amount }) => total + (status === 'voided' ? 0 : amount), 0)
  return (
    <section class="card">
      <header>
        <h2>Rewards</h2>
        {sum > 0 && <span class="strong num">{formatMoney(sum, referral.currency)}</span>}
      </header>
      {referral.rewards.length > 0 ? (
        <ul class="rewards">
          {referral.rewards.map((reward) => (
            <Reward key={reward.id} reward={reward} referral={referral} />
          ))}
        </ul>
      ) : (
        <p class="body muted">
          {referral.conversion ? 'This conversion earned no rewards.' : 'Rewards appear here on conversion.'}
        </p>
      )}
    </section>
  )
}
