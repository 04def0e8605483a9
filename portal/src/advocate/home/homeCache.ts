import type { PortalHome } from '@goodword/contracts'

/** A new format gets a new key, so that an old tab never shows half of it. */
const key = 'goodword.portal.home.4'

/** The last home this browser loaded, for when the network is down. Cleared on sign-out. */
export type HomeCache = { read(): PortalHome | null; write(home: PortalHome): void; clear(): void }

/** Caches the home in `storage`. If storage is full or blocked, nothing is cached. */
export function createHomeCache(storage: () => Storage): HomeCache {
  const attempt = <T>(action: (at: Storage) => T): T | null => {
    try {
      return action(storage())
    } catch {
      return null
    }
  }
  return {
    read: () =>
      attempt((at) => {
        const kept: unknown = JSON.parse(at.getItem(key) ?? 'null')
        return isHome(kept) ? kept : null
      }),
    write: (home) => attempt((at) => at.setItem(key, JSON.stringify(home))),
    clear: () => attempt((at) => at.removeItem(key)),
  }
}

/** Only we write under this key, and its name says the format, so this only checks that the value is complete. */
function isHome(kept: unknown): kept is PortalHome {
  if (typeof kept !== 'object' || kept === null) return false
  const { available, programs, history, requests } = kept as Partial<Record<string, unknown>>
  return Number.isInteger(available) && Array.isArray(programs) && Array.isArray(history) && Array.isArray(requests)
}
