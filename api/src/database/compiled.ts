import { Column, DrizzleQueryError, getTableName, is, Param, Placeholder, SQL, Subquery } from 'drizzle-orm'
import type { Rows } from './driver.ts'

type Values = Record<string, unknown>
type Field = { path: string[]; field: unknown }
type ReadRow = (row: unknown[]) => unknown
type Decoder = { mapFromDriverValue(value: unknown): unknown }
type Encoder = { mapToDriverValue(value: unknown): unknown }

/** The parts of drizzle's prepared query that running it needs. */
type Built = {
  getQuery(): { sql: string; params: unknown[] }
  fields?: Field[] | undefined
  joinsNotNullableMap?: Record<string, boolean> | undefined
  customResultMapper?: unknown
}

export type Execute = (sql: string, params: unknown[], first?: boolean) => Promise<Rows>

export type Compiled = {
  get(values?: Values): Promise<unknown>
  all(values?: Values): Promise<unknown[]>
  run(values?: Values): Promise<void>
}

/**
 * The same query with everything decided beforehand that drizzle decides anew for each row and value: how a value is
 * bound, and how a column is read. Drizzle needs more time for that than SQLite for a short statement. Null for a query
 * whose rows are read in a way of their own.
 */
export function compile(built: Built, execute: Execute): Compiled | null {
  const read = readerOf(built)
  if (!read) return null
  const { sql, params } = built.getQuery()
  const bind = bindingOf(params)
  // Each method awaits the statement itself: a request runs dozens, and every promise in between costs time.
  return {
    async get(values = {}) {
      const bound = bind(values)
      try {
        const [row] = await execute(sql, bound, true)
        return row === undefined ? undefined : read(row)
      } catch (error) {
        throw failureOf(sql, bound, error)
      }
    },
    async all(values = {}) {
      const bound = bind(values)
      try {
        return (await execute(sql, bound, false)).map(read)
      } catch (error) {
        throw failureOf(sql, bound, error)
      }
    },
    async run(values = {}) {
      const bound = bind(values)
      try {
        await execute(sql, bound, false)
      } catch (error) {
        throw failureOf(sql, bound, error)
      }
    },
  }
}

/**
 * The same for a select whose rows are all read: they come as one JSON value, because passing a page of rows on from the
 * database value by value takes longer than finding them. A computed column must not be JSON itself, and none may hold
 * bytes.
 */
export function compilePacked(built: Built, execute: Execute): Pick<Compiled, 'all'> | null {
  const read = readerOf(built)
  const { fields } = built
  if (!read || !fields) return null
  const { sql, params } = built.getQuery()
  // Joined tables may have columns of the same name.
  const names = fields.map((_, at) => `c${at}`).join(', ')
  const packed = `select json_group_array(json_array(${names})) from (with page(${names}) as (${sql}) select * from page)`
  const bind = bindingOf(params)
  return {
    async all(values = {}) {
      const bound = bind(values)
      try {
        const [row] = await execute(packed, bound, true)
        return (JSON.parse(String(row?.[0] ?? '[]')) as unknown[][]).map(read)
      } catch (error) {
        throw failureOf(packed, bound, error)
      }
    },
  }
}

function readerOf({ customResultMapper, fields, joinsNotNullableMap }: Built): ReadRow | null {
  if (customResultMapper) return null
  return fields ? rowReader(fields, joinsNotNullableMap) : (row) => row
}

/**
 * Creates the array of bound values as one literal, made for the query like the objects of `rowReader`: a function per
 * value that looks up its name takes longer than SQLite to insert a short row.
 */
function bindingOf(params: unknown[]) {
  const encoders: (Encoder | null)[] = []
  const items = params.map((param, at) => {
    const { name, encoder } = placeholderOf(param)
    encoders.push(encoder)
    if (name === undefined) return `constants[${at}]`
    const value = `values[${JSON.stringify(name)}]`
    // An encoder of JSON would make the text "null" of it, and one of booleans a 0.
    return encoder ? `${value} == null ? ${value} : encoders[${at}].mapToDriverValue(${value})` : value
  })
  const names = params.map((param) => placeholderOf(param).name)
  const bind = generated<(values: Values) => unknown[]>(`[${items.join(', ')}]`, 'values', {
    constants: params,
    encoders,
  })
  return (values: Values): unknown[] => {
    const bound = bind(values)
    for (let at = 0; at < bound.length; at += 1) {
      const name = bound[at] === undefined && names[at]
      if (typeof name === 'string') given(values, name)
    }
    return bound
  }
}

