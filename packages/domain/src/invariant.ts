/** A condition that must always hold doesn't. This is a bug, never an expected error, and gets a 500 response. */
export class InvariantError extends Error {
  override name = 'InvariantError'
}

/** Throws InvariantError with `message` unless `condition` holds. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message)
}
