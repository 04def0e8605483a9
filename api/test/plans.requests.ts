import { type Endpoint, endpoints } from '@goodword/contracts'
import type * as z from 'zod'
import { bareOf } from './fields.ts'

/** Something to ask of the server. `name` is the endpoint: "referrals.list". `paged`: it takes a cursor. */
export type Asked = { name: string; path: string; by: Endpoint['access']['by']; paged: boolean }

/** Values that a caller could send: for ids and words of closed sets by their form, for free text by the field's name. */
export type Values = { candidates: string[]; named: Record<string, string[]> }

const allGets = (): [string, Endpoint][] =>
  Object.entries(endpoints).flatMap(([group, verbs]) =>
    Object.entries(verbs).flatMap(([verb, endpoint]: [string, Endpoint]): [string, Endpoint][] =>
      endpoint.method === 'GET' ? [[`${group}.${verb}`, endpoint]] : [],
    ),
  )

/**
 * Every endpoint that reads: as it is, with each value of each filter and sort, and with each two of them together.
 * They come from the table of endpoints, so a new endpoint or filter is asked too.
 */
export const readRequests = (values: Values): Asked[] =>
  allGets().flatMap(([name, endpoint]) =>
    pathsOf(name, endpoint, values).flatMap((path) =>
      queriesOf(name, endpoint, values).map((query) => ({
        name,
        path: query === '' ? path : `${path}?${query}`,
        by: endpoint.access.by,
        paged: endpoint.query !== undefined && 'cursor' in shapeOf(endpoint.query),
      })),
    ),
  )

function pathsOf(name: string, { path, params }: Endpoint, { candidates }: Values): string[] {
  if (!params) return [path]
  const schema = shapeOf(params).id
  const ids = candidates.filter((one) => schema?.safeParse(one).success)
  if (ids.length === 0) throw new Error(`${name} needs an id that the plan test doesn't have.`)
  return ids.map((id) => path.replace(':id', id))
}

type Choice = { field: string; value: string }

function queriesOf(name: string, { query, access, media }: Endpoint, values: Values): string[] {
  if (!query) return ['']
  const fields = Object.entries(shapeOf(query))
  const always: Choice[] = [
    ...('limit' in shapeOf(query) ? [{ field: 'limit', value: '2' }] : []),
    ...(access.by === 'publishable' ? chosen('key', values) : []),
    ...fields
      .filter(([field, schema]) => needed(schema) && field !== 'key')
      .flatMap(([field]) => chosen(field, values)),
  ]
  const given = new Set(['limit', 'cursor', 'ids', ...always.map(({ field }) => field)])
  const choices = fields
    .filter(([field]) => !given.has(field))
    .map(([field, schema]) => valuesOf(`${name} ${field}`, field, schema, values).map((value) => ({ field, value })))
  const single = choices.flat().map((one) => [one])
  const pairs = choices.flatMap((ours, index) =>
    choices.slice(index + 1).flatMap((others) => ours.flatMap((one) => others.map((other) => [one, other]))),
  )
  // An export is the list of its endpoint without pages.
  return [[], ...single, ...(media === null ? pairs : [])].map((some) =>
    new URLSearchParams([...always, ...some].map(({ field, value }) => [field, value])).toString(),
  )
}

const chosen = (field: string, { named }: Values): Choice[] =>
  (named[field] ?? []).slice(0, 1).map((value) => ({ field, value }))

const needed = (schema: z.ZodType) => !schema.safeParse(undefined).success

function valuesOf(at: string, field: string, schema: z.ZodType, { candidates, named }: Values): string[] {
  const mine = named[field]
  if (mine) return mine
  const bare = bareOf(schema) as z.ZodType & { options?: unknown[] }
  const options = bare.options?.filter((one) => typeof one === 'string')
  if (options && options.length > 0) return options
  const fits = candidates.filter((one) => schema.safeParse(one).success)
  if (fits.length === 0 || fits.length > 3) throw new Error(`${at} needs values: name them in the plan test.`)
  return fits
}

function shapeOf(schema: z.ZodType): Record<string, z.ZodType> {
  const { shape } = bareOf(schema) as z.ZodType & { shape?: Record<string, z.ZodType> }
  return shape ?? {}
}
