import type Libsql from 'libsql'
import { bounded, boundedBy } from './plans.allowed.ts'

type Step = { id: number; parent: number; detail: string }

/** Reads query plans and says what in them would take longer as the business grows. */
export function planReader(database: InstanceType<typeof Libsql>) {
  return (sql: string, params: unknown[]): string[] => {
    const rows = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).raw().all(params)
    const steps = (rows as [number, number, number, string][]).map(([id, parent, , detail]) => ({ id, parent, detail }))
    const tables = tablesOf(sql)
    const loops = (of: number) => steps.flatMap((step) => (step.parent === of ? loopOf(step, tables) : []))
    return [...new Set(steps.flatMap((step) => offenceOf(step, tables, loops(step.parent), /\blimit\b/i.test(sql))))]
  }
}

type Loop = { table: string | null; scan: boolean; columns: string[]; equal: string[] }

/** One table that the plan walks; `columns` are what its index is asked by. Null for anything but a real table. */
function loopOf({ detail }: Step, tables: Map<string, string>): Loop[] {
  const [, verb, name = '', rest = ''] = /^(SCAN|SEARCH) (\S+)(.*)$/.exec(detail) ?? []
  if (verb === undefined) return []
  const asked = [...(/\(([^()]*)\)/.exec(rest)?.[1] ?? '').matchAll(/(\w+)([=<>])/g)]
  return [
    {
      table: tables.get(name) ?? null,
      scan: verb === 'SCAN',
      columns: asked.map(([, column = '']) => column),
      equal: asked.flatMap(([, column = '', operator]) => (operator === '=' ? [column] : [])),
    },
  ]
}

const isFew = ({ table, equal }: Loop) =>
  table === null || bounded.has(table) || equal.some((column) => boundedBy.has(column))

function offenceOf(step: Step, tables: Map<string, string>, beside: Loop[], limited: boolean): string[] {
  const sorted = /^USE TEMP B-TREE FOR (.*)$/.exec(step.detail)
  if (sorted) return beside.every(isFew) ? [] : [`sorts ${beside.find((loop) => !isFew(loop))?.table} (${sorted[1]})`]
  return loopOf(step, tables).flatMap((loop) => {
    if (isFew(loop)) return []
    if (loop.scan) return [`scans ${loop.table}`]
    return limited ? [] : [`reads all of ${loop.table} (${loop.columns.join(', ')})`]
  })
}

/** The tables of a statement under their names and aliases. */
function tablesOf(sql: string): Map<string, string> {
  const plain = sql.replaceAll(/["`]/g, '')
  const views = new Set(
    [...plain.matchAll(/(\w+)(?:\([\w, ]*\))? as (?:materialized |not materialized )?\(/gi)].map(([, name]) => name),
  )
  const tables = new Map<string, string>()
  for (const [, table = '', alias] of plain.matchAll(
    /\b(?:from|join|update|into)\s+(\w+)(?:\s+(?:as\s+)?(?!(?:where|on|left|inner|join|cross|order|group|limit|set|indexed|union|not|values)\b)(\w+))?/gi,
  )) {
    if (views.has(table) || table.startsWith('json_') || table.startsWith('pragma_') || table === 'select') continue
    tables.set(table, table)
    if (alias) tables.set(alias, table)
  }
  return tables
}
