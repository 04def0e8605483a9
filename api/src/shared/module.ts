import type { Hono } from 'hono'
import type { Queue } from '../queue/worker.ts'
import type { ModulePart, Services } from './context.ts'
import type { RateLimits } from './rateLimits.ts'
import type { Env, Router } from './router.ts'
import type { StaticFiles } from './staticFiles.ts'

/** `run` does a limited amount of the due work and returns how many items it handled. */
export type Job = { name: string; everyMs: number; run: () => Promise<number> }

/** What our own pages are built from, besides the endpoint table. */
export type PageTools = { limits: RateLimits; files: StaticFiles | undefined }

/** A rule that the stored rows always follow. `broken` is SQL that selects the rows violating it. */
export type Invariant = { invariant: string; broken: string }

/** What the rest of the server needs to know about a module. */
export type Module = ModulePart & {
  /** Mounts its endpoints. */
  routes?: (router: Router, limits: RateLimits) => void
  /** Pages and files outside the endpoint table. */
  pages?: (services: Services, tools: PageTools) => Hono<Env>[]
  /** Paths with a larger body limit, in bytes. */
  bodyMax?: Record<string, number>
  /** Checked by `verify`. They cover the module's tables, and how those relate to tables of lower modules. */
  invariants?: readonly Invariant[]
  /** The kinds of work it puts in the queue. */
  queues?: readonly Queue[]
  /** Jobs that run on a timer. */
  jobs?: (services: Services) => Job[]
  /** Writes a batch of what is buffered in memory, also at shutdown. Returns how many rows it wrote. */
  flush?: (services: Services) => Promise<number>
}

export const defineModule = (module: Module): Module => module
