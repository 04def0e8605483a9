import type {
  EventData,
  EventType,
  IdKind,
  JobEffect,
  Language,
  MergePreview,
  PortalExport,
  RewardSourceType,
  Role,
  Scope,
  SearchableKind,
} from '@goodword/contracts'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Database } from '../database/database.ts'
import type { Queries } from '../database/queries.ts'
import type { Signer } from './signer.ts'

/** Who is acting. Stored in timelines and the audit trail as `actorKey`. */
export type Actor =
  | { type: 'member'; id: string; personId: string; role: Role; sessionId?: string }
  | { type: 'key'; id: string; scopes: Scope[] }
  | { type: 'friend'; test?: true }
  | { type: 'contact'; id: string; scope: 'view' | 'full'; sessionId: string }
  /** What time or nobody in particular drives; `operator` is whoever runs the server, at its command line. */
  | { type: 'system'; by?: 'operator' }

/** The services that every part of the server shares, created once at startup. */
export type Services = {
  config: Config
  database: Database
  clock: () => number
  newId: (kind: IdKind) => string
  /** Signs tokens that leave the server, and keys the hashes of values that must not be guessable. */
  signer: Signer
  log: Logger
  /** The channels that are set up to send. A message on another one is only saved. */
  sends: Readonly<Record<'email' | 'sms', boolean>>
  /** Every module, the lowest floor first. Lower modules reach what higher ones provide through this list. */
  modules: readonly ModulePart[]
}

/** One unit of work for one organization. `db` reads committed data, or the running transaction. */
export type Ctx = Services & {
  organizationId: string
  actor: Actor
  db: Queries
  inTransaction: boolean
}

export const contextFor = (services: Services, organizationId: string, actor: Actor): Ctx =>
  createContext(services, { organizationId, actor, db: services.database.read, inTransaction: false })

/** Names every property: an object that grows after a spread is slow to create and slow to read from then on. */
const createContext = (
  { config, database, clock, newId, signer, log, sends, modules }: Services,
  { organizationId, actor, db, inTransaction }: Omit<Ctx, keyof Services>,
): Ctx => ({ config, database, clock, newId, signer, log, sends, modules, organizationId, actor, db, inTransaction })

/** The same work with queries that run beside the event loop, for what reads much. */
export const inBackground = (ctx: Ctx): Ctx => {
  const { organizationId, actor, inTransaction, database } = ctx
  return inTransaction ? ctx : createContext(ctx, { organizationId, actor, db: database.background, inTransaction })
}

/** Runs `work` in one write transaction, or in the one already running. Inside, await nothing but the database. */
export function transaction<T>(ctx: Ctx, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  if (ctx.inTransaction) return work(ctx)
  const { organizationId, actor } = ctx
  return ctx.database.write((tx) => work(createContext(ctx, { organizationId, actor, db: tx, inTransaction: true })))
}

/** What time drives, within a transaction that is already running: the one in which a queue settles its rows. */
export const contextWithin = (services: Services, organizationId: string, db: Queries): Ctx =>
  createContext(services, { organizationId, actor: { type: 'system' }, db, inTransaction: true })

/** "member:mem_…", "key:key_…", "contact:con_…", "friend", "system" or "system:operator". */
export function actorKey(actor: Actor): string {
  if ('id' in actor) return `${actor.type}:${actor.id}`
  return actor.type === 'system' && actor.by ? `system:${actor.by}` : actor.type
}

/**
 * The id in an actor key: the member, key or contact. Null for actors without an id, such as "friend" or
 * "system:operator".
 */
export const actorIdOf = (key: string): string | null => /^(?:member|key|contact):(.+)$/.exec(key)?.[1] ?? null

/** A merge of two contacts: `from` is merged into `into`, which stays. */
export type Merge = {
  from: { id: string; name: string }
  into: { id: string; name: string }
  /** Addresses a stranger entered that staff confirm belong to the contact. */
  confirm: string[]
}

/** Addresses a stranger typed that turned out not to be the contact's. */
export type DroppedAddresses = { contactId: string; dropped: { kind: 'email' | 'phone'; value: string }[] }

/** A contact whose data is being erased. */
export type Erasure = {
  contactId: string
  /**
   * Ids of rows about the contact. Each module adds its own for the modules below it. Personal data is never found by
   * searching text.
   */
  subjectIds: string[]
}

/** What a person's export lists, by its name there. */
export type PersonRows = {
  [Name in keyof PortalExport as PortalExport[Name] extends unknown[] ? Name : never]?: AsyncIterable<
    PortalExport[Name]
  >
}

/**
 * How a module handles the data it keeps about contacts. Merging, erasing and exporting walk the modules from the top
 * floor down, so that each module still sees the rows below it unchanged.
 */
export type ContactPart = {
  /** Tables with a column that refers to a contact, whatever its name. A test checks the list against the schema. */
  tables: string[]
  /** Why the two contacts can't be merged, and what to do first; null if they can. */
  mergeConflict?: (ctx: Ctx, merge: Merge) => Promise<string | null>
  /** What a merge would move, for staff to review first. */
  previewMerge?: (ctx: Ctx, merge: Merge) => Promise<Partial<MergePreview>>
  move?: (tx: Ctx, merge: Merge) => Promise<void>
  /** Called after addresses were dropped: what only they linked to the contact belongs to somebody else. */
  separate?: (tx: Ctx, addresses: DroppedAddresses) => Promise<void>
  /** Removes everything that identifies the contact and leaves every sum unchanged. */
  erase?: (tx: Ctx, erasure: Erasure) => Promise<void>
  /** The rows about the contact, oldest first, in pages: there may be any number. */
  export?: (ctx: Ctx, contactId: string) => PersonRows
}

