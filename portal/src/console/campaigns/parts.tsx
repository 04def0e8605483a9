import type { Currency } from '@goodword/contracts'
import { formatAmountInput, formatMoney, parseMoney } from '@goodword/domain'
import type { ComponentChildren } from 'preact'
import { AffixField } from '../../shared/ui/affix.tsx'
import { flattenDraft } from './draft.ts'
import { normalizeAmount } from './draftSide.ts'
import type { EditorModel } from './editor.model.ts'

/** "$", "CHF". */
export const currencySymbol = (currency: Currency) => formatMoney(0, currency).replace(/[\d.,\s]/g, '')

/** "1250" as "1,250.00". */
export const formatTyped = (currency: Currency) => (text: string) => {
  const parsed = parseMoney(text, currency)
  return parsed === null ? text : formatAmountInput(parsed, currency)
}

/** A section of the editor, with its description next to the fields. */
export function Section({ title, lead, children }: { title: string; lead: string; children: ComponentChildren }) {
  return (
    <section class="sec">
      <div>
        <h2>{title}</h2>
        <p>{lead}</p>
      </div>
      <div class="f">{children}</div>
    </section>
  )
}

/** "Was $10.00" while the field differs from the published version; otherwise its usual hint. */
export function wasHint(model: EditorModel, name: string, show: (text: string) => string, hint?: string) {
  if (!model.base.value) return hint
  const before = flattenDraft(model.before.value)[name]
  const now = flattenDraft(model.draft.value)[name]
  if (before === undefined || normalizeAmount(before) === normalizeAmount(now ?? '')) return hint
  return before === '' ? 'Was empty' : `Was ${show(before)}`
}

/** The published value of a choice, shown while it differs. */
export function WasHint({ model, name, show }: { model: EditorModel; name: string; show: (text: string) => string }) {
  const words = wasHint(model, name, show)
  return words ? <span class="hint">{words}</span> : null
}

type UnitFieldProps = {
  model: EditorModel
  /** The field's name in errors and changes. */
  name: string
  label: string
  value: string
  onInput: (text: string) => void
  width: string
  hint?: string
  optional?: boolean
}

export function MoneyField({ currency, ...props }: UnitFieldProps & { currency: Currency }) {
  const { model, name, hint, ...rest } = props
  const symbol = currencySymbol(currency)
  return (
    <AffixField
      {...rest}
      before={symbol}
      format={formatTyped(currency)}
      error={model.sending.errors.value[name]}
      hint={wasHint(model, name, (text) => `${symbol}${text}`, hint)}
    />
  )
}

export function UnitField({ unit, ...props }: UnitFieldProps & { unit: string }) {
  const { model, name, hint, ...rest } = props
  return (
    <AffixField
      {...rest}
      whole={unit !== '%'}
      after={unit}
      error={model.sending.errors.value[name]}
      hint={wasHint(model, name, (text) => (unit === '%' ? `${text}%` : `${text} ${unit}`), hint)}
    />
  )
}
