/** The parts of JSON Schema that zod generates and we use. */
export type Schema = {
  $ref?: string
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  enum?: unknown[]
  const?: unknown
  default?: unknown
  description?: string
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  additionalProperties?: Schema | boolean
}

export type FieldRow = { name: string; type: string; notes: string; required: boolean }
type Schemas = Record<string, Schema>

const deepest = 4

const resolved = (schema: Schema, schemas: Schemas): Schema => {
  const name = schema.$ref?.split('/').at(-1)
  return name === undefined
    ? schema
    : { ...schemas[name], ...(schema.description ? { description: schema.description } : {}) }
}

const choicesOf = (schema: Schema): Schema[] => schema.anyOf ?? schema.oneOf ?? []
const isNull = (schema: Schema): boolean => schema.type === 'null'

/** The fields of a schema; nested ones are named like "rewards[].amount". */
export function fieldsOf(given: Schema, schemas: Schemas, prefix = '', depth = 0): FieldRow[] {
  const schema = resolved(given, schemas)
  const required = new Set(schema.required ?? [])
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    const name = prefix === '' ? key : `${prefix}.${key}`
    const row = {
      name,
      type: typeOf(property, schemas),
      notes: notesOf(property, schemas),
      required: required.has(key),
    }
    return [row, ...(depth < deepest ? below(property, schemas, name, depth + 1) : [])]
  })
}

function below(given: Schema, schemas: Schemas, name: string, depth: number): FieldRow[] {
  const schema = resolved(given, schemas)
  if (schema.items) return below(schema.items, schemas, `${name}[]`, depth)
  if (schema.properties) return fieldsOf(schema, schemas, name, depth)
  const seen = new Set<string>()
  return choicesOf(schema)
    .flatMap((choice) => below(choice, schemas, name, depth))
    .filter((row) => !seen.has(row.name) && seen.add(row.name))
}

function typeOf(given: Schema, schemas: Schemas): string {
  const schema = resolved(given, schemas)
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => String(value)).join(' | ')
  const choices = choicesOf(schema)
  if (choices.length > 0) return [...new Set(choices.map((choice) => typeOf(choice, schemas)))].join(' | ')
  if (schema.items) return `list of ${typeOf(schema.items, schemas)}`
  const types = [schema.type ?? 'any'].flat()
  return types
    .map((type) => (type === 'string' && schema.format ? (formats[schema.format] ?? schema.format) : type))
    .join(' | ')
}

const formats: Record<string, string> = { 'date-time': 'moment', date: 'day', email: 'email', uri: 'address' }

function notesOf(given: Schema, schemas: Schemas): string {
  const schema = resolved(given, schemas)
  const idPrefix = schema.pattern?.match(/^\^([a-z]{3})_/)?.[1]
  const notes = [
    schema.description,
    idPrefix ? `${idPrefix}_…` : undefined,
    schema.minimum !== undefined && schema.minimum > Number.MIN_SAFE_INTEGER ? `at least ${schema.minimum}` : undefined,
    schema.maximum !== undefined && schema.maximum < Number.MAX_SAFE_INTEGER ? `at most ${schema.maximum}` : undefined,
    schema.maxLength !== undefined ? `up to ${schema.maxLength} characters` : undefined,
    schema.default !== undefined ? `${JSON.stringify(schema.default)} when left out` : undefined,
  ]
  return notes.filter((note) => note !== undefined).join('; ')
}

/** An example body with all required fields and simple values. */
export function exampleOf(given: Schema, schemas: Schemas): unknown {
  const schema = resolved(given, schemas)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const choice = choicesOf(schema).find((one) => !isNull(resolved(one, schemas)))
  if (choice) return exampleOf(choice, schemas)
  if (schema.properties) {
    const required = new Set(schema.required ?? [])
    const needed = Object.entries(schema.properties).filter(([name]) => required.has(name))
    return Object.fromEntries(needed.map(([name, property]) => [name, exampleOf(property, schemas)]))
  }
  if (schema.items) return [exampleOf(schema.items, schemas)]
  return plainValue(schema)
}

function plainValue(schema: Schema): unknown {
  const [type] = [schema.type ?? 'string'].flat()
  if (type === 'integer' || type === 'number') return Math.max(schema.minimum ?? 1, 1)
  if (type === 'boolean') return true
  if (schema.format === 'date-time') return '2026-06-01T16:00:00.000Z'
  if (schema.format === 'date') return '2026-06-01'
  if (schema.format === 'email') return 'priya@mail.example'
  if (schema.format === 'uri') return 'https://www.example.com'
  return schema.pattern?.match(/^\^([a-z]{3})_/) ? `${schema.pattern.slice(1, 5)}…` : '…'
}
