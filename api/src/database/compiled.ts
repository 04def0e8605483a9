import { Column, DrizzleQueryError, getTableName, is, Param, Placeholder, SQL, Subquery } from 'drizzle-orm'
import type { Rows } from './driver.ts'

type Values = Record<string, unknown>
type Field = { path: string[]; field: unknown }
type ReadRow = (row: unknown[]) => unknown
type Decoder = { mapFromDriverValue(value: unknown): unknown }

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

function bindingOf(params: unknown[]) {
  const binders = params.map(binder)
  return (values: Values): unknown[] => {
    const bound: unknown[] = []
    for (const one of binders) bound.push(one(values))
    return bound
  }
}

const failureOf = (sql: string, bound: unknown[], error: unknown) =>
  new DrizzleQueryError(sql, bound, error instanceof Error ? error : undefined)

function binder(param: unknown): (values: Values) => unknown {
  if (is(param, Placeholder)) return valueNamed(param.name)
  if (is(param, Param) && is(param.value, Placeholder)) {
    const { encoder } = param
    const value = valueNamed(param.value.name)
    return encoder.mapToDriverValue === Column.prototype.mapToDriverValue
      ? value
      : (values) => encoder.mapToDriverValue(value(values))
  }
  return () => param
}

const valueNamed = (name: string) => (values: Values) => {
  const value = values[name]
  if (value === undefined && !(name in values)) throw new Error(`No value for placeholder "${name}" was provided`)
  return value
}

type Cell = { group: string | null; name: string; decoder: Decoder | null; table: string | null }

/** Creates an object of a row: flat, or with one object for each table that was joined. */
function rowReader(fields: Field[], notNullable: Record<string, boolean> | undefined): ReadRow | null {
  if (fields.some(({ path }) => path.length > 2)) return null
  const cells = fields.map(cellOf)
  const joined = cells.some(({ group }) => group !== null)
  const value = ({ decoder }: Cell, stored: unknown) =>
    stored === null || decoder === null ? stored : decoder.mapFromDriverValue(stored)
  if (!joined)
    return (row: unknown[]) => {
      const result: Values = {}
      for (const [index, cell] of cells.entries()) result[cell.name] = value(cell, row[index])
      return result
    }
  const optional = optionalGroups(cells, notNullable)
  return (row: unknown[]) => {
    const result: Record<string, unknown> = {}
    for (const [index, cell] of cells.entries()) {
      const read = value(cell, row[index])
      if (cell.group === null) {
        result[cell.name] = read
        continue
      }
      const group = (result[cell.group] as Values | undefined) ?? {}
      group[cell.name] = read
      result[cell.group] = group
    }
    for (const { group, first } of optional) if (row[first] === null) result[group] = null
    return result
  }
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
