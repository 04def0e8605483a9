import type * as z from 'zod'
import type { Scope } from './keys.ts'
import { scopes } from './scopes.ts'

/** Who may call: staff by session or secret key, the portal's session, a page with a publishable key, or anyone. */
export type Access =
  | { by: 'staff'; scope: Scope | null; everyScope?: true }
  | { by: 'portal'; scope: 'view' | 'full' }
  | { by: 'publishable' }
  | { by: 'anyone' }

/** One API endpoint: the single source for the server's route, the client's method and the API reference. */
export type Endpoint<
  Params extends z.ZodType | undefined = z.ZodType | undefined,
  Query extends z.ZodType | undefined = z.ZodType | undefined,
  Body extends z.ZodType | undefined = z.ZodType | undefined,
  Response extends z.ZodType | undefined = z.ZodType | undefined,
  By extends Access = Access,
> = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Hono syntax: /v1/referrals/:id */
  path: string
  summary: string
  access: By
  params: Params
  query: Query
  body: Body
  response: Response
  status: 200 | 201 | 202 | 204
  /** The media type of a response that is not JSON. It is sent as a download. */
  media: 'text/csv' | 'application/gzip' | null
}

type Given<T> = T extends z.ZodType ? T : undefined

export function endpoint<
  const P extends z.ZodType | undefined = undefined,
  const Q extends z.ZodType | undefined = undefined,
  const B extends z.ZodType | undefined = undefined,
  const R extends z.ZodType | undefined = undefined,
  const A extends Access = Access,
>(given: {
  method: Endpoint['method']
  path: string
  summary: string
  access: A
  params?: P
  query?: Q
  body?: B
  response?: R
  status?: Endpoint['status']
  media?: Exclude<Endpoint['media'], null>
}): Endpoint<Given<P>, Given<Q>, Given<B>, Given<R>, A> {
  return {
    method: given.method,
    path: given.path,
    summary: given.summary,
    access: given.access,
    params: given.params as Given<P>,
    query: given.query as Given<Q>,
    body: given.body as Given<B>,
    response: given.response as Given<R>,
    status: given.status ?? (given.response ? 200 : 204),
    media: given.media ?? null,
  }
}

type In<T> = T extends z.ZodType ? z.input<T> : unknown
type Out<T> = T extends z.ZodType ? z.output<T> : undefined

/** A caller's input: path parameters, query and body, before defaults are applied. */
export type CallInput<E extends Endpoint> = (E['params'] extends z.ZodType ? { params: In<E['params']> } : unknown) &
  (E['query'] extends z.ZodType ? { query?: In<E['query']> } : unknown) &
  (E['body'] extends z.ZodType ? { body: In<E['body']> } : unknown)

/** A handler's input: the same, parsed. */
export type Parsed<E extends Endpoint> = {
  params: Out<E['params']>
  query: Out<E['query']>
  body: Out<E['body']>
}

/** The response type: what a handler returns and a client receives. */
export type Answer<E extends Endpoint> = E['response'] extends z.ZodType ? z.output<E['response']> : undefined

/** The scope a secret key needs; null for any key. */
export const staff = (scope: Scope | null) => ({ by: 'staff', scope }) as const

/**
 * Like `staff`, for endpoints that reach beyond their scope: managing who may sign in, exporting everything,
 * sending data to other systems, importing people and money. A key needs every scope; members need what they
 * always need.
 */
export const staffOrFullKey = (scope: Scope) => ({ by: 'staff', scope, everyScope: true }) as const

/** The scopes a key must hold to call a staff endpoint. */
export const neededScopes = ({ scope, everyScope }: Extract<Access, { by: 'staff' }>): readonly Scope[] =>
  everyScope ? scopes : scope === null ? [] : [scope]
