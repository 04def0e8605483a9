import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The path in a `file:` URL, or null for a server. */
export function databasePath(url: string): string | null {
  if (!url.startsWith('file:')) return null
  return url.startsWith('file://') ? fileURLToPath(url) : resolve(url.slice('file:'.length))
}
