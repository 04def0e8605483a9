import type { IdKind, Role, Scope } from '@goodword/contracts'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Database } from '../database/database.ts'
import type { Queries } from '../database/queries.ts'
import type { Signer } from './signer.ts'

/** Who does something. Kept in timelines and the audit trail as `actorKey`. */
export type Actor =
  | { type: 'member'; id: string; personId: string; role: Role; sessionId?: string }
  | { type: 'key'; id: string; scopes: Scope[] }
  | { type: 'friend'; test?: true }
  | { type: 'contact'; id: string; scope: 'view' | 'full'; sessionId: string }
  /** What time or nobody in particular drives; `operator` is whoever runs the server, at its command line. */
  | { type: 'system'; by?: 'operator' }

/** What every part of the server shares; made once at start. */
export type Services = {
  config: Config
  database: Database
  clock: () => number
  newId: (kind: IdKind) => string
  /** Signs tokens that leave the server, and keys hashes of what must not be guessed. */
  signer: Signer
  log: Logger
}

/** One piece of work for one organization. `db` reads what is committed, or the running transaction. */
export type Ctx = Services & {
  organizationId: string
  actor: Actor
  db: Queries
  inTransaction: boolean
}

export const contextFor = (services: Services, organizationId: string, actor: Actor): Ctx => ({
  ...services,
  organizationId,
  actor,
  db: services.database.read,
  inTransaction: false,
})

/** Runs `work` in one write transaction, or in the one already running. Await nothing but the database inside. */
export function transaction<T>(ctx: Ctx, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  if (ctx.inTransaction) return work(ctx)
  return ctx.database.write((tx) => work({ ...ctx, db: tx, inTransaction: true }))
}

/** "member:mem_…", "key:key_…", "contact:con_…", "friend", "system" or "system:operator". */
export function actorKey(actor: Actor): string {
  if ('id' in actor) return `${actor.type}:${actor.id}`
  return actor.type === 'system' && actor.by ? `system:${actor.by}` : actor.type
}

/** The id in an actor key: the member, key or contact; null for whoever has none, such as "friend" or "system:operator". */
export const actorIdOf = (key: string): string | null => /^(?:member|key|contact):(.+)$/.exec(key)?.[1] ?? null
