import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * Contacts, messages and secrets may be read only by the user who runs the server, not by every account on the
 * computer.
 */
const privateFile = 0o600
const privateFolder = 0o700

/** Creates a missing folder, readable only by its owner. An existing folder keeps its permissions. */
export const makePrivateFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: privateFolder })
}

/**
 * Creates a missing file, empty and readable only by its owner. SQLite gives its log the same permissions. An existing
 * file is not opened: closing it would release every lock that this process has on it
 * (https://sqlite.org/howtocorrupt.html#posix_advisory_locks_canceled_by_a_separate_thread_doing_close_), and another
 * process would then remove the log that committed data is in.
 */
export function makePrivateFile(path: string): void {
  makePrivateFolder(dirname(path))
  try {
    closeSync(openSync(path, 'ax', privateFile))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

/**
 * Removes other users' permissions from an existing database, its log and the files beside it. Returns the names of the
 * files that were open to others. Files of other owners stay as they are.
 */
export function restrictFiles(path: string): string[] {
  if (process.platform === 'win32') return []
  return siblingsOf(path).filter((name) => {
    const file = join(dirname(path), name)
    try {
      if ((statSync(file).mode & 0o077) === 0) return false
      chmodSync(file, privateFile)
      return true
    } catch {
      return false
    }
  })
}

/** Matches "goodword.db", "goodword.db-wal" and "goodword.db.lock": the database and the files named after it. */
function siblingsOf(path: string): string[] {
  const name = basename(path)
  try {
    return readdirSync(dirname(path)).filter(
      (one) =>
        one === name ||
        /^(?:-wal|-shm|-journal|\.lock|\.owner)$/.test(one.startsWith(name) ? one.slice(name.length) : ''),
    )
  } catch {
    return []
  }
}
