import type { Currency } from '@goodword/contracts'
import { ordinal } from '@goodword/domain'
import { AffixInput } from '../../shared/ui/affix.tsx'
import { Button, IconButton } from '../../shared/ui/button.tsx'
import { TextField } from '../../shared/ui/field.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { Notice } from '../core/notice.tsx'
import { counted } from '../core/when.ts'
import type { BonusDraft, SideDraft } from './draft.ts'
import type { EditorModel } from './editor.model.ts'
import { formatTyped, MoneyField, Section, symbolOf, UnitField, wasHint } from './parts.tsx'
import { parseCount } from './terms.ts'

type Props = { model: EditorModel; currency: Currency }

const kindOptions = [
  { value: 'fixed', label: 'Fixed amount' },
  { value: 'percent', label: 'Percent' },
  { value: 'custom', label: 'Something else' },
  { value: 'none', label: 'Nothing' },
] as const

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

function SideFields({ model, currency, side }: Props & { side: 'friend' | 'advocate' }) {
  const value = model.draft.value[side]
  const at = (field: keyof SideDraft) => ({
    model,
    name: `${side}.${field}`,
    value: value[field],
    onInput: (text: string) => model.editSide(side, { [field]: text }),
  })
  if (value.kind === 'none') return null
  const minJob = (
    <MoneyField {...at('minJob')} currency={currency} label="Only on jobs of at least" width="216px" optional />
  )
  if (value.kind === 'custom') {
    return (
      <>
        <TextField
          label="What they get"
          value={value.text}
          error={model.sending.errors.value[`${side}.text`]}
          hint={wasHint(
            model,
            `${side}.text`,
            (text) => `“${text}”`,
            'You give it yourself, such as “A free drain check”.',
          )}
          width="min(360px, 100%)"
          onInput={(text) => model.editSide(side, { text })}
        />
        <div class="line">
          <MoneyField {...at('amount')} currency={currency} label="What it costs you" width="186px" optional />
          {minJob}
        </div>
      </>
    )
  }
  if (value.kind === 'fixed') {
    return (
      <div class="line">
        <MoneyField
          {...at('amount')}
          currency={currency}
          label={side === 'friend' ? 'Amount off' : 'Amount'}
          width="150px"
        />
        {minJob}
      </div>
    )
  }
  return (
    <>
      <div class="line">
        <UnitField {...at('percent')} unit="%" label="Percent" width="110px" />
        <MoneyField {...at('least')} currency={currency} label="At least" width="134px" optional />
        <MoneyField {...at('most')} currency={currency} label="At most, per job" width="160px" optional />
        {minJob}
      </div>
      <p class="muted small">Counted on the job value before tax and before the friend’s discount.</p>
    </>
  )
}

function Bonus({ model, currency, bonus }: Props & { bonus: BonusDraft }) {
  const at = parseCount(bonus.at)
  const name = at === null ? 'this' : ordinal(at)
  const { errors } = model.sending
  const wrong = errors.value[`bonus.${bonus.key}.at`] ?? errors.value[`bonus.${bonus.key}.amount`]
  const was = wasHint(model, `bonus.${bonus.at}`, (text) => `${symbolOf(currency)}${text}`)
  return (
    <div>
      <span class="at">
        <AffixInput
          aria-label="For which friend"
          whole
          value={bonus.at}
          after={at === null ? 'th' : ordinal(at).replace(/\d/g, '')}
          onInput={(text) => model.editBonus(bonus.key, { at: text })}
        />
        <b>friend</b>
      </span>
      <AffixInput
        aria-label={`Bonus for the ${name} friend`}
        before={symbolOf(currency)}
        value={bonus.amount}
        format={formatTyped(currency)}
        onInput={(text) => model.editBonus(bonus.key, { amount: text })}
      />
      <span class="muted">
        {wrong ? (
          <span class="late" role="alert">
            <Icon name="alert" small /> {wrong}
          </span>
        ) : (
          was
        )}
      </span>
      <IconButton
        icon="trash"
        size="sm"
        label={`Remove the ${name} friend bonus`}
        onClick={() => model.removeBonus(bonus.key)}
      />
    </div>
  )
}

