import { endpoints } from '@goodword/contracts'
import type * as z from 'zod'

/** A field of a query or a body at any depth: "campaigns.create body.terms.holdDays". */
export type Field = { at: string; name: string; schema: z.ZodType }

type Def = {
  type: string
  shape?: Record<string, z.ZodType>
  innerType?: z.ZodType
  element?: z.ZodType
  in?: z.ZodType
  options?: z.ZodType[]
}

/** Every field that callers can fill in, read from all endpoints, so that none is left out. */
export function inputFields(): Field[] {
  return Object.entries(endpoints).flatMap(([group, verbs]) =>
    Object.entries(verbs).flatMap(([verb, { query, body }]: [string, { query?: unknown; body?: unknown }]) =>
      [query, body].flatMap((schema, index) =>
        schema ? fieldsOf(schema as z.ZodType, `${group}.${verb} ${index === 0 ? 'query' : 'body'}`) : [],
      ),
    ),
  )
}

function fieldsOf(schema: z.ZodType, at: string): Field[] {
  const def = schema.def as unknown as Def
  if (def.shape) {
    return Object.entries(def.shape).flatMap(([name, field]) => [
      { at: `${at}.${name}`, name, schema: field },
      ...fieldsOf(field, `${at}.${name}`),
    ])
  }
  const inner = def.innerType ?? def.element ?? def.in
  if (inner) return fieldsOf(inner, at)
  return (def.options ?? []).filter((one) => typeof one === 'object').flatMap((one) => fieldsOf(one, at))
}

/** The schema inside optional, nullable, default and pipe. */
export function bareOf(schema: z.ZodType): z.ZodType {
  const def = schema.def as unknown as Def
  const inner = def.innerType ?? def.in
  return inner ? bareOf(inner) : schema
}
