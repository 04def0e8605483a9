import type {
  EventData,
  EventType,
  IdKind,
  Language,
  MergePreview,
  PortalExport,
  Role,
  Scope,
} from '@goodword/contracts'
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
  /** Every module, the lowest floor first: what a lower one needs of a higher one comes to it through this list. */
  modules: readonly ModulePart[]
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

/** Two contacts that become one: `from` goes, `into` stays. */
export type Merge = {
  from: { id: string; name: string }
  into: { id: string; name: string }
  /** Addresses a stranger typed that staff say are theirs. */
  confirm: string[]
}

/** A contact whose data goes. */
export type Erasure = {
  contactId: string
  /** Ids of rows that tell about them; each module adds its own for those below it. Nothing is ever found by its text. */
  subjectIds: string[]
}

/**
 * What a module keeps about contacts. Merging, erasing and exporting a person walk the modules from the top floor down, so
 * that a module finds what those below it hold as it was.
 */
export type ContactPart = {
  /** Tables with a column that names a contact, whatever it is called. A test holds the list against the schema. */
  tables: string[]
  /** Why the two can't become one and what to do first; null when nothing stands in the way. */
  mergeConflict?: (ctx: Ctx, merge: Merge) => Promise<string | null>
  /** What merging would move, for staff to look at first. */
  previewMerge?: (ctx: Ctx, merge: Merge) => Promise<Partial<MergePreview>>
  move?: (tx: Ctx, merge: Merge) => Promise<void>
  /** Takes out everything that says who they were and leaves every sum as it is. */
  erase?: (tx: Ctx, erasure: Erasure) => Promise<void>
  export?: (ctx: Ctx, contactId: string) => Promise<Partial<PortalExport>>
}

/** Whom a message is for, as far as the link in it needs to know. */
export type LinkSubject = {
  organizationId: string | null
  personId: string | null
  memberId: string | null
  contactId: string | null
  addressId: string | null
  referralId: string | null
  channel: 'email' | 'sms'
  to: string
  language: Language | null
}

/** What a contact wants to hear, and the language they read. */
export type Recipient = { notify: 'all' | 'rewards' | 'none'; language: string }

/** The campaign a reward was earned in, and the friends whose job it was. */
export type RewardOrigin = { campaignName: string; friendContactIds: string[] }

/** What a module writes to the audit trail, as the console says it. */
export type AuditWords<Action extends string = string> = {
  /** The kinds of entries staff can filter by, each the part of an action before its dot: { referral: 'Referrals' }. */
  groups?: Record<string, string>
  /**
   * Every action: 'Website added'. `onSubject` is what the page of its subject says: on a referral alone ("Accepted"), on a
   * contact after the name of who did it ("changed the details").
   */
  actions: Record<Action, string | { label: string; onSubject: string }>
}

/** What a module does for those below it. The rest of its description, such as routes, is in module.ts. */
export type ModulePart = {
  name: string
  auditWords?: AuditWords
  contact?: ContactPart
  /** Whether something here still depends on what a lower floor is asked to change. */
  uses?: {
    campaign?: (ctx: Ctx, campaignId: string) => Promise<boolean>
    currency?: (ctx: Ctx) => Promise<boolean>
  }
  /** The preferences of contacts, by id, as they are at this moment. */
  recipients?: (db: Queries, contactIds: string[]) => Promise<Map<string, Recipient>>
  /** What a reward was earned by; null for a conversion of another organization. */
  rewardOrigin?: (ctx: Ctx, conversionId: string) => Promise<RewardOrigin | null>
  /** Links of messages by kind, each whole and with a token made this moment. */
  links?: Record<string, (services: Services, subject: LinkSubject) => Promise<string>>
  /** Called within the transaction that records the event. */
  on?: { [T in EventType]?: (tx: Ctx, data: EventData<T>) => Promise<void> }
  /** The same for every event. */
  onEvery?: <T extends EventType>(tx: Ctx, type: T, data: EventData<T>) => Promise<void>
}
