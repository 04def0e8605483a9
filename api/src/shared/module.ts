import type { Hono } from 'hono'
import type { Queries } from '../database/queries.ts'
import type { Queue } from '../queue/worker.ts'
import type { ModulePart, Services } from './context.ts'
import type { RateLimits } from './rateLimits.ts'
import type { Router } from './router.ts'
import type { Env } from './send.ts'
import type { Shortcut } from './shortcuts.ts'
import type { StaticFiles } from './staticFiles.ts'

/** `run` does a limited amount of the due work and returns how many items it handled. */
export type Job = { name: string; everyMs: number; run: () => Promise<number> }

/** What our own pages are built from, besides the endpoint table. */
export type PageTools = {
  limits: RateLimits
  files: StaticFiles | undefined
  /** Lets a shortcut answer requests whose path begins like this. */
  addShortcut: (beginning: string, shortcut: Shortcut) => void
}

/**
 * A rule that the stored rows always follow. `broken` is SQL that selects the rows violating it, or code that finds them
 * where SQL can't express the rule.
 */
export type Invariant = { invariant: string; broken: string | ((db: Queries) => Promise<unknown[]>) }

/**
 * Rows derived from the rows of a source table, such as counts and search terms, so that reading them scans nothing. A
 * new projection also needs a line in its migration, `INSERT INTO projection_fills (name) VALUES ('…')`, and an
 * invariant that compares it with its source.
 */
export type Projection = {
  /** Such as "referral counts". Never changed. */
  name: string
  /** A table with `id` and `organization_id`. */
  source: string
  /** How many source rows are filled in one transaction; 500 unless a row can stand for many. */
  rowsAtOnce?: number
  /** What keeps it current after it is filled: triggers of the database, or the verbs. */
  keptBy: 'triggers' | 'code'
  /** Removes what was derived, for one organization. */
  clear(tx: Queries, organizationId: string): Promise<void>
  /** Adds what these source rows contribute. Called once for each row, with at most a few hundred at a time. */
  fill(tx: Queries, ids: string[]): Promise<void>
}

/** Columns that hold secrets, each null or sealed, of a table with `id`, `organization_id` and `is_plain`. */
export type SealedColumns = {
  table: string
  columns: readonly string[]
  /** What a row's secrets are sealed for. */
  purposeOf: (row: { organizationId: string; id: string }) => string
}

/** What the rest of the server needs to know about a module. */
export type Module = ModulePart & {
  /** Mounts its endpoints. */
  routes?: (router: Router, limits: RateLimits) => void
  /** Pages and files outside the endpoint table. */
  pages?: (services: Services, tools: PageTools) => Hono<Env>[]
  /** Paths with a larger body limit, in bytes. One that ends in a slash stands for all that begin with it. */
  bodyMax?: Record<string, number>
  /** Checked by `verify`. They cover the module's tables, and how those relate to tables of lower modules. */
  invariants?: readonly Invariant[]
  /** What it derives from its rows. */
  projections?: readonly Projection[]
  /** Secrets that earlier versions stored as plain text. */
  sealed?: SealedColumns
  /** The kinds of work it puts in the queue. */
  queues?: readonly Queue[]
  /** Jobs that run on a timer. */
  jobs?: (services: Services) => Job[]
  /** Writes a batch of what is buffered in memory, also at shutdown. Returns how many rows it wrote. */
  flush?: (services: Services) => Promise<number>
  /** How often, and so how much is lost when the process is killed; by default every second. */
  flushEveryMs?: number
}

export const defineModule = (module: Module): Module => module
