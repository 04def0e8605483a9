import type { Queries } from './queries.ts'

const running = new WeakMap<Queries, () => object | null>()

/** Says which transaction a connection that writes is in. */
export function runsIn(db: Queries, current: () => object | null): void {
  running.set(db, current)
}

type AskedOnce<T> = ((db: Queries, key: string) => Promise<T>) & {
  /** The running transaction changed what was asked: it is asked anew. */
  forget(db: Queries, key: string): void
}

/** Asks once in a transaction for each `key`; outside of one, every time. A verb that changes the answer says so. */
export function transactionCache<T>(ask: (db: Queries, key: string) => Promise<T>): AskedOnce<T> {
  const answers = new WeakMap<object, Map<string, Promise<T>>>()
  const asking = (db: Queries, key: string) => {
    const transaction = running.get(db)?.()
    if (!transaction) return ask(db, key)
    const known = answers.get(transaction) ?? new Map<string, Promise<T>>()
    if (!answers.has(transaction)) answers.set(transaction, known)
    const answer = known.get(key) ?? ask(db, key)
    known.set(key, answer)
    return answer
  }
  const forget = (db: Queries, key: string) => {
    const transaction = running.get(db)?.()
    if (transaction) answers.get(transaction)?.delete(key)
  }
  return Object.assign(asking, { forget })
}
