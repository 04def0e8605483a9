import type { Queries } from './queries.ts'
import { transactionOf } from './transactionCache.ts'
import type { SharedWork } from './writeQueue.ts'

type Deferred = Map<unknown, () => Promise<void>>

const deferred = new WeakMap<object, Deferred>()

/**
 * Runs `work` once at the end of the running transaction, before its COMMIT; if it fails, the transaction fails. Further
 * calls with the same key return false and add nothing. Throws outside of a transaction.
 */
export function beforeCommit(db: Queries, key: unknown, work: () => Promise<void>): boolean {
  const transaction = transactionOf(db)
  if (!transaction) throw new Error('There is no transaction to run this in.')
  const works: Deferred = deferred.get(transaction) ?? new Map()
  if (works.has(key)) return false
  works.set(key, work)
  deferred.set(transaction, works)
  return true
}

/** Runs what was deferred to the end of a transaction. */
export async function runDeferred(transaction: object | null): Promise<void> {
  const works = transaction && deferred.get(transaction)
  if (!works) return
  for (const [key, work] of works) {
    works.delete(key)
    await work()
  }
}

type Share = (key: unknown, handedIn: unknown, work: SharedWork<unknown>) => void
const sharing = new WeakMap<Queries, Share>()

/** Says who runs the shared work of a writing connection. */
export function sharesThrough(db: Queries, share: Share): void {
  sharing.set(db, share)
}

/**
 * Runs `work` once before the COMMIT that the running transaction may share with others, after all of them, with what
 * each handed in under the same key. If it fails, it is undone and `failed` is told, but what the transactions wrote
 * stands. Some of them may have failed and been undone.
 */
export function beforeSharedCommit<T>(db: Queries, key: unknown, handedIn: T, work: SharedWork<T>): void {
  const share = sharing.get(db)
  if (!share) throw new Error('There is no transaction to run this in.')
  share(key, handedIn, work as SharedWork<unknown>)
}
