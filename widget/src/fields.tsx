import type { InputHTMLAttributes } from 'preact'
import type { FieldErrors, FieldName } from './checks.ts'
import { Icon } from './icons.tsx'

type Given = {
  name: FieldName
  label: string
  errors: FieldErrors
  /** Said beside the label: "optional". */
  aside?: string
  hint?: string
  busy: boolean
  /** Attributes of the control itself, such as type and autocomplete. */
  control?: InputHTMLAttributes
  rows?: number
}

/** Label, control, and below it the hint or the error, tied together for those who do not see them. */
export function Field({ name, label, errors, aside, hint, busy, control, rows }: Given) {
  const error = errors.get(name)
  const below = error || hint
  const shared = {
    id: name,
    name,
    class: 'input',
    readOnly: busy,
    'aria-invalid': error ? ('true' as const) : undefined,
    'aria-describedby': below ? `${name}-below` : undefined,
  }
  return (
    <div class="field">
      <label for={name}>
        {label}
        {aside && <span class="aside"> {aside}</span>}
      </label>
      {rows ? <textarea {...shared} rows={rows} maxLength={2_000} /> : <input {...shared} {...control} />}
      {below && (
        <span id={`${name}-below`} class={error ? 'error' : 'hint'}>
          {error && <Icon name="warning" />}
          {below}
        </span>
      )}
    </div>
  )
}
