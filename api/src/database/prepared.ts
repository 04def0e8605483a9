import type { Queries } from './database.ts'

/**
 * A query that is built once for each connection and then only given its values. For what every request asks: building the
 * SQL costs more than running it.
 */
export function prepared<T>(build: (db: Queries) => T): (db: Queries) => T {
  const built = new WeakMap<Queries, T>()
  return (db) => {
    const known = built.get(db)
    if (known !== undefined) return known
    const query = build(db)
    built.set(db, query)
    return query
  }
}
