import type { Hono } from 'hono'
import type { Queue } from '../queue/worker.ts'
import type { ModulePart, Services } from './context.ts'
import type { RateLimits } from './rateLimits.ts'
import type { Env, Router } from './router.ts'
import type { StaticFiles } from './staticFiles.ts'

/** `run` does a bounded piece of what is due and answers how much it was. */
export type Job = { name: string; everyMs: number; run: () => Promise<number> }

/** What pages of ours are made from, besides the endpoint table. */
export type PageTools = { limits: RateLimits; files: StaticFiles | undefined }

/** What holds of the stored rows at any moment. `broken` is SQL that answers the rows that break it; none is the only right answer. */
export type Invariant = { invariant: string; broken: string }

/** What the rest of the server knows of a module. */
export type Module = ModulePart & {
  /** Mounts its endpoints. */
  routes?: (router: Router, limits: RateLimits) => void
  /** Pages and files that are not in the endpoint table. */
  pages?: (services: Services, tools: PageTools) => Hono<Env>[]
  /** Paths that take larger bodies than usual, in bytes. */
  bodyMax?: Record<string, number>
  /** What `verify` checks: of the tables of the module, and of those below it where they meet. */
  invariants?: readonly Invariant[]
  /** What waits in the queue until it is attempted. */
  queues?: readonly Queue[]
  /** What time drives. */
  jobs?: (services: Services) => Job[]
  /** Writes a batch of what waits in memory, at the end of the process too. Answers how many rows it wrote. */
  flush?: (services: Services) => Promise<number>
}

export const defineModule = (module: Module): Module => module
