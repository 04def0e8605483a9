import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Contacts, messages and the secrets of an installation are for whoever runs it, not for everyone with an account there. */
const privateFile = 0o600
const privateFolder = 0o700

/** Makes the folder where it is missing, readable for its owner alone; one that exists stays as it is. */
export const makePrivateFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: privateFolder })
}

/** Makes an empty file where there is none, readable for its owner alone; SQLite gives its log the same mode. */
export function makePrivateFile(path: string): void {
  makePrivateFolder(dirname(path))
  closeSync(openSync(path, 'a', privateFile))
}

/**
 * Takes what others may do with a database of before, its log and the files beside it away. Answers the names of the files
 * that were open to others; one that belongs to somebody else stays as it is.
 */
export function tightenFiles(path: string): string[] {
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

/** "goodword.db", "goodword.db-wal", "goodword.db.lock": the file and what is kept under its name. */
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
