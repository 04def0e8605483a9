/**
 * Whether an error is a unique constraint violation. The embedded driver sets `code`, a remote server only sends a
 * message, and drizzle wraps either one in `cause`.
 */
export function isUniqueViolation(error: unknown, column?: string): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    const code = 'code' in current ? String(current.code) : ''
    const unique =
      code === 'SQLITE_CONSTRAINT_UNIQUE' ||
      code === 'SQLITE_CONSTRAINT_PRIMARYKEY' ||
      /UNIQUE constraint failed/i.test(current.message)
    if (unique) return column === undefined || current.message.includes(column)
  }
  return false
}
