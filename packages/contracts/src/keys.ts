import * as z from 'zod'
import { id, Moment, Name } from './primitives.ts'
import { scopes } from './scopes.ts'

export const Scope = z.enum(scopes)
export type Scope = z.infer<typeof Scope>

export const ApiKey = z.strictObject({
  id: id('key'),
  /** An identity key signs who is signed in on the business's own website. */
  kind: z.enum(['publishable', 'secret', 'identity']),
  /** With a test key the form validates everything and saves nothing. */
  mode: z.enum(['live', 'test']),
  name: z.string(),
  /** The whole key when publishable; its first and last characters otherwise. */
  display: z.string(),
  scopes: z.array(Scope),
  createdAt: Moment,
  lastUsedAt: Moment.nullable(),
  revokedAt: Moment.nullable(),
  /** A rotated key works until this time. */
  expiresAt: Moment.nullable(),
  replacedBy: id('key').nullable(),
})
export type ApiKey = z.infer<typeof ApiKey>

export const CreateKey = z.strictObject({
  kind: z.enum(['publishable', 'secret', 'identity']),
  /** `test` applies to publishable keys. */
  mode: z.enum(['live', 'test']).optional(),
  name: Name,
  /** What a secret key may do; the other kinds have none. */
  scopes: z
    .array(Scope)
    .max(scopes.length)
    .default([...scopes]),
})
export type CreateKey = z.infer<typeof CreateKey>
/** `key` is shown once and stored only as a hash. */
export const CreatedKey = ApiKey.extend({ key: z.string() })
export type CreatedKey = z.infer<typeof CreatedKey>
