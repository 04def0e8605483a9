/** A condition that must always hold does not: a bug, never an expected error. Responded to with a 500. */
export class InvariantError extends Error {
  override name = 'InvariantError'
}

/** Throws InvariantError with `message` unless `condition` holds. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message)
}
