import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { Icon } from './icon.tsx'

/** The props that connect a control to its label, hint and error. */
export type ControlProps = {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': 'true' | undefined
}

export type FieldProps = {
  label: ComponentChildren
  optional?: boolean
  hint?: ComponentChildren
  error?: string | null | undefined
  /** CSS length, for a field in a row of several. */
  width?: string
  /** Hides the label visually, where the context shows it. */
  hiddenLabel?: boolean
}

/** Label, control, and hint or error. `children` renders the control with the given props. */
export function Field({
  label,
  optional = false,
  hint,
  error,
  width,
  hiddenLabel = false,
  children,
}: FieldProps & { children: (control: ControlProps) => ComponentChildren }) {
  const id = useId()
  const describedBy = [error && `${id}-e`, hint && `${id}-h`].filter(Boolean).join(' ')
  return (
    <div class="field" style={width ? { inlineSize: width } : undefined}>
      <label for={id} class={hiddenLabel ? 'sr-only' : undefined}>
        {label}
        {optional && <span class="opt"> optional</span>}
      </label>
      {children({ id, 'aria-describedby': describedBy || undefined, 'aria-invalid': error ? 'true' : undefined })}
      {error && (
        <span class="err" id={`${id}-e`}>
          <Icon name="alert" />
          {error}
        </span>
      )}
      {hint && (
        <span class="hint" id={`${id}-h`}>
          {hint}
        </span>
      )}
    </div>
  )
}

const kinds = {
  text: { type: 'text' },
  email: { type: 'email' },
  tel: { type: 'tel' },
  url: { type: 'url' },
  date: { type: 'date' },
} as const

type TextFieldProps = FieldProps & {
  value: string
  onInput: (value: string) => void
  onBlur?: () => void
  type?: keyof typeof kinds
  name?: string
  autocomplete?: string
  placeholder?: string
  max?: string
  mono?: boolean
  required?: boolean
  autofocus?: boolean
}

/** A single-line text field. An error never clears it. */
export function TextField({ value, onInput, onBlur, type = 'text', mono, max, ...rest }: TextFieldProps) {
  const { name, autocomplete, placeholder, required, autofocus, ...field } = rest
  return (
    <Field {...field}>
      {(control) => (
        <input
          {...control}
          class={`input${mono ? ' mono' : ''}${type === 'date' ? ' num' : ''}`}
          {...kinds[type]}
          name={name}
          value={value}
          autocomplete={autocomplete ?? 'off'}
          placeholder={placeholder}
          max={max}
          required={required}
          autofocus={autofocus}
          onInput={(event) => onInput(event.currentTarget.value)}
          onBlur={onBlur}
        />
      )}
    </Field>
  )
}

/** A multi-line text field. */
export function TextArea({
  value,
  onInput,
  rows = 3,
  autofocus,
  ...field
}: FieldProps & { value: string; onInput: (value: string) => void; rows?: number; autofocus?: boolean }) {
  return (
    <Field {...field}>
      {(control) => (
        <textarea
          {...control}
          class="input"
          rows={rows}
          value={value}
          autofocus={autofocus}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

/** A checkbox that is submitted with its form. */
export function Check({
  checked,
  onChange,
  title,
  children,
}: {
  checked: boolean
  onChange: (checked: boolean) => void
  title: ComponentChildren
  children?: ComponentChildren
}) {
  return (
    <label class="check">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>
        <b>{title}</b>
        {children && <small>{children}</small>}
      </span>
    </label>
  )
}

/** Scrolls to and focuses the first invalid field, once errors are rendered. */
export function focusFirstError(within: ParentNode): void {
  setTimeout(() => within.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
