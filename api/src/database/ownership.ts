import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import Libsql from 'libsql'
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

/** The process that owns the file, as it published itself; null when it has not yet. */
export function ownerOf(path: string): Owner | null {
  try {
    return JSON.parse(readFileSync(ownerFile(path), 'utf8')) as Owner
  } catch {
    return null
  }
}

const ownerFile = (path: string) => `${path}.owner`
