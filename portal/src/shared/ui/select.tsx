import { Field, type FieldProps } from './field.tsx'
import { Icon } from './icon.tsx'

export type Option<T extends string> = { value: T; label: string }

/** A select for more than three choices; for two or three use Segmented. */
export function Select<T extends string>({
  value,
  options,
  onChange,
  ...field
}: FieldProps & { value: T; options: readonly Option<T>[]; onChange: (value: T) => void }) {
  return (
    <Field {...field}>
      {(control) => (
        <span class="select block">
          <select
            {...control}
            class="input"
            value={value}
            onChange={(event) => {
              const chosen = options.find((option) => option.value === event.currentTarget.value)
              if (chosen) onChange(chosen.value)
            }}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value} selected={option.value === value}>
                {option.label}
              </option>
            ))}
          </select>
          <Icon name="chevron-down" />
        </span>
      )}
    </Field>
  )
}
