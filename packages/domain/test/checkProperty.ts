import fc from 'fast-check'

const seed = process.env.FC_SEED

/** Checks a property. A failure prints its seed; FC_SEED=… runs the same cases again. */
export function checkProperty<T>(property: fc.IProperty<T>, runs = 300): void {
  fc.assert(property, seed === undefined ? { numRuns: runs } : { numRuns: runs, seed: Number(seed) })
}
