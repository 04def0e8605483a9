import type { Queries } from './database.ts'

const running = new WeakMap<Queries, () => object | null>()

/** Says which transaction a connection that writes is in. */
export function runsIn(db: Queries, current: () => object | null): void {
  running.set(db, current)
}

/**
 * Asks once in a transaction for each `key`; outside of one, every time. For what a transaction that asks does not change
 * itself.
 */
export function askedOnce<T>(ask: (db: Queries, key: string) => Promise<T>): (db: Queries, key: string) => Promise<T> {
  const answers = new WeakMap<object, Map<string, Promise<T>>>()
  return (db, key) => {
    const transaction = running.get(db)?.()
    if (!transaction) return ask(db, key)
    const known = answers.get(transaction) ?? new Map<string, Promise<T>>()
    if (!answers.has(transaction)) answers.set(transaction, known)
    const answer = known.get(key) ?? ask(db, key)
    known.set(key, answer)
    return answer
  }
}
