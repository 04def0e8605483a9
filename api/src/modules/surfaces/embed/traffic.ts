import { networkBlockOf, networkOf, normalizeCode, type Traffic } from '@goodword/domain'
import { LRUCache } from 'lru-cache'
import type { Services } from '../../../shared/context.ts'

type Around = Omit<Traffic, 'codeHour' | 'codeDay'>
type Counted = { count: number; until: number }
type Memory = { counts: LRUCache<string, Counted>; asked: LRUCache<string, number>; raised: LRUCache<string, number> }

const hourMs = 3_600_000
/** So many places, forms and links are remembered at once; those that weren't seen for the longest are forgotten. */
const remembered = 50_000
/** In the memory of this process, like the rate limits: what is counted again after a restart asks nobody for less. */
const memories = new WeakMap<Services['database'], Memory>()

function memoryOf({ database }: Pick<Services, 'database'>): Memory {
  const known = memories.get(database)
  if (known) return known
  const memory: Memory = {
    counts: new LRUCache({ max: remembered }),
    asked: new LRUCache({ max: remembered }),
    raised: new LRUCache({ max: remembered }),
  }
  memories.set(database, memory)
  return memory
}

type Asking = Pick<Services, 'database' | 'clock'> & { organizationId: string }

const keysOf = (organizationId: string, address: string) => {
  const block = networkBlockOf(address)
  return {
    networkHour: `${organizationId} ${networkOf(address)}`,
    ...(block === null ? {} : { blockHour: `${organizationId} ${block}` }),
    organizationHour: organizationId,
  }
}

/** How many friends of this organization came within the hour, from this address's network and altogether. */
export function trafficAround(ctx: Asking, address: string): Around {
  const { counts } = memoryOf(ctx)
  const now = ctx.clock()
  const countOf = (key: string | undefined) => {
    const counted = key === undefined ? undefined : counts.get(key)
    return counted && now < counted.until ? counted.count : 0
  }
  const { networkHour, blockHour, organizationHour } = keysOf(ctx.organizationId, address)
  return {
    networkHour: countOf(networkHour),
    blockHour: countOf(blockHour),
    organizationHour: countOf(organizationHour),
  }
}

/**
 * Counts a friend whose form is being taken, within the transaction: many forms share a commit, and each has to see those
 * before it. What it returns takes the friend back, if the transaction fails.
 */
export function countFriend(ctx: Asking, address: string): () => void {
  const { counts } = memoryOf(ctx)
  const now = ctx.clock()
  const raised = Object.values(keysOf(ctx.organizationId, address)).map((key) => {
    const known = counts.get(key)
    const counted = known && now < known.until ? known : { count: 0, until: now + hourMs }
    counted.count += 1
    counts.set(key, counted)
    return counted
  })
  return () => {
    for (const counted of raised) counted.count -= 1
  }
}

export type Question = 'hidden field' | 'proof'

/** How long ago this form was asked to be sent once more, in milliseconds; null if it never was. */
export function askedAgo(ctx: Asking, nonce: string, question: Question): number | null {
  const at = memoryOf(ctx).asked.get(`${question} ${nonce}`)
  return at === undefined ? null : ctx.clock() - at
}

/** Remembers the first time, from which the wait counts. */
export function rememberAsked(ctx: Asking, nonce: string, question: Question): void {
  const { asked } = memoryOf(ctx)
  const key = `${question} ${nonce}`
  if (!asked.has(key)) asked.set(key, ctx.clock())
}

/** Whether a proof was asked for lately under this code: forms that are opened now begin with it. */
export const isRaised = (ctx: Asking, code: string): boolean =>
  (memoryOf(ctx).raised.get(linkOf(ctx, code)) ?? 0) > ctx.clock()

export function raise(ctx: Asking, code: string): void {
  memoryOf(ctx).raised.set(linkOf(ctx, code), ctx.clock() + hourMs)
}

const linkOf = ({ organizationId }: Asking, code: string) => `${organizationId} ${normalizeCode(code)}`
