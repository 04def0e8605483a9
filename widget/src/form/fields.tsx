import type { ComponentChildren } from 'preact'
import { Icon } from '../ui/icons.tsx'
import type { FieldName } from './values.ts'

type Control = 'input' | 'textarea' | 'select'
type FieldProps = {
  name: FieldName
  label: string
  /** Shown next to the label: "optional". Empty if another field will do instead. Without it, the field is required. */
  aside?: string | false
  hint?: string | false
  error: string | undefined
  /** Fields are read-only while the form is being sent. */
  busy: boolean
  as?: Control
  children?: ComponentChildren
  type?: 'tel' | 'email'
  autocomplete?: 'off' | 'name' | 'tel' | 'email'
  maxLength?: number
  dir?: 'auto'
}

/** A label and control with the hint or error below, connected for assistive technology. */
export function Field({ name, label, aside, hint, error, busy, as, children, ...attributes }: FieldProps) {
  // Select and textarea take the attributes they know of an input's.
  const Control = (as ?? 'input') as 'textarea'
  return (
    <div className="field">
      <label htmlFor={name} part="label">
        {label}
        {aside && <span className="aside"> {aside}</span>}
      </label>
      <Control
        {...attributes}
        {...(as === 'textarea' && { rows: 2 })}
        {...(as !== 'select' && { readOnly: busy })}
        id={name}
        name={name}
        className="input"
        part="input"
        {...describe(name, hint, error, aside)}
      >
        {children}
      </Control>
      <Below name={name} hint={hint} error={error} />
    </div>
  )
}

/** A checkbox with the consent text. */
export function TickBox({
  name,
  wording,
  aside,
  error,
}: {
  name: FieldName
  wording: string
  aside: string | false | undefined
  error: string | undefined
}) {
  return (
    <div className="field">
      <label className="check" part="label">
        <input type="checkbox" id={name} name={name} value="yes" {...describe(name, false, error, aside)} />
        <span>
          {wording}
          {aside && ` (${aside})`}
        </span>
      </label>
      <Below name={name} hint={false} error={error} />
    </div>
  )
}

type Below = { name: string; hint: string | false | undefined; error: string | undefined }

const describe = (name: string, hint: Below['hint'], error: string | undefined, aside?: string | false) => ({
  'aria-required': !aside && aside !== '',
  'aria-invalid': error ? true : undefined,
  'aria-describedby': error || hint ? `${name}-below` : undefined,
})

const Below = ({ name, hint, error }: Below) => (
  <span
    id={`${name}-below`}
    className={error ? 'error' : 'hint'}
    part={error ? 'error' : 'hint'}
    hidden={!error && !hint}
  >
    {error && <Icon name="warning" />}
    <span>{error || hint}</span>
  </span>
)
