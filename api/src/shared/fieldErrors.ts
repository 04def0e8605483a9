import type { FieldError } from '@goodword/contracts'
import type * as z from 'zod'

const kinds = new Map<string, string>([
  ['string', 'as text'],
  ['number', 'as a number'],
  ['int', 'as a whole number'],
  ['boolean', 'as true or false'],
  ['array', 'as a list'],
  ['tuple', 'as a list'],
  ['object', 'as an object'],
  ['record', 'as an object'],
  ['null', 'as null'],
  ['datetime', 'as a moment such as 2026-11-30T17:42:00Z'],
  ['date', 'as a day such as 2026-11-30'],
])

const chosen = (values: readonly unknown[]) => (values.length === 1 ? `${values[0]}` : `one of: ${values.join(', ')}`)
const quoted = (keys: readonly string[]) => keys.map((key) => `"${key}"`).join(', ')

/** What to send instead, where a schema has no words of its own. It names the field, as it stands beside others. */
const cureOf: z.core.$ZodErrorMap = (issue) => {
  const field = issue.path?.join('.') || 'the body'
  const start = `${issue.input === undefined ? 'Add' : 'Send'} ${field}`
  switch (issue.code) {
    case 'invalid_type': {
      const kind = kinds.get(issue.expected)
      return kind ? `${start} ${kind}.` : `${start}.`
    }
    case 'invalid_value':
      return `${start} as ${chosen(issue.values)}.`
    case 'invalid_format':
      return `${start} ${kinds.get(issue.format) ?? 'in the format that the API reference shows'}.`
    case 'unrecognized_keys': {
      const where = issue.path?.length ? ` in ${field}` : ''
      return `Leave out ${quoted(issue.keys)}${where}, or check the spelling: there is no such field.`
    }
    case 'invalid_union':
      return `${start} in one of the forms that the API reference shows.`
    case 'too_big':
      return `Send less for ${field}: ${issue.maximum} at most.`
    case 'too_small':
      return `Send more for ${field}: ${issue.minimum} at least.`
    default:
      return `Check ${field}: its value is not valid.`
  }
}

/** Reads a value by a schema; else each field that is wrong, with a sentence about what to send instead. */
export function readBy<T extends z.ZodType>(
  schema: T,
  value: unknown,
): { data: z.output<T> } | { errors: FieldError[]; cause: z.ZodError } {
  const result = schema.safeParse(value, { error: cureOf })
  if (result.success) return { data: result.data }
  const errors = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  return { errors, cause: result.error }
}
