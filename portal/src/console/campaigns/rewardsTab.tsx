import type { Currency, FriendRewardUse } from '@goodword/contracts'
import { TextField } from '../../shared/ui/field.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { DiscountPool } from './discountPool.tsx'
import { isCredit } from './draft.ts'
import type { SideDraft } from './draftSide.ts'
import type { EditorModel } from './editor.model.ts'
import { Limits } from './limits.tsx'
import { MoneyField, Section, UnitField, WasHint, wasHint } from './parts.tsx'
import { TiersAndBonuses } from './tiersAndBonuses.tsx'

type Props = { model: EditorModel; currency: Currency }

const kindOptions = [
  { value: 'fixed', label: 'Fixed amount' },
  { value: 'percent', label: 'Percent' },
  { value: 'discount_code', label: 'Discount code' },
  { value: 'custom', label: 'Something else' },
  { value: 'none', label: 'Nothing' },
] as const

const kindLabel = (text: string) => `“${kindOptions.find(({ value }) => value === text)?.label ?? text}”`

function KindChoice({
  label,
  value,
  onChange,
}: {
  label: string
  value: SideDraft['kind']
  onChange: (kind: SideDraft['kind']) => void
}) {
  return (
    <fieldset class="segmented" aria-label={label}>
      {kindOptions.map((option) => (
        <label key={option.value}>
          <input type="radio" name={label} checked={option.value === value} onChange={() => onChange(option.value)} />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}

type Side = 'friend' | 'advocate'

/** The props shared by all fields of one side. */
const sideFieldProps = (model: EditorModel, side: Side) => (field: keyof SideDraft) => ({
  model,
  name: `${side}.${field}`,
  value: model.draft.value[side][field],
  onInput: (text: string) => model.editSide(side, { [field]: text }),
})

function MinJob({ model, currency, side }: Props & { side: Side }) {
  const at = sideFieldProps(model, side)
  return <MoneyField {...at('minJob')} currency={currency} label="Only on jobs of at least" width="216px" optional />
}

function CustomFields({ model, currency, side }: Props & { side: Side }) {
  const { text } = model.draft.value[side]
  return (
    <>
      <TextField
        label="What they get"
        value={text}
        error={model.sending.errors.value[`${side}.text`]}
        hint={wasHint(
          model,
          `${side}.text`,
          (was) => `“${was}”`,
          'You give it yourself, such as “A free drain check”.',
        )}
        width="min(360px, 100%)"
        onInput={(typed) => model.editSide(side, { text: typed })}
      />
      <div class="line">
        <MoneyField
          {...sideFieldProps(model, side)('amount')}
          currency={currency}
          label="What it costs you"
          width="186px"
          optional
        />
        <MinJob model={model} currency={currency} side={side} />
      </div>
    </>
  )
}

const discountTypes = [
  { value: 'flat', label: 'Amount off' },
  { value: 'percent', label: 'Percent off' },
] as const
const sources = [
  { value: 'generated', label: 'Made by Goodword' },
  { value: 'pool', label: 'From my list' },
] as const

function CodeFields({ model, currency, side }: Props & { side: Side }) {
  const at = sideFieldProps(model, side)
  const { discount, source } = model.draft.value[side]
  const person = side === 'friend' ? 'Friend' : 'Advocate'
  return (
    <>
      <Segmented
        label={`${person} discount`}
        value={discount}
        options={discountTypes}
        onChange={(type) => model.editSide(side, { discount: type })}
      />
      <WasHint
        model={model}
        name={`${side}.discount`}
        show={(was) => (was === 'flat' ? 'an amount off' : 'a percentage off')}
      />
      <div class="line">
        {discount === 'flat' ? (
          <MoneyField {...at('amount')} currency={currency} label="Amount off" width="150px" />
        ) : (
          <UnitField {...at('percent')} unit="%" label="Percent off" width="130px" />
        )}
        <MinJob model={model} currency={currency} side={side} />
      </div>
      <p class="muted small">Off a later invoice. They see the code in the mail and in their portal.</p>
      <div class="field">
        <span class="label" aria-hidden="true">
          Codes
        </span>
        <Segmented
          label={`${person} codes`}
          value={source}
          options={sources}
          onChange={(from) => model.editSide(side, { source: from })}
        />
        <WasHint
          model={model}
          name={`${side}.source`}
          show={(was) => (was === 'pool' ? 'from your list' : 'made by Goodword')}
        />
        <span class="hint">
          {source === 'generated' ? (
            'A new one each time. Honor it at your till or shop.'
          ) : (
            <DiscountPool model={model} />
          )}
        </span>
      </div>
    </>
  )
}

function SideFields({ model, currency, side }: Props & { side: Side }) {
  const { kind } = model.draft.value[side]
  const at = sideFieldProps(model, side)
  if (kind === 'none') return null
  if (kind === 'custom') return <CustomFields model={model} currency={currency} side={side} />
  if (kind === 'discount_code') return <CodeFields model={model} currency={currency} side={side} />
  if (kind === 'fixed') {
    return (
      <div class="line">
        <MoneyField {...at('amount')} currency={currency} label="Amount" width="150px" />
        <MinJob model={model} currency={currency} side={side} />
      </div>
    )
  }
  return (
    <>
      <div class="line">
        <UnitField {...at('percent')} unit="%" label="Percent" width="110px" />
        <MoneyField {...at('least')} currency={currency} label="At least" width="134px" optional />
        <MoneyField {...at('most')} currency={currency} label="At most, per job" width="160px" optional />
        <MinJob model={model} currency={currency} side={side} />
      </div>
      <p class="muted small">Counted on the job value before tax and before the friend’s discount.</p>
    </>
  )
}

const uses = [
  { value: 'after_job', label: 'After the job' },
  { value: 'off_this_job', label: 'Off this job' },
] as const

const useHints: Record<FriendRewardUse, string> = {
  after_job: 'Added to their credit when you mark the job converted. They can use it on any later job.',
  off_this_job: 'You take it off the invoice of this job. It counts as used at once and is never owed as credit.',
}

/** What the friend's credit is for, and what the form promises accordingly. */
function UseChoice({ model }: { model: EditorModel }) {
  const { friendRewardUse } = model.draft.value
  return (
    <div class="field">
      <span class="label" aria-hidden="true">
        When they use it
      </span>
      <Segmented
        label="When the friend uses it"
        value={friendRewardUse}
        options={uses}
        onChange={(use) => model.edit({ friendRewardUse: use })}
      />
      <WasHint
        model={model}
        name="friendRewardUse"
        show={(was) => (was === 'off_this_job' ? 'off this job' : 'after the job')}
      />
      <span class="hint">{useHints[friendRewardUse]}</span>
    </div>
  )
}

/** Everything that affects money: both sides, tiers and bonuses, limits. */
export function RewardsTab({ model, currency }: Props) {
  const { friend, advocate } = model.draft.value
  return (
    <>
      <Section title="Friend gets" lead="For their first job, once you mark it converted.">
        <KindChoice
          label="Friend reward type"
          value={friend.kind}
          onChange={(kind) => model.editSide('friend', { kind })}
        />
        <WasHint model={model} name="friend.kind" show={kindLabel} />
        <SideFields model={model} currency={currency} side="friend" />
        {isCredit(friend) && <UseChoice model={model} />}
      </Section>
      <Section title="Advocate gets" lead="For each friend who converts.">
        <KindChoice
          label="Advocate reward type"
          value={advocate.kind}
          onChange={(kind) => model.editSide('advocate', { kind })}
        />
        <WasHint model={model} name="advocate.kind" show={kindLabel} />
        <SideFields model={model} currency={currency} side="advocate" />
      </Section>
      <TiersAndBonuses model={model} currency={currency} />
      <Limits model={model} currency={currency} />
    </>
  )
}
