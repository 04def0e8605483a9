import type { ComponentChildren } from 'preact'
import { type ControlProps, Field, type FieldProps } from './field.tsx'

type AffixProps = {
  value: string
  onInput: (value: string) => void
  /** Formats the value on blur: "1250" becomes "1,250.00". Invalid input stays as typed. */
  format?: ((value: string) => string) | undefined
  before?: string | undefined
  after?: string | undefined
  big?: boolean | undefined
  whole?: boolean | undefined
  autofocus?: boolean | undefined
}

/** The control without a field, for places with a label of their own. */
export function AffixInput({
  value,
  onInput,
  format,
  before,
  after,
  big,
  whole,
  autofocus,
  ...control
}: AffixProps & (ControlProps | { 'aria-label': string })) {
  return (
    <div
      class={big ? 'affix big' : 'affix'}
      data-invalid={'aria-invalid' in control ? control['aria-invalid'] : undefined}
    >
      {before && <span aria-hidden="true">{before}</span>}
      <input
        {...control}
        inputMode={whole ? 'numeric' : 'decimal'}
        autocomplete="off"
        value={value}
        autofocus={autofocus}
        onInput={(event) => onInput(event.currentTarget.value)}
        onBlur={() => format && onInput(format(value))}
      />
      {after && <span aria-hidden="true">{after}</span>}
    </div>
  )
}

/** An amount with its unit: "$" before it, "%" or "days" after it. */
export function AffixField({
  value,
  onInput,
  format,
  before,
  after,
  big,
  whole,
  autofocus,
  ...field
}: FieldProps & AffixProps) {
  const label: ComponentChildren = (
    <>
      {field.label}
      {after && <span class="sr-only">, {after === '%' ? 'percent' : after}</span>}
    </>
  )
  return (
    <Field {...field} label={label}>
      {(control) => <AffixInput {...{ value, onInput, format, before, after, big, whole, autofocus }} {...control} />}
    </Field>
  )
}
