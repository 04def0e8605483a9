import type { Currency } from '@goodword/contracts'
import { ordinal } from '@goodword/domain'
import { useRef } from 'preact/hooks'
import { AffixInput } from '../../shared/ui/affix.tsx'
import { Button, IconButton } from '../../shared/ui/button.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import type { BonusDraft } from './draft.ts'
import { allowsBonuses, allowsTiers } from './draft.ts'
import type { TierDraft } from './draftSide.ts'
import type { EditorModel } from './editor.model.ts'
import { currencySymbol, formatTyped, Section, WasHint, wasHint } from './parts.tsx'
import { parseCount } from './terms.ts'
import { tierNote } from './tierNote.ts'

const maxRows = 20

type Props = { model: EditorModel; currency: Currency }

const rowName = (text: string): string => {
  const at = parseCount(text)
  return at === null ? 'this' : ordinal(at)
}

type RowNoteProps = { model: EditorModel; prefix: string; was: string | undefined; note?: ReturnType<typeof tierNote> }

/** The first error of a row, or what is said of it and its published value. */
function RowNote({ model, prefix, was, note }: RowNoteProps) {
  const refused = Object.entries(model.sending.errors.value).find(([name]) => name.startsWith(`${prefix}.`))?.[1]
  const wrong = refused ?? (note?.isWrong ? note.text : undefined)
  return (
    <span class="muted note">
      {wrong ? (
        <span class="late" role="alert">
          <Icon name="alert" small /> {wrong}
        </span>
      ) : (
        [note?.text, was].filter(Boolean).join('. ')
      )}
    </span>
  )
}

function Friend({
  value,
  label,
  after,
  wrong,
  onInput,
}: {
  value: string
  label: string
  after: string
  wrong: boolean
  onInput: (text: string) => void
}) {
  const at = parseCount(value)
  return (
    <span class="at">
      <AffixInput
        aria-label={label}
        aria-invalid={wrong ? 'true' : undefined}
        whole
        value={value}
        after={at === null ? 'th' : ordinal(at).replace(/\d/g, '')}
        onInput={onInput}
      />
      <b>{after}</b>
    </span>
  )
}

const tierTypes = [
  { value: 'fixed', label: 'Amount' },
  { value: 'percent', label: 'Percent' },
] as const

function TierValue({ model, currency, tier }: Props & { tier: TierDraft }) {
  const name = rowName(tier.from)
  const errors = model.sending.errors.value
  const field = (part: 'amount' | 'percent' | 'least' | 'most', label: string) => ({
    'aria-label': `${label} from the ${name} friend on`,
    'aria-invalid': errors[`tier.${tier.key}.${part}`] ? ('true' as const) : undefined,
    value: tier[part],
    onInput: (text: string) => model.editTier(tier.key, { [part]: text }),
  })
  const money = { before: currencySymbol(currency), format: formatTyped(currency) }
  if (tier.type === 'fixed') return <AffixInput {...field('amount', 'Reward')} {...money} />
  return (
    <span class="bounded">
      <AffixInput {...field('percent', 'Percent')} after="%" />
      <span class="bound">
        at least <AffixInput {...field('least', 'At least')} {...money} />
      </span>
      <span class="bound">
        at most <AffixInput {...field('most', 'At most')} {...money} />
      </span>
    </span>
  )
}

function Tier({ model, currency, tier, onRemove }: Props & { tier: TierDraft; onRemove: () => void }) {
  const prefix = `tier.${tier.key}`
  const symbol = currencySymbol(currency)
  return (
    <fieldset aria-label={`From the ${rowName(tier.from)} friend on`}>
      <Friend
        label="From which friend on"
        after="friend on"
        value={tier.from}
        wrong={model.sending.errors.value[`${prefix}.from`] !== undefined}
        onInput={(from) => model.editTier(tier.key, { from })}
      />
      <div class="what">
        <Segmented
          label="Reward type"
          value={tier.type}
          options={tierTypes}
          onChange={(type) => model.editTier(tier.key, { type })}
        />
        <TierValue model={model} currency={currency} tier={tier} />
        <RowNote
          model={model}
          prefix={prefix}
          was={wasHint(model, `tier.${tier.from}`, (text) => (text.includes('%') ? text : `${symbol}${text}`))}
          note={tierNote(tier, model.draft.value.tiers)}
        />
      </div>
      <IconButton
        icon="trash"
        size="sm"
        label={`Remove the reward from the ${rowName(tier.from)} friend on`}
        onClick={onRemove}
      />
    </fieldset>
  )
}

