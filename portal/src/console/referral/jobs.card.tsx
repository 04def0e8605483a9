import type { ReferralDetail, ReferralJob } from '@goodword/contracts'
import { formatAnyMoney, formatMoney } from '@goodword/domain'
import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { useConsole } from '../core/console.ts'
import { shortDay } from '../core/relativeDates.ts'
import { createResource } from '../core/resource.ts'
import { effectSentence, type Saying } from '../jobs/effects.sentences.ts'
import { TodoDialog } from '../jobs/todo.dialog.tsx'

const stateLabels: Record<ReferralJob['state'], string> = {
  open: 'Open',
  completed: 'Completed',
  canceled: 'Canceled',
  invoiced: 'Invoiced',
  refunded: 'Refunded',
}

/** What a job did to the referral, or why it did nothing. */
function outcomeOf(
  job: ReferralJob,
  { friend, campaign }: ReferralDetail,
  saying: Omit<Saying, 'campaignName'>,
): string {
  const { role, rewards, takenBackAt, why, todo } = job
  if (todo)
    return todo.kind === 'conversion' ? 'Waits for you to say what it converts.' : 'A refund waits for your decision.'
  if (takenBackAt) return 'Its rewards were taken back.'
  if (role && rewards) {
    const sum = rewards.advocate + rewards.friend
    const money = sum > 0 || rewards.others.length === 0 ? [`${formatMoney(sum, rewards.currency)} in rewards`] : []
    const earned = new Intl.ListFormat('en-US').format([...money, ...rewards.others])
    return role === 'converted' ? `Converted this referral: ${earned}.` : `Earned again: ${earned}.`
  }
  if (!why) return 'Did nothing here.'
  const contact = friend.contactId === null ? null : { id: friend.contactId, name: friend.name }
  const { lead, rest } = effectSentence(why, contact, { ...saying, campaignName: () => campaign.name })
  return [lead, rest].filter(Boolean).join(' ')
}

function Job({
  job,
  referral,
  decide,
}: {
  job: ReferralJob
  referral: ReferralDetail
  decide: (job: ReferralJob) => void
}) {
  const { now, me } = useConsole()
  const { timeZone, currency } = me.organization
  const money = (amount: number) => formatAnyMoney(amount, job.currency ?? currency)
  const what = [job.externalId ? `Job ${job.externalId}` : 'Job', job.title].filter(Boolean).join(', ')
  const facts = [
    stateLabels[job.state],
    job.value === null ? null : money(job.value),
    job.refundedAmount > 0 && job.state !== 'refunded' ? `${money(job.refundedAmount)} refunded` : null,
    shortDay(Date.parse(job.at), now.value, timeZone),
  ]
  return (
    <li>
      <span>
        <b>{what}</b>
        <small class="num">{facts.filter(Boolean).join(' · ')}</small>
        <small>{outcomeOf(job, referral, { currency, timeZone, now: now.value })}</small>
      </span>
      {job.todo && (
        <Button size="sm" onClick={() => decide(job)}>
          Review…<span class="sr-only"> {what}</span>
        </Button>
      )}
    </li>
  )
}

/** The jobs of the friend and what each did here; nothing while there is none. */
export function FriendJobs({ referral, onChanged }: { referral: ReferralDetail; onChanged: () => void }) {
  const { client, me } = useConsole()
  const isOn = me.organization.features.includes('jobs')
  const { id, updatedAt } = referral
  const jobs = useMemo(
    () => createResource((abort) => client.referralJobs.list({ params: { id } }, { signal: abort })),
    [client, id],
  )
  const deciding = useSignal<ReferralJob | null>(null)
  useEffect(() => {
    if (isOn && updatedAt) void jobs.load()
  }, [jobs, isOn, updatedAt])
  const items = jobs.data.value?.items ?? []
  const open = deciding.value
  if (!isOn || items.length === 0) return null
  return (
    <section class="card">
      <header>
        <h2>Jobs</h2>
      </header>
      <ul class="friend-jobs">
        {items.map((job) => (
          <Job
            key={job.id}
            job={job}
            referral={referral}
            decide={(one) => {
              deciding.value = one
            }}
          />
        ))}
      </ul>
      {open && (
        <TodoDialog
          id={open.todo?.id ?? null}
          jobId={open.id}
          onClose={() => {
            deciding.value = null
          }}
          onDone={() => {
            void jobs.load()
            onChanged()
          }}
        />
      )}
    </section>
  )
}