/** The message's recipient, as far as the link in it needs to know. */
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

/** The messages a contact wants, and the language they read. */
export type Recipient = { notify: 'all' | 'rewards' | 'none'; language: string }

/** The recipient of a queued message. */
export type WaitingMessage = Pick<
  LinkSubject,
  'organizationId' | 'personId' | 'memberId' | 'contactId' | 'addressId'
> & { id: string; template: string; invitationId: string | null }

/** A message that won't be attempted again by itself. */
export type EndedMessage = Pick<LinkSubject, 'organizationId' | 'contactId' | 'addressId' | 'channel'> & {
  id: string
  template: string
  invitationId: string | null
  state: 'sent' | 'kept' | 'failed' | 'suppressed'
  /** What the provider's refusal says about the address. */
  refusal: AddressRefusal | null
}
/** stopped: its owner wants no texts. landline: it can't receive texts. unknown_mailbox: nobody receives mail there. */
export type AddressRefusal = 'stopped' | 'landline' | 'unknown_mailbox'

/** A reply to a text. `contactId`: whom the last text to this number was for. `id` is the provider's. */
export type TextReply = { id: string; from: string; contactId: string | null; name: string | null; text: string }

/** A job that an event was about. */
export type JobChange = { jobId: string; contactId: string }

/** The campaign a reward was earned in, the friends whose job earned it, and whether its source still stands. */
export type RewardOrigin = { campaignName: string; friendContactIds: string[]; stands: boolean }

/** The audit actions of a module and their labels in the console. */
export type AuditWords<Action extends string = string> = {
  /**
   * The groups by which staff can filter entries. A group is the part of an action before its dot: { referral:
   * 'Referrals' }.
   */
  groups?: Record<string, string>
  /**
   * Every action with its label: 'Website added'. `onSubject` is the label on the page of its subject: alone on a
   * referral ("Accepted"), after the name of the actor on a contact ("changed the details").
   */
  actions: Record<Action, string | { label: string; onSubject: string }>
}

/** A row as search finds it. `terms` come from `searchTerms`. */
export type SearchSubject = { id: string; organizationId: string; terms: readonly string[] }

/** A kind of rows that can be searched. */
export type Searchable = {
  kind: SearchableKind
  /** Stored in every entry of the index, so it never changes: 1 to 31, one for each kind. */
  number: number
  /** The table of the rows, with `id` and `organization_id`. */
  source: string
  /**
   * Rows of other kinds whose terms lead here too, and the column that names them: a referral is found by its friend's
   * name. Terms of those rows need not be repeated.
   */
  through?: { [K in SearchableKind]?: string }
  /** The column that names the contact a row belongs to. */
  contact?: string
  /** The terms of these rows. A row that is absent or has no terms is found by nothing of its own. */
  subjects: (db: Queries, ids: string[]) => Promise<SearchSubject[]>
  /** The rows whose own terms depend on rows of another kind that have changed. */
  dependents?: { [K in SearchableKind]?: (db: Queries, ids: string[]) => Promise<string[]> }
}

/** What a module provides to the modules below it. The rest of its description, such as routes, is in module.ts. */
export type ModulePart = {
  name: string
  auditWords?: AuditWords
  contact?: ContactPart
  searchable?: readonly Searchable[]
  /** Whether anything in this module still depends on what a lower module is about to change. */
  uses?: {
    campaign?: (ctx: Ctx, campaignId: string) => Promise<boolean>
    currency?: (ctx: Ctx) => Promise<boolean>
  }
  /** The contacts' current preferences, by contact id. */
  recipients?: (db: Queries, contactIds: string[]) => Promise<Map<string, Recipient>>
  /** Which queued messages must not be sent anymore, and why, by message id. Called before every attempt. */
  withhold?: (db: Queries, waiting: WaitingMessage[], services: Services) => Promise<Map<string, string>>
  /** Called within the transaction that records how messages ended, for those of the given templates. */
  messagesEnded?: (db: Queries, ended: EndedMessage[], services: Services) => Promise<void>
  /** Somebody replied to a text of the organization, and it isn't about the texts themselves. */
  textReplied?: (ctx: Ctx, reply: TextReply) => Promise<void>
  /** What follows from a job that an event changed, within the same transaction. */
  afterJob?: (tx: Ctx, change: JobChange) => Promise<JobEffect[]>
  /** What earned a reward, for each source type the module stores; null for another organization's. */
  rewardOrigins?: { [T in RewardSourceType]?: (ctx: Ctx, id: string) => Promise<RewardOrigin | null> }
  /** Creates the full link of a message by kind, with a new token. */
  links?: Record<string, (services: Services, subject: LinkSubject) => Promise<string>>
  /** Called within the transaction that records the event. */
  on?: { [T in EventType]?: (tx: Ctx, data: EventData<T>) => Promise<void> }
  /** The same, for every event. */
  onEvery?: <T extends EventType>(tx: Ctx, type: T, data: EventData<T>) => Promise<void>
}
