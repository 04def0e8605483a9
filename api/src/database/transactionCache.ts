import type { Queries } from './queries.ts'

const running = new WeakMap<Queries, () => object | null>()

/** Identifies the transaction that a writing connection is in. */
export function runsIn(db: Queries, current: () => object | null): void {
  running.set(db, current)
}

/** The transaction a connection is in, as an object that lives as long; null outside of one. */
export const transactionOf = (db: Queries): object | null => running.get(db)?.() ?? null

const forgetting: ((transaction: object) => void)[] = []

/** For what is remembered of a transaction: `forget` is called when a part of it was undone. */
export function onUndone(forget: (transaction: object) => void): void {
  forgetting.push(forget)
}

/** Call after a part of the running transaction was undone. */
export function forgetUndone(db: Queries): void {
  const transaction = transactionOf(db)
  if (transaction) for (const forget of forgetting) forget(transaction)
}

type CachedQuery<T> = ((db: Queries, key: string) => Promise<T>) & {
  /** Call after changing the cached data in this transaction. */
  forget(db: Queries, key: string): void
}

/**
 * Caches a query by `key` for one transaction. Outside a transaction, the query always runs. Code that changes the
 * result must clear the cached entry.
 */
export function transactionCache<T>(ask: (db: Queries, key: string) => Promise<T>): CachedQuery<T> {
  const answers = new WeakMap<object, Map<string, Promise<T>>>()
  onUndone((transaction) => answers.delete(transaction))
  const asking = (db: Queries, key: string) => {
    const transaction = transactionOf(db)
    if (!transaction) return ask(db, key)
    const known = answers.get(transaction) ?? new Map<string, Promise<T>>()
    if (!answers.has(transaction)) answers.set(transaction, known)
    const answer = known.get(key) ?? ask(db, key)
    known.set(key, answer)
    return answer
  }
  const forget = (db: Queries, key: string) => {
    const transaction = transactionOf(db)
    if (transaction) answers.get(transaction)?.delete(key)
  }
  return Object.assign(asking, { forget })
}