/** The value of a placeholder, which may be undefined but not missing. */
function given(values: Values, name: string): unknown {
  if (!(name in values)) throw new Error(`No value for placeholder "${name}" was provided`)
  return values[name]
}

function placeholderOf(param: unknown): { name: string | undefined; encoder: Encoder | null } {
  if (is(param, Placeholder)) return { name: param.name, encoder: null }
  if (!is(param, Param) || !is(param.value, Placeholder)) return { name: undefined, encoder: null }
  const { encoder } = param
  const plain = encoder.mapToDriverValue === Column.prototype.mapToDriverValue
  return { name: param.value.name, encoder: plain ? null : encoder }
}

/** A function of one argument that returns `expression`, which may use what is in `scope`. All names come from our code. */
const generated = <T>(expression: string, argument: string, scope: Record<string, unknown>): T =>
  new Function(...Object.keys(scope), `return (${argument}) => (${expression})`)(...Object.values(scope))

const failureOf = (sql: string, bound: unknown[], error: unknown) =>
  new DrizzleQueryError(sql, bound, error instanceof Error ? error : undefined)

type Cell = { group: string | null; name: string; decoder: Decoder | null; table: string | null }

/**
 * Creates an object of a row: flat, or with one object for each table that was joined. The code is generated, because a
 * literal with all its properties is made fifty times faster than an object that gets them one by one.
 */
function rowReader(fields: Field[], notNullable: Record<string, boolean> | undefined): ReadRow | null {
  if (fields.some(({ path }) => path.length > 2)) return null
  const cells = fields.map(cellOf)
  const property = ({ name, decoder }: Cell, at: number) => {
    const read = decoder ? `row[${at}] === null ? null : decoders[${at}].mapFromDriverValue(row[${at}])` : `row[${at}]`
    return `${JSON.stringify(name)}: ${read}`
  }
  const optional = new Map(optionalGroups(cells, notNullable).map(({ group, first }) => [group, first]))
  const objects = new Map<string, string[]>()
  for (const [at, cell] of cells.entries()) {
    const key = cell.group ?? property(cell, at)
    const inside = objects.get(key) ?? []
    objects.set(key, cell.group === null ? inside : [...inside, property(cell, at)])
  }
  const properties = [...objects].map(([key, inside]) => {
    if (inside.length === 0) return key
    const object = `{ ${inside.join(', ')} }`
    const first = optional.get(key)
    return `${JSON.stringify(key)}: ${first === undefined ? object : `row[${first}] === null ? null : ${object}`}`
  })
  const decoders = cells.map(({ decoder }) => decoder)
  return generated<ReadRow>(`{ ${properties.join(', ')} }`, 'row', { decoders })
}

function cellOf({ path, field }: Field): Cell {
  const [first = '', second] = path
  const decoder = decoderOf(field)
  return {
    group: second === undefined ? null : first,
    name: second ?? first,
    decoder: decoder.mapFromDriverValue === Column.prototype.mapFromDriverValue ? null : decoder,
    table: is(field, Column) ? getTableName(field.table) : null,
  }
}

function decoderOf(field: unknown): Decoder {
  if (is(field, Column)) return field
  const inner = is(field, SQL) ? field : is(field, Subquery) ? field._.sql : (field as { sql: SQL }).sql
  return (inner as unknown as { decoder: Decoder }).decoder
}

/** The tables of a left join that may have no row: then their first column is null. */
function optionalGroups(
  cells: Cell[],
  notNullable: Record<string, boolean> | undefined,
): { group: string; first: number }[] {
  if (!notNullable) return []
  const groups = [...new Set(cells.flatMap(({ group }) => group ?? []))]
  return groups.flatMap((group) => {
    const tables = new Set(cells.filter((cell) => cell.group === group).flatMap(({ table }) => table ?? []))
    const [table] = tables
    if (tables.size !== 1 || table === undefined || notNullable[table]) return []
    return [{ group, first: cells.findIndex((cell) => cell.group === group && cell.table !== null) }]
  })
}
