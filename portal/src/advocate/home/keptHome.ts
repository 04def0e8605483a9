import type { PortalHome } from '@goodword/contracts'

/** A new shape gets a new name, so that an old tab never shows half of it. */
const key = 'goodword.portal.home.4'

/** The last home this browser has seen, for the moment when the network is gone. It leaves with signing out. */
export type KeptHome = { read(): PortalHome | null; write(home: PortalHome): void; forget(): void }

/** Keeps it in `storage`. Storage that is full or blocked only means that nothing is kept. */
export function keepHomeIn(storage: () => Storage): KeptHome {
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
    forget: () => attempt((at) => at.removeItem(key)),
  }
}

/** What only we write, under a name for its shape, needs no more than this: was it written, and whole. */
function isHome(kept: unknown): kept is PortalHome {
  if (typeof kept !== 'object' || kept === null) return false
  const { available, programs, history, requests } = kept as Partial<Record<string, unknown>>
  return Number.isInteger(available) && Array.isArray(programs) && Array.isArray(history) && Array.isArray(requests)
}
