import type { ComponentChildren } from 'preact'
import { type ControlProps, Field, type FieldProps } from './field.tsx'

type AffixProps = {
  value: string
  onInput: (value: string) => void
  /** Writes the value as it will be read: "1250" becomes "1,250.00". What cannot be read stays as typed. */
  format?: ((value: string) => string) | undefined
  before?: string | undefined
  after?: string | undefined
  big?: boolean | undefined
  whole?: boolean | undefined
  autofocus?: boolean | undefined
}

/** The bare control, for a place with a label of its own. */
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

/** An amount with its unit: "$" first, "%" or "days" last. */
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