function Bonuses({ model, currency }: Props) {
  const { bonuses, countEachYear } = model.draft.value
  const wrong = model.sending.errors.value.bonuses
  return (
    <Section title="Bonuses" lead="On top, when an advocate’s friend count reaches a step.">
      {bonuses.length > 0 && (
        <div class="tiers">
          {bonuses.map((bonus) => (
            <Bonus key={bonus.key} model={model} currency={currency} bonus={bonus} />
          ))}
        </div>
      )}
      {wrong && <Notice tone="bad">{wrong}</Notice>}
      <div class="line middle">
        <Button size="sm" icon="plus" onClick={model.addBonus}>
          Add a step
        </Button>
        <label class="check">
          <input
            type="checkbox"
            checked={countEachYear}
            onChange={(event) => model.edit({ countEachYear: event.currentTarget.checked })}
          />
          Start again from 1 each January
        </label>
      </div>
    </Section>
  )
}

const honorOptions = [
  { value: 'never_less', label: 'The new terms, never less than promised' },
  { value: 'at_conversion', label: 'The terms on the day it converts' },
  { value: 'at_submission', label: 'The terms on the day it was sent' },
] as const

function Limits({ model, currency }: Props) {
  const draft = model.draft.value
  const onHold = model.base.value?.rewardsOnHold ?? 0
  const field = (name: 'holdDays' | 'yearCap' | 'expiresDays' | 'liveMax') => ({
    model,
    name,
    value: draft[name],
    onInput: (text: string) => model.edit({ [name]: text }),
  })
  return (
    <Section title="Limits and hold" lead="A hold protects you when a job changes or is refunded.">
      <div class="line">
        <UnitField
          {...field('holdDays')}
          unit="days"
          label="Hold rewards for"
          hint="After a job is paid"
          width="144px"
        />
        <MoneyField
          {...field('yearCap')}
          currency={currency}
          label="Most per advocate, a year"
          hint="Empty for no limit"
          width="178px"
        />
        <UnitField
          {...field('expiresDays')}
          unit="days"
          label="Referral expires after"
          hint="Empty for never"
          width="152px"
        />
        <UnitField
          {...field('liveMax')}
          unit="open"
          label="Open referrals at most"
          hint="For each advocate"
          width="164px"
        />
      </div>
      <Select
        label="Referrals already sent earn"
        width="min(360px, 100%)"
        value={draft.honor}
        options={honorOptions}
        onChange={(honor) => model.edit({ honor })}
      />
      {model.base.value && (
        <Notice tone="info">
          Changes apply to new conversions.{' '}
          {onHold > 0 && (
            <>
              The <b>{counted(onHold, 'reward')} on hold</b>{' '}
              {onHold === 1 ? 'keeps the rules it was' : 'keep the rules they were'} made with.
            </>
          )}
        </Notice>
      )}
    </Section>
  )
}

/** Both sides, bonuses, limits: everything that decides money. */
export function RewardsTab({ model, currency }: Props) {
  const { friend, advocate } = model.draft.value
  return (
    <>
      <Section title="Friend gets" lead="Credit for the first job, theirs once it converts.">
        <KindChoice
          label="Friend reward type"
          value={friend.kind}
          onChange={(kind) => model.editSide('friend', { kind })}
        />
        <SideFields model={model} currency={currency} side="friend" />
      </Section>
      <Section title="Advocate gets" lead="Added to their credit for each friend who converts.">
        <KindChoice
          label="Advocate reward type"
          value={advocate.kind}
          onChange={(kind) => model.editSide('advocate', { kind })}
        />
        <SideFields model={model} currency={currency} side="advocate" />
      </Section>
      <Bonuses model={model} currency={currency} />
      <Limits model={model} currency={currency} />
    </>
  )
}
