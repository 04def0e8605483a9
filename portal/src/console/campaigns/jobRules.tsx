import type { JobRules } from '@goodword/contracts'
import { ButtonLink } from '../../shared/ui/button.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { useConsole } from '../core/console.ts'
import type { JobsDraft } from './draftJobs.ts'
import type { EditorModel } from './editor.model.ts'
import { MoneyField, Section, UnitField, wasHint } from './parts.tsx'

const converts: Record<JobRules['convertAt'], string> = {
  by_hand: 'Your team marks referrals as converted.',
  completed: 'A referral converts when the friend’s job is completed.',
  invoiced: 'A referral converts when the friend’s job is invoiced.',
}

const refunded: Record<JobRules['refunds'], string> = {
  propose: 'If the job is refunded, your team decides about the rewards.',
  take_back: 'If the job is refunded, rewards are taken back automatically.',
}

const repeatOptions = [
  { value: 'none', label: 'Nothing' },
  { value: 'times', label: 'A reward, so many times' },
  { value: 'months', label: 'A reward, for so many months' },
] as const

const typeOptions = [
  { value: 'fixed', label: 'A fixed amount' },
  { value: 'percent', label: 'A share of the job' },
] as const
const otherOption = { value: 'other', label: 'As set by the API' } as const

const labelIn = (options: readonly { value: string; label: string }[], text: string) =>
  `“${options.find(({ value }) => value === text)?.label ?? text}”`

function Repeat({ model }: { model: EditorModel }) {
  const { jobs } = model.draft.value
  const edit = (fields: Partial<JobsDraft>) => model.edit({ jobs: { ...jobs, ...fields } })
  const types = model.before.value.jobs.repeatType === 'other' ? [...typeOptions, otherOption] : typeOptions
  return (
    <>
      <Select
        label="Further jobs of a referred friend earn the advocate"
        width="min(360px, 100%)"
        value={jobs.repeat}
        options={repeatOptions}
        hint={wasHint(
          model,
          'jobs.repeat',
          (text) => labelIn(repeatOptions, text),
          'They count for no tier and no bonus, and are taken back with their own refund.',
        )}
        onChange={(repeat) => edit({ repeat })}
      />
      {jobs.repeat !== 'none' && (
        <div class="line">
          <UnitField
            model={model}
            name="jobs.repeatCount"
            label={jobs.repeat === 'times' ? 'How often' : 'For how long'}
            unit={jobs.repeat === 'times' ? 'jobs' : 'months'}
            value={jobs.repeatCount}
            onInput={(repeatCount) => edit({ repeatCount })}
            width="140px"
          />
          <Select
            label="Reward"
            width="200px"
            value={jobs.repeatType}
            options={types}
            onChange={(repeatType) => edit({ repeatType })}
          />
          {jobs.repeatType === 'percent' && (
            <UnitField
              model={model}
              name="jobs.repeatPercent"
              label="Share"
              unit="%"
              value={jobs.repeatPercent}
              onInput={(repeatPercent) => edit({ repeatPercent })}
              width="120px"
            />
          )}
          {jobs.repeatType === 'fixed' && (
            <MoneyField
              model={model}
              currency={model.currency}
              name="jobs.repeatAmount"
              label="Amount"
              value={jobs.repeatAmount}
              onInput={(repeatAmount) => edit({ repeatAmount })}
              width="140px"
            />
          )}
        </div>
      )}
    </>
  )
}

/** What the jobs of referred friends do by themselves. */
export function FriendJobRules({ model }: { model: EditorModel }) {
  const { me } = useConsole()
  if (!me.organization.features.includes('jobs')) return null
  const published = model.base.value
  const { convertAt = 'by_hand', refunds = 'propose' } = published?.terms.jobs ?? {}
  return (
    <Section title="Friends’ jobs" lead="When a referral converts by itself, and what further jobs earn.">
      <p>
        {converts[convertAt]} {refunded[refunds]}
      </p>
      {published && (
        <ButtonLink size="sm" icon="pencil" href={`/console/jobs/ask?campaign=${published.id}`}>
          Change under When to ask
        </ButtonLink>
      )}
      <Repeat model={model} />
    </Section>
  )
}
