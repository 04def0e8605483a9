import type { Currency } from '@goodword/contracts'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { Notice } from '../core/notice.tsx'
import { pluralize } from '../core/relativeDates.ts'
import { BudgetSection } from './budgetSection.tsx'
import type { EditorModel } from './editor.model.ts'
import { MoneyField, Section, UnitField, wasHint } from './parts.tsx'

type Props = { model: EditorModel; currency: Currency }

const termsPolicyOptions = [
  { value: 'never_less', label: 'Use the new terms if better' },
  { value: 'at_conversion', label: 'Use the terms when they convert' },
  { value: 'at_submission', label: 'Use the terms when they were submitted' },
] as const

const approvalLabels = { automatic: 'Automatic', staff: 'By your team' } as const
const approvalOptions = [
  { value: 'automatic', label: approvalLabels.automatic },
  { value: 'staff', label: approvalLabels.staff },
] as const

const termsPolicyLabel = (text: string) => `“${termsPolicyOptions.find(({ value }) => value === text)?.label ?? text}”`

function OnHold({ model }: { model: EditorModel }) {
  const campaign = model.base.value
  if (!campaign) return null
  const { rewardsOnHold } = campaign
  return (
    <Notice tone="info">
      Changes apply to new conversions.{' '}
      {rewardsOnHold > 0 && (
        <>
          The <b>{pluralize(rewardsOnHold, 'reward')} on hold</b>{' '}
          {rewardsOnHold === 1 ? 'keeps the rules it was' : 'keep the rules they were'} made with.
        </>
      )}
    </Notice>
  )
}

/** Reward limits, hold and approval, and which terms apply. */
export function Limits({ model, currency }: Props) {
  const draft = model.draft.value
  const cap = (name: 'totalCap' | 'yearCap' | 'monthCap') => ({
    model,
    name,
    currency,
    value: draft[name],
    width: '154px',
    onInput: (text: string) => model.edit({ [name]: text }),
  })
  return (
    <>
      <Section
        title="Limits"
        lead="Maximum reward value. Anything above it isn’t paid; discount codes are all-or-nothing."
      >
        <div class="line">
          <MoneyField {...cap('totalCap')} label="Per advocate, lifetime" hint="Leave blank for no limit" />
          <MoneyField {...cap('yearCap')} label="Per advocate, per year" hint="Leave blank for no limit" />
          <MoneyField {...cap('monthCap')} label="Per advocate, per month" hint="Leave blank for no limit" />
        </div>
      </Section>
      <BudgetSection model={model} currency={currency} />
      <Section title="Hold and approval" lead="A hold protects you when a job changes or is refunded.">
        <UnitField
          model={model}
          name="holdDays"
          value={draft.holdDays}
          onInput={(holdDays) => model.edit({ holdDays })}
          unit="days"
          label="Hold rewards for"
          hint="After a job is paid"
          width="150px"
        />
        <div class="field">
          <span class="label" aria-hidden="true">
            Approval
          </span>
          <Segmented
            label="Approval"
            value={draft.approval}
            options={approvalOptions}
            onChange={(approval) => model.edit({ approval })}
          />
          <span class="hint">
            {wasHint(
              model,
              'approval',
              (text) => (text === 'staff' ? approvalLabels.staff : approvalLabels.automatic),
              draft.approval === 'staff'
                ? 'Each reward waits until your team approves it.'
                : 'Rewards are released automatically when the hold ends.',
            )}
          </span>
        </div>
        <Select
          label="For referrals already submitted"
          width="min(360px, 100%)"
          value={draft.honor}
          options={termsPolicyOptions}
          hint={wasHint(model, 'honor', termsPolicyLabel)}
          onChange={(honor) => model.edit({ honor })}
        />
        <OnHold model={model} />
      </Section>
    </>
  )
}
