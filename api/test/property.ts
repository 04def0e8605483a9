import fc from 'fast-check'

const seed = process.env.FC_SEED
const factor = Number(process.env.FC_RUNS ?? 1)

/** The time limit for a property, in ms. */
export const propertyTimeoutMs = 60_000 * Math.max(1, factor)

/**
 * Checks a property that uses a database. A failure prints its seed and the smallest case. FC_SEED=… runs the same
 * cases again, FC_RUNS=10 runs ten times as many.
 */
export function checkProperty<T>(property: fc.IAsyncProperty<T>, runs: number): Promise<void> {
  const numRuns = Math.max(1, Math.round(runs * factor))
  return fc.assert(property, seed === undefined ? { numRuns } : { numRuns, seed: Number(seed) })
}
