import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import Libsql from 'libsql'
import { SettingError } from '../shared/settingError.ts'
import { databasePath } from './databasePath.ts'
import { makePrivateFile } from './privateFiles.ts'

/** How a command reaches the process that owns a database file. */
export type Owner = { pid: number; url: string; secret: string }

export type Ownership = {
  /** Publishes where the owner can be reached, in a file that only its user can read. */
  announce(url: string): Owner
  release(): void
}

/**
 * Takes a database file for this process, or returns null when another process owns it. The lock is the operating
 * system's, on a small database beside the file, so that it is released however the process ends.
 */
export function takeOwnership(path: string): Ownership | null {
  makePrivateFile(`${path}.lock`)
  const lock = new Libsql(`${path}.lock`)
  try {
    lock.exec('PRAGMA journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') return null
    throw error
  }
  return {
    announce(url) {
      const owner = { pid: process.pid, url, secret: randomBytes(32).toString('base64url') }
      writeFileSync(ownerFile(path), JSON.stringify(owner), { mode: 0o600 })
      return owner
    },
    release() {
      rmSync(ownerFile(path), { force: true })
      lock.exec('ROLLBACK')
      lock.close()
    },
  }
}

/**
 * Takes the embedded file for this process. Returns null for a database server, which needs no owner. Throws
 * SettingError if another process has the file or its folder isn't writable.
 */
export function ownDatabase(url: string): Ownership | null {
  const path = databasePath(url)
  if (path === null) return null
  const ownership = tryToOwn(path)
  if (ownership) return ownership
  const owner = ownerOf(path)
  const who = owner ? `by process ${owner.pid}, at ${owner.url}` : 'by a process that is just starting'
  throw new SettingError(`The database ${path} is in use ${who}. Stop that process or set DATABASE_URL.`)
}

/** The same, or null when another process has the file. */
export function tryToOwn(path: string): Ownership | null {
  try {
    return takeOwnership(path)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new SettingError(
      `The database ${path} cannot be opened: ${why}. Check DATABASE_URL and that its folder can be written.`,
    )
  }
}

/** What the owning process published about itself; null if it hasn't yet. */
export function ownerOf(path: string): Owner | null {
  try {
    return JSON.parse(readFileSync(ownerFile(path), 'utf8')) as Owner
  } catch {
    return null
  }
}

const ownerFile = (path: string) => `${path}.owner`