function Bonus({ model, currency, bonus, onRemove }: Props & { bonus: BonusDraft; onRemove: () => void }) {
  const prefix = `bonus.${bonus.key}`
  const errors = model.sending.errors.value
  const symbol = currencySymbol(currency)
  return (
    <fieldset aria-label={`Bonus for the ${rowName(bonus.at)} friend`}>
      <Friend
        label="For which friend"
        after="friend"
        value={bonus.at}
        wrong={errors[`${prefix}.at`] !== undefined}
        onInput={(at) => model.editBonus(bonus.key, { at })}
      />
      <div class="what">
        <AffixInput
          aria-label={`Bonus for the ${rowName(bonus.at)} friend`}
          aria-invalid={errors[`${prefix}.amount`] ? 'true' : undefined}
          before={symbol}
          value={bonus.amount}
          format={formatTyped(currency)}
          onInput={(amount) => model.editBonus(bonus.key, { amount })}
        />
        <RowNote
          model={model}
          prefix={prefix}
          was={wasHint(model, `bonus.${bonus.at}`, (text) => `${symbol}${text}`)}
        />
      </div>
      <IconButton icon="trash" size="sm" label={`Remove the ${rowName(bonus.at)} friend bonus`} onClick={onRemove} />
    </fieldset>
  )
}

/** Removing a row removes the focused button: move focus to the "Add" button. */
function useAddButton() {
  const place = useRef<HTMLDivElement>(null)
  return {
    place,
    after: (remove: () => void) => () => {
      remove()
      place.current?.querySelector('button')?.focus()
    },
  }
}

function Tiers({ model, currency }: Props) {
  const { tiers } = model.draft.value
  const { place, after } = useAddButton()
  return (
    <Section title="Tiers" lead="Pay a higher reward after a number of friends.">
      {tiers.length > 0 && (
        <div class="tiers">
          {tiers.map((tier) => (
            <Tier
              key={tier.key}
              model={model}
              currency={currency}
              tier={tier}
              onRemove={after(() => model.removeTier(tier.key))}
            />
          ))}
        </div>
      )}
      <div class="line" ref={place}>
        <Button size="sm" icon="plus" disabled={tiers.length >= maxRows} onClick={model.addTier}>
          Add a tier
        </Button>
      </div>
    </Section>
  )
}

function Bonuses({ model, currency }: Props) {
  const { bonuses } = model.draft.value
  const { place, after } = useAddButton()
  return (
    <Section title="Bonuses" lead="An extra reward for the 3rd, 5th… friend.">
      {bonuses.length > 0 && (
        <div class="tiers">
          {bonuses.map((bonus) => (
            <Bonus
              key={bonus.key}
              model={model}
              currency={currency}
              bonus={bonus}
              onRemove={after(() => model.removeBonus(bonus.key))}
            />
          ))}
        </div>
      )}
      <div class="line middle" ref={place}>
        <Button size="sm" icon="plus" disabled={bonuses.length >= maxRows} onClick={model.addBonus}>
          Add a bonus
        </Button>
        <label class="check">
          <input
            type="checkbox"
            checked={model.draft.value.countEachYear}
            onChange={(event) => model.edit({ countEachYear: event.currentTarget.checked })}
          />
          Start again from 1 each January
        </label>
        <WasHint
          model={model}
          name="countEachYear"
          show={(text) => (text === 'true' ? 'counted anew each January' : 'counted from the first friend on')}
        />
      </div>
    </Section>
  )
}

/** Tiers and bonuses, for the kinds of reward that have them. */
export function TiersAndBonuses({ model, currency }: Props) {
  const { advocate } = model.draft.value
  if (advocate.kind === 'none') return null
  if (!allowsBonuses(advocate)) {
    return (
      <Section title="Tiers and bonuses" lead="For rewards in credit.">
        <p class="muted small">A code stands for its discount, so it does not grow with the friend count.</p>
      </Section>
    )
  }
  return (
    <>
      {allowsTiers(advocate) && <Tiers model={model} currency={currency} />}
      <Bonuses model={model} currency={currency} />
    </>
  )
}
