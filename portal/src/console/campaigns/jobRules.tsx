import { Select } from '../../shared/ui/select.tsx'
import { useConsole } from '../core/console.ts'
import type { JobsDraft } from './draftJobs.ts'
import type { EditorModel } from './editor.model.ts'
import { MoneyField, Section, UnitField, wasHint } from './parts.tsx'

const convertOptions = [
  { value: 'by_hand', label: 'Your team marks it as converted' },
  { value: 'completed', label: 'It is completed' },
  { value: 'invoiced', label: 'It is invoiced' },
] as const

const refundOptions = [
  { value: 'propose', label: 'Ask your team, with a preview' },
  { value: 'take_back', label: 'Take rewards back by itself' },
] as const

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
  const { jobs } = model.draft.value
  const edit = (fields: Partial<JobsDraft>) => model.edit({ jobs: { ...jobs, ...fields } })
  if (!me.organization.features.includes('jobs')) return null
  return (
    <Section title="Friends’ jobs" lead="When a referral converts by itself, and what a refund does.">
      <Select
        label="A referral converts when the friend’s job"
        width="min(360px, 100%)"
        value={jobs.convertAt}
        options={convertOptions}
        hint={wasHint(model, 'jobs.convertAt', (text) => labelIn(convertOptions, text))}
        onChange={(convertAt) => edit({ convertAt })}
      />
      <Select
        label="When the job is refunded"
        width="min(360px, 100%)"
        value={jobs.refunds}
        options={refundOptions}
        hint={wasHint(model, 'jobs.refunds', (text) => labelIn(refundOptions, text))}
        onChange={(refunds) => edit({ refunds })}
      />
      <Repeat model={model} />
    </Section>
  )
}
